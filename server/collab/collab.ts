import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import { type Connection, Hocuspocus } from "@hocuspocus/server";
import { type WebSocket, WebSocketServer } from "ws";
import type * as Y from "yjs";
import { type ChannelClose, NOT_SAVED_MESSAGE, type OpeningRefusal, SOCKET_CLOSE } from "#app/plans/collab-closes.ts";
import { findClientOwners, findDoc, readLog } from "#db/documents.ts";
import type { Db } from "#db/types.ts";
import type { Viewer } from "#db/viewer.ts";
import { isOwnOrigin } from "../origin.ts";
import { judgeFrame } from "./frames.ts";
import { Guard, type Passed, UpdateRefused } from "./guard.ts";
import { refuseUpgrade, requestOf } from "./handshake.ts";
import { FROM_AFAR, LiveDocs } from "./live-docs.ts";
import type { DocLog } from "./log.ts";
import { tellTruth } from "./presence.ts";
import { projectSoon } from "./projection.ts";
import { DamagedLog, replay } from "./replay.ts";

export interface Access {
  docId: string;
  mode: "write" | "read";
}

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

export interface Whom {
  personIds?: readonly string[];
  docNames?: readonly string[];
  docIds?: readonly string[];
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

/** What is known of one document's channel on one socket. */
interface Context extends Access {
  viewer: Viewer;
  socket: OpenSocket;
  /** The count of rechecks when access was last asked. */
  askedAt: number;
  /** Refused or closing: nothing more of this channel is taken. */
  ended?: boolean;
}

interface OpenSocket {
  ws: WebSocket;
  request: Request;
  viewer: Viewer;
}

/** A step 2 after a week offline is some hundred kilobytes. */
const LARGEST_FRAME = 4 * 1024 * 1024;
/** A reader that is this far behind is cut off; it comes back and asks for what it lacks. */
const FURTHEST_BEHIND = 16 * 1024 * 1024;
const SWEEP_EVERY = 30_000;
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
  const sockets = new Set<OpenSocket>();
  const wss = new WebSocketServer({ noServer: true, maxPayload: LARGEST_FRAME, perMessageDeflate: false });
  let rechecks = 0;
  let closing: Promise<void> | undefined;

  const hocuspocus = new Hocuspocus<Context>({
    quiet: true,
    debounce: PROJECT_AFTER,
    maxDebounce: 5 * PROJECT_AFTER,
    maxPendingDocuments: 10,
    yDocOptions: { gc: false, gcFilter: () => false },

    async onAuthenticate({ context, documentName, connectionConfig }) {
      const askedAt = rechecks;
      const access = await quietly(() => options.access(context.viewer, documentName), `asking for access to ${documentName}`);
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
      document.on("destroy", () => live.closed(context.docId, document));
    },

    async connected({ context, connection }) {
      // Rights that changed between the question and now would be missed by a recheck that did not see this connection yet.
      if (context.askedAt !== rechecks) await recheckConnection(connection, context.viewer);
    },

    async beforeHandleAwareness({ connection, document, states }) {
      if (!connection) return;
      const { viewer, mode } = connection.context as Context; // Hocuspocus types this one connection without its context
      tellTruth(states, { id: viewer.id, name: viewer.name, writes: mode === "write" }, (clientId) =>
        document.getConnections().some((other) => other !== connection && other.context.viewer.id !== viewer.id && document.getClients(other).has(clientId)),
      );
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

  /** A fault in a question about rights is a refusal to whoever asks, and a report to the operator. */
  async function quietly<Answer>(question: () => Promise<Answer>, doing: string): Promise<Answer | null> {
    try {
      return await question();
    } catch (fault) {
      report(fault, doing);
      return null;
    }
  }

  async function handleUpgrade(upgrade: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> {
    if (closing) return refuseUpgrade(socket, 503);
    if (!isOwnOrigin(upgrade.headers, options.publicUrl)) return refuseUpgrade(socket, 403);
    const request = requestOf(upgrade);
    const viewer = await options.viewerOf(request);
    if (!viewer) return refuseUpgrade(socket, 401);
    if (socket.destroyed) return;
    wss.handleUpgrade(upgrade, socket, head, (ws) => serve({ ws, request, viewer }));
  }

  function serve(socket: OpenSocket): void {
    const { ws, request, viewer } = socket;
    sockets.add(socket);
    // The other parts of the context are added when a document is asked for; no hook before that looks at them.
    const client = hocuspocus.handleConnection(ws, request, { viewer, socket } as Context);
    ws.on("error", () => ws.terminate());
    ws.on("close", (code, reason) => {
      sockets.delete(socket);
      client.handleClose({ code, reason: reason.toString() });
    });
    ws.on("message", (data: Buffer, isBinary) => {
      if (ws.readyState !== ws.OPEN) return;
      const frame = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
      const verdict = isBinary ? judgeFrame(frame) : "malformed";
      if (verdict === "pass") client.handleMessage(frame);
      if (verdict === "malformed") ws.close(SOCKET_CLOSE.malformed, "malformed");
    });
  }

  function connections(): Connection<Context>[] {
    return [...hocuspocus.documents.values()].flatMap((document) => document.getConnections());
  }

  async function recheck(whom: Whom = {}): Promise<void> {
    rechecks += 1;
    const everybody = !whom.personIds && !whom.docNames && !whom.docIds;
    const isMeant = ({ context, document }: Connection<Context>) =>
      everybody || whom.personIds?.includes(context.viewer.id) || whom.docNames?.includes(document.name) || whom.docIds?.includes(context.docId);
    const meant = connections().filter(isMeant);
    const asked = new Set(meant.map((connection) => connection.context.socket));
    for (const socket of sockets) if (everybody || whom.personIds?.includes(socket.viewer.id)) asked.add(socket);
    for (const socket of asked) {
      if (socket.ws.bufferedAmount > FURTHEST_BEHIND) socket.ws.terminate();
      // A database that is away for a moment must not throw everybody out: whoever cannot be asked stays until the next sweep.
      try {
        const viewer = await options.viewerOf(socket.request);
        if (viewer?.id !== socket.viewer.id) socket.ws.close(SOCKET_CLOSE.signedOut, "signed-out");
        else for (const connection of meant) if (connection.context.socket === socket) await recheckConnection(connection, viewer);
      } catch (fault) {
        report(fault, "asking again who is there");
      }
    }
  }

  async function recheckConnection(connection: Connection<Context>, viewer: Viewer): Promise<void> {
    const access = await options.access(viewer, connection.document.name);
    const { context } = connection;
    if (access?.mode === context.mode && access.docId === context.docId) return;
    connection.readOnly = true;
    context.ended = true;
    context.socket.ws.close(SOCKET_CLOSE.accessChanged, "access-changed");
  }

  const sweep = setInterval(() => void recheck().catch((fault: unknown) => report(fault, "asking everybody again")), options.sweepEvery ?? SWEEP_EVERY);
  sweep.unref();

  async function shutDown(): Promise<void> {
    clearInterval(sweep);
    await atMost(PATIENCE, log.settled());
    const gone = Promise.all([...sockets].map(({ ws }) => new Promise((resolve) => ws.once("close", resolve))));
    for (const { ws } of sockets) ws.close(SOCKET_CLOSE.goingAway, "server-stops");
    await atMost(PATIENCE, gone);
    for (const { ws } of sockets) ws.terminate();
    hocuspocus.flushPendingStores();
    await atMost(PATIENCE, log.settled());
    for (const until = Date.now() + PATIENCE; hocuspocus.getDocumentsCount() > 0 && Date.now() < until; ) await new Promise((resolve) => setTimeout(resolve, 20));
    wss.close();
  }

  return {
    upgrade(request, socket, head) {
      socket.on("error", () => socket.destroy());
      handleUpgrade(request, socket, head).catch((fault: unknown) => {
        report(fault, "taking a handshake");
        refuseUpgrade(socket, 500);
      });
    },
    recheck,
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
