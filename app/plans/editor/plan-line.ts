import type * as Y from "yjs";
import { type ChannelClose, type OpeningRefusal, SOCKET_CLOSE } from "../collab-closes.ts";
import { type CollabSocket, openSocket } from "./collab-socket.ts";
import { PlanProvider } from "./plan-provider.ts";
import type { Line, RefusedWhy } from "./plan-status.ts";
import { hasMoreThan, serverVector } from "./server-knows.ts";

const REFUSED_HANDSHAKES = 3;
const REJECTED: readonly string[] = ["forged-author", "malformed", "out-of-step"] satisfies ChannelClose[];
const TRY_UNREADABLE_AGAIN_MS = 10_000;
const AWAY_AFTER_MS = 4_000;
const STALLED_AFTER_MS = 10_000;

export interface PlanLineOptions {
  doc: Y.Doc;
  name: string;
  collabUrl: string;
  /** Answers 204 when there is a session, 401 when not: a socket cannot see why it was refused. */
  sessionUrl: string;
  writes: boolean;
  /** Settles when what this device kept is in the document: asked before, the server would be sent all of it again. */
  loaded: Promise<void>;
  onChange(line: Readonly<Line>): void;
  /** The server has all that was on this device only. */
  onResent(): void;
}

/** The connection to the server: reconnects by itself, counts what is unacknowledged, and finds out why it is not let in. */
export class PlanLine {
  readonly provider: PlanProvider;
  readonly line: Line;
  readonly #options: PlanLineOptions;
  readonly #socket: CollabSocket;
  readonly #timers = new Map<string, ReturnType<typeof setTimeout>>();
  #refused = 0;
  #resending = false;
  #onceUp = false;
  #destroyed = false;

  constructor(options: PlanLineOptions) {
    this.#options = options;
    this.line = { up: false, unsaved: 0, stalled: false, away: false, writable: options.writes, why: null };
    this.#socket = openSocket(options.collabUrl);
    this.provider = new PlanProvider({ websocketProvider: this.#socket, name: options.name, document: options.doc, token: "session" });
    this.#socket.on("status", ({ status }: { status: string }) => status === "disconnected" && this.#down());
    this.#socket.on("open", () => (this.#refused = 0));
    this.#socket.on("close", ({ event }: { event: { code: number } }) => this.#socketClosed(event.code));
    this.provider.on("message", ({ message }: { message: Parameters<typeof serverVector>[0] }) => this.#heard(message));
    this.provider.on("authenticated", ({ scope }: { scope: string }) => this.#set({ writable: options.writes && scope !== "readonly" }));
    this.provider.on("authenticationFailed", ({ reason }: { reason: string }) => this.#notOpened(reason));
    this.provider.on("synced", () => this.#up());
    this.provider.on("unsyncedChanges", ({ number }: { number: number }) => this.#counted(number));
    this.provider.on("close", ({ event }: { event: { code: number; reason: string } }) => this.#documentClosed(event));
    this.#later("away", AWAY_AFTER_MS, () => this.#set({ away: !this.line.up }));
    window.addEventListener("online", this.#tryAgain);
    window.addEventListener("offline", this.#hangUp);
    window.addEventListener("focus", this.#tryAgain);
    void options.loaded.then(() => this.#destroyed || this.provider.attach());
  }

  destroy(): void {
    this.#destroyed = true;
    for (const timer of this.#timers.values()) clearTimeout(timer);
    window.removeEventListener("online", this.#tryAgain);
    window.removeEventListener("offline", this.#hangUp);
    window.removeEventListener("focus", this.#tryAgain);
    this.provider.destroy();
    this.#socket.destroy();
  }

  #set(change: Partial<Line>): void {
    Object.assign(this.line, change);
    this.#options.onChange(this.line);
  }

  #up(): void {
    this.#onceUp = true;
    clearTimeout(this.#timers.get("away"));
    this.#set({ up: true, away: false, stalled: false, why: null });
  }

  #down(): void {
    if (this.#onceUp) this.#set({ up: false, away: true });
    else this.#set({ up: false });
  }

  #counted(unsaved: number): void {
    clearTimeout(this.#timers.get("stalled"));
    if (unsaved > 0) {
      this.#later("stalled", STALLED_AFTER_MS, () => {
        this.#set({ stalled: true });
        if (this.line.up) this.#socket.hangUp();
      });
    }
    this.#set({ unsaved, stalled: unsaved > 0 && this.line.stalled });
    if (unsaved === 0 && this.#resending) {
      this.#resending = false;
      this.#options.onResent();
    }
  }

  #heard(message: Parameters<typeof serverVector>[0]): void {
    const server = serverVector(message);
    if (!server) return;
    if (this.#options.writes && hasMoreThan(this.#options.doc, server)) this.#resending = true;
    this.provider.serverSaid();
  }

  /** Closed before it opened, again and again: perhaps there is no session any more. */
  #socketClosed(code: number): void {
    this.#refused++;
    if (code === SOCKET_CLOSE.signedOut || this.#refused === REFUSED_HANDSHAKES) void this.#askForSession();
  }

  async #askForSession(): Promise<void> {
    const answer = await fetch(this.#options.sessionUrl).catch(() => null);
    if (answer?.status === 401) this.#refuse("signed-out");
    else this.#refused = 0;
  }

  /** Asked for again over a new line: on the old one the server would take what this page said in leaving after the new opening, and close it. */
  #notOpened(reason: string): void {
    const unreadable = reason === ("unreadable" satisfies OpeningRefusal);
    if (unreadable) this.#later("unreadable", TRY_UNREADABLE_AGAIN_MS, () => this.#socket.hangUp());
    this.#refuse(unreadable ? "unreadable" : "closed");
  }

  #refuse(why: RefusedWhy): void {
    this.#set({ why, up: false });
    if (why === "signed-out") this.#socket.disconnect();
  }

  /** The server ended this document's channel; the socket itself may be well. Its own closing comes here too, and mends itself. */
  #documentClosed({ code, reason }: { code: number; reason: string }): void {
    if (code === 1000 && REJECTED.includes(reason)) this.#refuse("rejected");
  }

  readonly #hangUp = (): void => this.#socket.hangUp();

  readonly #tryAgain = (): void => {
    if (this.line.why === "signed-out") void this.#signedInAgain();
    else if (!this.line.why && this.line.away) this.#socket.retry();
  };

  /** Perhaps in another window. */
  async #signedInAgain(): Promise<void> {
    const answer = await fetch(this.#options.sessionUrl).catch(() => null);
    if (!answer?.ok) return;
    this.#refused = 0;
    this.#set({ why: null });
    void this.#socket.connect();
  }

  #later(name: string, ms: number, act: () => void): void {
    clearTimeout(this.#timers.get(name));
    this.#timers.set(name, setTimeout(act, ms));
  }
}
