import { setTimeout as pause } from "node:timers/promises";
import type { Connection } from "@hocuspocus/server";
import { SOCKET_CLOSE } from "#app/plans/collab-closes.ts";
import type { Viewer } from "#db/viewer.ts";
import type { Access, Context, OpenSocket } from "./context.ts";

export interface Whom {
  personIds?: readonly string[];
  docNames?: readonly string[];
  docIds?: readonly string[];
}

export interface Inside {
  sockets: ReadonlySet<OpenSocket>;
  connections(): Connection<Context>[];
  viewerOf(request: Request): Promise<Viewer | null>;
  access(viewer: Viewer, name: string): Promise<Access | null>;
  report(fault: unknown, doing: string): void;
}

/** A reader that is this far behind is cut off; it comes back and asks for what it lacks. */
const FURTHEST_BEHIND = 16 * 1024 * 1024;
/** A database on another machine answers several in the time of one. */
const AT_ONCE = 8;

/** Asks those inside again whether they may be there, and closes the sockets of those whose rights are others than before. */
export class Rechecks {
  readonly #inside: Inside;
  #sweeping = false;
  /** How often it was asked because rights had changed. */
  count = 0;

  constructor(inside: Inside) {
    this.#inside = inside;
  }

  /** A person or document that fits any of the lists is asked about; without lists, all. */
  async recheck(whom: Whom = {}): Promise<void> {
    this.count += 1;
    const everybody = !whom.personIds && !whom.docNames && !whom.docIds;
    const isMeant = ({ context, document }: Connection<Context>) =>
      everybody || whom.personIds?.includes(context.viewer.id) || whom.docNames?.includes(document.name) || whom.docIds?.includes(context.docId);
    const meant = bySocket(this.#inside.connections().filter(isMeant));
    for (const socket of this.#inside.sockets) if (!meant.has(socket) && (everybody || whom.personIds?.includes(socket.viewer.id))) meant.set(socket, []);
    const asker = onceEach(this.#inside);
    const waiting = [...meant];
    await Promise.all(Array.from({ length: AT_ONCE }, async () => {
      for (let next = waiting.shift(); next; next = waiting.shift()) await this.#ask(asker, ...next);
    }));
  }

  /** Asks everybody, one after the other, over so many milliseconds: what nobody told is found, and no moment is full of questions. */
  async sweep(overMs: number): Promise<void> {
    if (this.#sweeping) return;
    this.#sweeping = true;
    try {
      const from = performance.now();
      const sockets = [...this.#inside.sockets];
      for (const [no, socket] of sockets.entries()) {
        if (this.#inside.sockets.has(socket)) await this.#ask(this.#inside, socket);
        await pause(Math.max(0, from + ((no + 1) * overMs) / sockets.length - performance.now()), undefined, { ref: false });
      }
    } finally {
      this.#sweeping = false;
    }
  }

  async recheckConnection(connection: Connection<Context>, viewer: Viewer, asker: Pick<Inside, "access"> = this.#inside): Promise<void> {
    const access = await asker.access(viewer, connection.document.name);
    const { context } = connection;
    if (access?.mode === context.mode && access.docId === context.docId) return;
    connection.readOnly = true;
    context.ended = true;
    context.socket.ws.close(SOCKET_CLOSE.accessChanged, "access-changed");
  }

  /** @param meant of the socket; all of its own, when nobody says */
  async #ask(asker: Pick<Inside, "viewerOf" | "access">, socket: OpenSocket, meant?: readonly Connection<Context>[]): Promise<void> {
    if (socket.ws.bufferedAmount > FURTHEST_BEHIND) socket.ws.terminate();
    // A database that is away for a moment must not throw everybody out: whoever cannot be asked stays until the next sweep.
    try {
      const viewer = await asker.viewerOf(socket.request);
      if (viewer?.id !== socket.viewer.id) return socket.ws.close(SOCKET_CLOSE.signedOut, "signed-out");
      for (const connection of meant ?? this.#inside.connections().filter(({ context }) => context.socket === socket)) await this.recheckConnection(connection, viewer, asker);
    } catch (fault) {
      this.#inside.report(fault, "asking again who is there");
    }
  }
}

function bySocket(connections: readonly Connection<Context>[]): Map<OpenSocket, Connection<Context>[]> {
  const all = new Map<OpenSocket, Connection<Context>[]>();
  for (const connection of connections) all.set(connection.context.socket, [...(all.get(connection.context.socket) ?? []), connection]);
  return all;
}

/** The same questions, each of which is asked once: somebody may have a document open in many windows. */
function onceEach({ viewerOf, access }: Inside): Pick<Inside, "viewerOf" | "access"> {
  const viewers = new Map<string, Promise<Viewer | null>>();
  const answers = new Map<string, Promise<Access | null>>();
  return {
    viewerOf: (request) => remembered(viewers, request.headers.get("cookie") ?? "", () => viewerOf(request)),
    access: (viewer, name) => remembered(answers, `${viewer.id} ${name}`, () => access(viewer, name)),
  };
}

function remembered<Answer>(answers: Map<string, Promise<Answer>>, question: string, ask: () => Promise<Answer>): Promise<Answer> {
  const known = answers.get(question) ?? ask();
  answers.set(question, known);
  return known;
}
