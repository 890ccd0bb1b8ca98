import type { IncomingHttpHeaders, IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import { type WebSocket, WebSocketServer } from "ws";
import { mayEnter, seminarFor } from "#app/seminars/access.server.ts";
import { type EntryAnswer, enterSeminar } from "#app/seminars/enter.server.ts";
import { follow, readOrder } from "#app/seminars/follow-order.server.ts";
import type { LiveRooms } from "#app/seminars/live-rooms.ts";
import { BEAT_MS, DEAD_MS, ROOM_CLOSE, type ToRoom } from "#app/seminars/room-protocol.ts";
import type { RoomServices, SeminarRooms } from "#app/seminars/seminar-rooms.ts";
import { isId, newId } from "#db/ids.ts";
import { closeStay, openStay, seeStays } from "#db/seminar-presence.ts";
import type { Db } from "#db/types.ts";
import type { Viewer } from "#db/viewer.ts";
import { isMeant, type WhoseAccess } from "../live/gate.ts";
import { nobodyElse, type Wire } from "../wire/wire.ts";
import { Elsewhere, roomsEverywhere } from "./elsewhere.ts";
import { mayOf, Room, type Seat, send } from "./room.ts";

export interface RoomOptions {
  db: Db;
  live: LiveRooms;
  ownOrigin(headers: IncomingHttpHeaders): boolean;
  /** The person whose session a request carries, asked anew each time. */
  viewerOf(request: IncomingMessage): Promise<Viewer | null>;
  /** Takes faults that no page is told about. */
  report(error: unknown, doing: string): void;
  /** To the other processes, where there are any. */
  wire?: Wire;
  /** Shorter in tests. */
  beatMs?: number;
}

export interface AttachedRooms {
  /** For `context.rooms`, so that acts over HTTP reach the open rooms. */
  rooms: SeminarRooms;
  /** Call it in the HTTP server's `upgrade` listener. @returns false when the path is not `/room` */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): boolean;
  /** For the job `access.changed`, and when a session ends. */
  recheck(whose?: WhoseAccess): Promise<void>;
  /** Tells every page that we go, and writes the end of every stay. Call it before the database closes. */
  close(): Promise<void>;
}

const LONGEST_FRAME = 64 * 1024;
/** Frames that may wait while one is being followed: a page never has so many, a script does. */
const WAITING_FRAMES = 64;

/**
 * The rooms' own socket, `/room?seminar=<id>[&after=<message id>]`: chat, hands, people, the host's acts, and presence for whoever has no picture and
 * sound. Make it once; mount `upgrade`, hand `rooms` to pages and acts, `recheck` to the job `access.changed`. The handshake is asked for origin, session and right,
 * and enters the seminar; what goes over it stands in `app/seminars/room-protocol.ts`.
 *
 * Each process has a room of its own for the pages that are connected to it, and tells the others what it has changed and who is there.
 */
export function attachRoom(options: RoomOptions): AttachedRooms {
  const { db, report } = options;
  const beatMs = options.beatMs ?? BEAT_MS;
  const deadMs = (DEAD_MS / BEAT_MS) * beatMs;
  const open = new Map<string, Room>();
  const sockets = new WebSocketServer({ noServer: true, maxPayload: LONGEST_FRAME });
  const heard = new WeakMap<WebSocket, number>();
  /** What is being written or told: awaited before the end. */
  const busy = new Set<Promise<void>>();
  const during = (work: Promise<void>) => {
    busy.add(work);
    void work.finally(() => busy.delete(work));
  };
  let closing = false;

  const wire = options.wire ?? nobodyElse;
  const elsewhere = new Elsewhere(wire, (seminarId) => open.get(seminarId)?.inhabitants(), (seminarId) => open.get(seminarId)?.changed("presence"), deadMs);
  const roomOf = (seminarId: string) => {
    const known = open.get(seminarId);
    if (known) return known;
    const room = new Room(db, seminarId, { people: () => elsewhere.people(seminarId), tell: (people) => elsewhere.tell(seminarId, people) }, (error) => report(error, "telling a room what changed"));
    open.set(seminarId, room);
    elsewhere.ask(seminarId);
    return room;
  };
  // What others said may be lost: everything that it could have been is read again.
  wire.onGap(() => {
    for (const room of open.values()) for (const what of ["messages", "hands", "people", "seminar"] as const) room.changed(what);
  });

  const rooms = roomsEverywhere({
    changed: (seminarId, what, personIds) => open.get(seminarId)?.changed(what, personIds),
    messageRemoved: (seminarId, messageId) => open.get(seminarId)?.tell({ type: "messageRemoved", messageId }),
    muted: (seminarId, personId, source) => open.get(seminarId)?.tell({ type: "muted", source }, (seat) => seat.viewer.id === personId),
  }, wire);
  const services: RoomServices = { db, live: options.live, rooms };

  const beat = async () => {
    const now = Date.now();
    const there: string[] = [];
    for (const seminarId of elsewhere.sweep()) open.get(seminarId)?.changed("presence");
    for (const [seminarId, room] of open) {
      elsewhere.tell(seminarId, room.inhabitants());
      for (const seat of [...room.seats]) {
        if (now - (heard.get(seat.socket) ?? 0) > deadMs) {
          seat.socket.terminate();
          continue;
        }
        if (seat.stayId && now - (heard.get(seat.socket) ?? 0) <= beatMs * 1.5) there.push(seat.stayId);
        seat.socket.ping();
        send(seat, { type: "beat" });
      }
    }
    await seeStays(db, there, new Date(now));
  };
  const beating = setInterval(() => during(beat().catch((error: unknown) => report(error, "noting who is in the rooms"))), beatMs);

  const upgrade = async (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    const query = new URL(request.url ?? "/", "http://localhost").searchParams;
    const seminarId = query.get("seminar") ?? "";
    const after = query.get("after");
    if (closing) return refuse(socket, 503);
    if (!options.ownOrigin(request.headers)) return refuse(socket, 403);
    const viewer = await options.viewerOf(request);
    if (!viewer) return refuse(socket, 401);
    const entered = await comeIn(db, viewer, seminarId);
    if (typeof entered === "number") return refuse(socket, entered);
    if (entered.entry === "refused") return refuse(socket, 409, entered.reason);
    if (socket.destroyed) return;
    sockets.handleUpgrade(request, socket, head, (ws) => {
      during(settle(ws, request, viewer, seminarId, isId(after) ? after : null).catch((error: unknown) => {
        report(error, "letting somebody into a room");
        ws.close(1011);
      }));
    });
  };

  const settle = async (ws: WebSocket, request: IncomingMessage, viewer: Viewer, seminarId: string, after: string | null) => {
    heard.set(ws, Date.now());
    ws.on("error", () => ws.terminate());
    ws.on("pong", () => heard.set(ws, Date.now()));
    const room = roomOf(seminarId);
    room.pages += 1;
    const stay = { seminarId, personId: viewer.id, channel: "text" as const, sourceId: newId() };
    let joinedAt = new Date();
    let left = false;
    const seat: Seat = {
      socket: ws,
      stayId: null,
      viewer,
      channel: "text",
      may: { speak: false, shareScreen: false, host: false },
      again: () => options.viewerOf(request),
      comesIn: async () => {
        if (left) return;
        seat.stayId = stay.sourceId;
        joinedAt = new Date();
        await openStay(db, stay, joinedAt);
      },
    };
    const frames: Promise<unknown>[] = [];
    let turn: Promise<void> = Promise.resolve();
    ws.on("message", (data, binary) => {
      // Whoever was shown out and does not hang up goes on being heard by the line, for half a minute.
      if (ws.readyState !== ws.OPEN) return;
      heard.set(ws, Date.now());
      const order = binary ? undefined : readOrder(data.toString());
      if (!order || frames.length >= WAITING_FRAMES) return ws.close(ROOM_CLOSE.nonsense);
      const done = (turn = turn.then(() => obey(seat, seminarId, order)));
      frames.push(done);
      during(done);
      void done.finally(() => frames.shift());
    });
    ws.once("close", () => {
      left = true;
      room.leave(seat);
      room.pages -= 1;
      if (room.pages === 0) {
        open.delete(seminarId);
        elsewhere.tell(seminarId, []);
      }
      during(room.settled());
      if (!seat.stayId) return;
      // A dead line lasted until it was last heard; one that was closed, until now.
      const last = heard.get(ws) ?? 0;
      const leftAt = Date.now() - last > deadMs ? new Date(last) : new Date();
      during(closeStay(db, stay, joinedAt, leftAt).catch((error: unknown) => report(error, "noting that somebody left a room")));
    });

    // Asked again now that this page can be reached: a removal in between finds it, or is found here.
    const entry = await mayEnter(db, viewer, seminarId);
    if (!entry.in && !entry.waiting) return ws.close(ROOM_CLOSE.notAllowed);
    if (entry.in) {
      seat.may = mayOf(viewer, entry.seminar);
      await seat.comesIn();
    }
    await room.enter(seat, after);
    if (ws.readyState !== ws.OPEN) room.leave(seat);
    else await room.recheck((one) => one === seat);
  };

  const obey = async (seat: Seat, seminarId: string, order: ToRoom) => {
    try {
      // An order may have waited for the ones before it while its page was shown out.
      if (!seat.stayId || order.type === "beat" || seat.socket.readyState !== seat.socket.OPEN) return;
      if (order.type === "channel") {
        seat.channel = order.channel;
        return open.get(seminarId)?.changed("presence");
      }
      const { kept, refused } = await follow(services, seat.viewer, seminarId, order);
      if (refused) send(seat, { type: "refused", ask: order.type, reason: refused, ...(order.type === "say" && { clientKey: order.clientKey }) });
      else if (kept && order.type === "say") send(seat, { type: "kept", clientKey: order.clientKey, messageId: kept });
    } catch (error) {
      report(error, `following ${order.type}`);
      send(seat, { type: "refused", ask: order.type, reason: "fault", ...(order.type === "say" && { clientKey: order.clientKey }) });
    }
  };

  return {
    rooms,
    upgrade: (request, socket, head) => {
      if (new URL(request.url ?? "/", "http://localhost").pathname !== "/room") return false;
      socket.on("error", () => socket.destroy());
      upgrade(request, socket, head).catch((error: unknown) => {
        report(error, "taking a handshake of a room");
        refuse(socket, 500);
      });
      return true;
    },
    recheck: async (whose) => {
      await Promise.all([...open].map(([seminarId, room]) => room.recheck((seat) => isMeant(whose, { personId: seat.viewer.id, seminarId }))));
    },
    close: async () => {
      closing = true;
      clearInterval(beating);
      // Also those who were shown out and have not hung up yet.
      await Promise.all([...sockets.clients].map((socket) => hungUp(socket)));
      while (busy.size > 0) await Promise.all([...busy]);
    },
  };
}

/** Tells a page to come back, and waits until its line is closed: a second for the page to do so, then without it. */
function hungUp(socket: WebSocket): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => socket.terminate(), 1_000);
    socket.once("close", () => {
      clearTimeout(timer);
      resolve();
    });
    socket.close(ROOM_CLOSE.restart);
  });
}

/** Enters the seminar, or says by which status not: not there and not theirs to know of answer alike. */
async function comeIn(db: Db, viewer: Viewer, seminarId: string): Promise<EntryAnswer | 403 | 404> {
  try {
    return await enterSeminar(db, viewer, await seminarFor(db, viewer, "enter", seminarId));
  } catch (error) {
    if (error instanceof Response) return error.status === 403 ? 403 : 404;
    throw error;
  }
}

const REASONS = { 401: "Unauthorized", 403: "Forbidden", 404: "Not Found", 409: "Conflict", 500: "Internal Server Error", 503: "Service Unavailable" } as const;

function refuse(socket: Duplex, status: keyof typeof REASONS, why?: string): void {
  socket.end(`HTTP/1.1 ${status} ${REASONS[status]}\r\nconnection: close\r\ncontent-length: 0\r\n${why ? `x-entry: ${why}\r\n` : ""}\r\n`, () => socket.destroy());
}
