import * as Y from "yjs";
import { noteOnlyHere, sentFromHere } from "../../ui/only-here.ts";
import type { Ink } from "./inks.ts";
import { copyName, openLocalCopy, readableText, takeOutdatedCopy, type LocalCopy, type TitledKey } from "./local-copy.ts";
import { PlanLine } from "./plan-line.ts";
import { statusOf, type Line, type PlanState } from "./plan-status.ts";
import type { PlanAwareness } from "./section-awareness.ts";

export interface PlanDocumentOptions {
  /** Name of the document on the collaboration socket. */
  name: string;
  /** Rises when a backup was restored; copies of an earlier one are set aside. */
  epoch: number;
  me: { personId: string; name: string; ink: Ink };
  sections: readonly TitledKey[];
  writes: boolean;
  /** Where it is opened again, and what it is called there: for the note that something is on this device only. */
  page?: { href: string; title: string };
  collabUrl?: string;
  sessionUrl?: string;
}

/** Said to be saved only when it has been so for a moment: the word must not flicker with every key. */
const SETTLES_AFTER_MS = 250;

/** One plan in the page: its Y.Doc, the line to the server, the copy on this device, and what to tell the person about them. */
export class PlanDocument {
  readonly doc = new Y.Doc({ gc: false });
  readonly options: PlanDocumentOptions;
  readonly #line: PlanLine;
  readonly #copy: LocalCopy | null;
  readonly #listeners = new Set<() => void>();
  #state: PlanState = { status: "connecting", why: null, ready: false, writable: false, resent: false, setAside: null };
  #settling: ReturnType<typeof setTimeout> | undefined;

  constructor(options: PlanDocumentOptions) {
    this.options = options;
    const { name, epoch, me, writes } = options;
    this.#copy = writes ? openLocalCopy(copyName(me.personId, name, epoch), this.doc) : null;
    this.#line = new PlanLine({
      doc: this.doc,
      name,
      collabUrl: options.collabUrl ?? socketUrl("/collab"),
      sessionUrl: options.sessionUrl ?? "/session",
      writes,
      loaded: this.#copy?.loaded ?? Promise.resolve(),
      onChange: (line) => this.#lineChanged(line),
      onResent: () => this.#set({ resent: true }),
    });
    this.awareness.setLocalStateField("person", { id: me.personId, name: me.name, ink: me.ink, writes });
    void this.#copy?.loaded.then(() => this.#holdsText() && this.#set({ ready: true }));
    if (writes) void takeOutdatedCopy(me.personId, name, epoch, options.sections).then((setAside) => setAside && this.#set({ setAside }));
    window.addEventListener("beforeunload", this.#warn);
  }

  get awareness(): PlanAwareness {
    const { awareness } = this.#line.provider;
    if (!awareness) throw new Error("the provider was made without awareness");
    return awareness;
  }

  /** The same object until something changes, for useSyncExternalStore. */
  readonly state = (): PlanState => this.#state;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** The person has read that it was sent. */
  resentSeen(): void {
    this.#set({ resent: false });
  }

  setAsideSeen(): void {
    this.#set({ setAside: null });
  }

  /** Everything on this device as plain text. */
  text(): string {
    return readableText(this.doc, this.options.sections) ?? "";
  }

  /** Drops the copy on this device, when the server will never take it. Open the page anew afterwards. */
  async forget(): Promise<void> {
    await this.#copy?.discard();
  }

  destroy(): void {
    clearTimeout(this.#settling);
    window.removeEventListener("beforeunload", this.#warn);
    this.#copy?.close();
    this.#line.destroy();
    this.doc.destroy();
  }

  #lineChanged(line: Readonly<Line>): void {
    const ready = this.#state.ready || line.up;
    const status = statusOf(line);
    this.#noteWhereItIs(line);
    clearTimeout(this.#settling);
    if (status === "saved" && this.#state.status === "saving") this.#settling = setTimeout(() => this.#set({ status }), SETTLES_AFTER_MS);
    // What is written on a document that the server cannot read might find nothing to be joined to.
    const writable = line.writable && line.why !== "unreadable";
    this.#set({ ready, writable, why: line.why, status: status === "saved" && this.#state.status === "saving" ? "saving" : status });
    if (line.why === "rejected" && this.#state.setAside === null) this.#set({ setAside: this.text() });
  }

  #noteWhereItIs({ up, unsaved }: Readonly<Line>): void {
    const { me, page } = this.options;
    if (!page) return;
    if (unsaved > 0 && !up) noteOnlyHere(me.personId, page);
    else if (unsaved === 0 && up) sentFromHere(me.personId, page.href);
  }

  /** A document that is still empty here must not be written in: only the server makes content. */
  #holdsText(): boolean {
    return this.options.sections.some(({ key }) => this.doc.get(key, Y.XmlText).length > 0);
  }

  #set(change: Partial<PlanState>): void {
    const next = { ...this.#state, ...change };
    if (Object.entries(next).every(([key, value]) => Object.is(value, this.#state[key as keyof PlanState]))) return; // keys of its own object
    this.#state = next;
    for (const listener of this.#listeners) listener();
  }

  readonly #warn = (event: BeforeUnloadEvent): void => {
    const { line } = this.#line;
    if (line.writable && line.unsaved > 0 && (!line.up || this.#state.status !== "saved")) event.preventDefault();
  };
}

function socketUrl(path: string): string {
  return `${location.protocol === "https:" ? "wss" : "ws"}://${location.host}${path}`;
}
