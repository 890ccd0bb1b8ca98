import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import { type Connection, Hocuspocus } from "@hocuspocus/server";
import type * as Y from "yjs";
import { type ChannelClose, NOT_SAVED_MESSAGE, type OpeningRefusal, SOCKET_CLOSE } from "#app/plans/collab-closes.ts";
import { findClientOwners, findDoc, readLog } from "#db/documents.ts";
import type { Db } from "#db/types.ts";
import type { Viewer } from "#db/viewer.ts";
import type { Access, Context } from "./context.ts";
import { Guard, type Passed, UpdateRefused } from "./guard.ts";
import { openLines } from "./lines.ts";
import { FROM_AFAR, LiveDocs } from "./live-docs.ts";
import type { DocLog } from "./log.ts";
import { pace } from "./pace.ts";
import { tellTruth } from "./presence.ts";
import { projectSoon } from "./projection.ts";
import { Readers } from "./readers.ts";
import { Rechecks, type Whom } from "./recheck.ts";
import { DamagedLog, replay } from "./replay.ts";

export interface CollabOptions {
  db: Db;
  log: DocLog;
  /** Where people reach this installation; handshakes from elsewhere are refused, but for the host that was asked. */
  publicUrl: string;
  /** Who asks, from the cookies of the handshake; null without a session. Asked again while the socket is open. */
  viewerOf(request: Request): Promise<Viewer | null>;
  /** What a person may do in `plan:<planId>` or `minutes:<seminarId>`; null when it is not there or not theirs to know about. */
  access(viewer: Viewer, name: string): Promise<Access | null>;
  /** Takes faults that no client should be told about. */
  report(fault: unknown, doing: string): void;
  /** Whether other processes write the same documents. */
  others?: boolean;
  /** The documents open in this process, where somebody else has to know of them too. */
  live?: LiveDocs;
  /** How often every open connection is asked again, in milliseconds. */
  sweepEvery?: number;
}

export interface Collab {
  /** Takes one handshake of an HTTP server. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  /**
   * Asks again whether those inside may be there, and closes the sockets of those whose rights are others than before; what they come
   * back with holds. A person or document that fits any of the lists is asked about; without lists, all.
   */
  recheck(whom?: Whom): Promise<void>;
  /** The documents open in this process, for `documentsOn`. */
  live: LiveDocs;
  /** Takes no more, waits for the log, and closes the sockets. Bounded; calling it twice is once. */
  close(): Promise<void>;
}

const SWEEP_EVERY = 30_000;
/** The share of that time over which the questions are spread. */
const SPREAD = 0.9;
const PROJECT_AFTER = 2_000;
/** What a shutdown waits at most for the log, and again for the sockets. */
const PATIENCE = 5_000;

/**
 * The server of live documents. It goes beside the pages on one HTTP server:
 *
 *     const log = new DocLog((batch) => appendUpdates(db, batch));
 *     const collab = openCollab({ db, log, publicUrl, viewerOf, access, report });
 *     takeHandshakes(httpServer, new Map([["/collab", collab.upgrade]]));
 *     const documents = documentsOn(db, log, collab.live);         // context.documents
 *     // job "doc.project": projectDoc(db, documents, payload.docId); job "access.changed": collab.recheck(…)
 *     // SIGTERM: await collab.close(), then httpServer.close(), then the database
 *
 * An update is checked, committed to the log, and only then applied, shown to others and acknowledged: Hocuspocus awaits `beforeSync` before
 * each of these. Where a hook refuses, it does not throw (Hocuspocus would detach the client in silence): it makes the connection
 * read-only, which makes Hocuspocus neither apply nor acknowledge, and closes the channel or the socket itself.
 */
export function openCollab(options: CollabOptions): Collab {
  const { db, log, report } = options;
  const live = options.live ?? new LiveDocs();
  const guards = new WeakMap<Y.Doc, Guard>();
  const readers = new WeakMap<Y.Doc, Readers>();
  let closing: Promise<void> | undefined;

  const hocuspocus: Hocuspocus<Context> = new Hocuspocus<Context>({
    quiet: true,
    debounce: PROJECT_AFTER,
    maxDebounce: 5 * PROJECT_AFTER,
    maxPendingDocuments: 10,
    yDocOptions: { gc: false, gcFilter: () => false },

    async onAuthenticate({ context, documentName, connectionConfig }) {
      const askedAt = rechecks.count;
      const access = await options.access(context.viewer, documentName).catch((fault: unknown) => {
        report(fault, `asking for access to ${documentName}`);
        // Not known is not forbidden: the page asks again.
        throw new Refusal("unreadable");
      });
      if (!access) throw new Refusal("permission-denied");
      connectionConfig.readOnly = access.mode === "read";
      return { ...access, askedAt };
    },

    async onLoadDocument({ context, document, documentName }) {
      // First listed, then read: see LiveDocs.
      live.opened(context.docId, document);
      try {
        if (!(await findDoc(db, context.docId))) throw new DamagedLog(context.docId, "has no document");
        replay(context.docId, await readLog(db, context.docId), document);
      } catch (fault) {
        live.closed(context.docId, document);
        report(fault, `loading ${documentName}`);
        throw new Refusal("unreadable");
      }
      guards.set(document, new Guard(document, (clientIds) => findClientOwners(db, context.docId, clientIds)));
      readers.set(document, new Readers(document));
      pace(document);
      document.on("destroy", () => live.closed(context.docId, document));
    },

    async connected({ context, connection }) {
      // Rights that changed between the question and now would be missed by a recheck that did not see this connection yet.
      if (context.askedAt !== rechecks.count) await rechecks.recheckConnection(connection, context.viewer);
      if (context.mode === "read") readers.get(connection.document)?.changed();
    },

    async onDisconnect({ context, document }) {
      if (context.mode === "read") readers.get(document)?.changed();
    },

    async beforeHandleAwareness({ connection, document, states }) {
      if (!connection) return;
      const context = connection.context as Context; // Hocuspocus types this one connection without its context
      if (context.mode === "read") return readers.get(document)?.heard(context, states);
      const { viewer } = context;
      const others = document.getConnections().filter((other) => other !== connection && other.context.viewer.id !== viewer.id);
      const taken = (clientId: number) => clientId === document.awareness.clientID || others.some((other) => document.getClients(other).has(clientId));
      tellTruth(states, { id: viewer.id, name: viewer.name }, taken, document.getClients(connection));
    },

    async beforeSync({ connection, context, document, type, payload }) {
      if (type === STATE_VECTOR || connection.readOnly || isEmpty(payload)) return;
      try {
        await take(context, document, payload);
      } catch (fault) {
        turnAway(connection as Connection<Context>, fault);
      }
    },

    async onStoreDocument({ document, lastContext }) {
      // Nothing to store: the log has it. A rejection here would end the process.
      const docId = lastContext.docId ?? live.idOf(document);
      if (docId) await projectSoon(db, docId).catch((fault: unknown) => report(fault, `asking for the projection of ${document.name}`));
    },
  });

  async function take(context: Context, document: Y.Doc, payload: Uint8Array): Promise<void> {
    const guard = guards.get(document);
    if (context.ended || !guard) throw new Error("the document is being closed");
    const { docId, viewer } = context;
    const passed = await check(guard, context, document, payload);
    try {
      if (!isEmpty(passed.news)) await log.append({ docId, bytes: passed.news, personId: viewer.id, newClientIds: passed.newClientIds });
    } catch (fault) {
      passed.failed();
      throw fault;
    }
    passed.committed();
    // The document may have been unloaded and loaded again while this message waited.
    if (live.find(docId) !== document) live.apply(docId, payload);
  }

  /** An update that builds on what another process has written, or brings it along, is checked again with all of the log. */
  async function check(guard: Guard, { docId, viewer }: Context, document: Y.Doc, payload: Uint8Array): Promise<Passed> {
    try {
      return await guard.check(viewer.id, payload);
    } catch (fault) {
      if (!(fault instanceof UpdateRefused) || !fault.perhapsBehind || !options.others) throw fault;
      replay(docId, await readLog(db, docId), document, FROM_AFAR);
      return guard.check(viewer.id, payload);
    }
  }

  function turnAway(connection: Connection<Context>, fault: unknown): void {
    connection.readOnly = true;
    connection.context.ended = true;
    if (fault instanceof UpdateRefused) {
      const reason: ChannelClose = fault.why;
      report(fault, `refusing an update of ${connection.document.name} by ${connection.context.viewer.id}`);
      return connection.close({ code: 1000, reason });
    }
    report(fault, `saving an update of ${connection.document.name}`);
    connection.sendStateless(NOT_SAVED_MESSAGE);
    connection.context.socket.ws.close(SOCKET_CLOSE.notSaved, "not-saved");
  }

  const lines = openLines({ ...options, hocuspocus });
  const rechecks: Rechecks = new Rechecks({ ...options, sockets: lines.open, connections: () => [...hocuspocus.documents.values()].flatMap((document) => document.getConnections()) });
  const sweepEvery = options.sweepEvery ?? SWEEP_EVERY;
  const sweep = setInterval(() => void rechecks.sweep(sweepEvery * SPREAD).catch((fault: unknown) => report(fault, "asking everybody again")), sweepEvery);
  sweep.unref();

  async function shutDown(): Promise<void> {
    clearInterval(sweep);
    lines.shut();
    await atMost(PATIENCE, log.settled());
    const gone = lines.closed();
    for (const { ws } of lines.open) ws.close(SOCKET_CLOSE.goingAway, "server-stops");
    await atMost(PATIENCE, gone);
    for (const { ws } of lines.open) ws.terminate();
    hocuspocus.flushPendingStores();
    await atMost(PATIENCE, log.settled());
    for (const until = Date.now() + PATIENCE; hocuspocus.getDocumentsCount() > 0 && Date.now() < until; ) await new Promise((resolve) => setTimeout(resolve, 20));
    lines.close();
  }

  return {
    upgrade: lines.upgrade,
    recheck: (whom) => rechecks.recheck(whom),
    live,
    close: () => (closing ??= shutDown()),
  };
}

const STATE_VECTOR = 0;

/** An update without structs and deletions, which every client sends when it has nothing new. */
function isEmpty(payload: Uint8Array): boolean {
  return payload.length <= 2;
}

/** Hocuspocus passes `reason` on to the client, and logs whatever has a message: this has none. */
class Refusal extends Error {
  readonly reason: OpeningRefusal;

  constructor(reason: OpeningRefusal) {
    super();
    this.reason = reason;
  }
}

async function atMost(ms: number, work: Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  await Promise.race([work, new Promise((resolve) => (timer = setTimeout(resolve, ms)))]);
  clearTimeout(timer);
}
