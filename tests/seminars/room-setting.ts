import { createServer, type IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import { onTestFinished } from "vitest";
import WebSocket from "ws";
import type { ToPage, ToRoom } from "#app/seminars/room-protocol.ts";
import type { LiveRooms } from "#app/seminars/live-rooms.ts";
import type { Db } from "#db/types.ts";
import { findViewer } from "#db/viewer.ts";
import { isOwnOrigin } from "#server/origin.ts";
import { type AttachedRooms, attachRoom } from "#server/room/attach.ts";
import type { Wire } from "#server/wire/wire.ts";
import { quietServices } from "./setting.ts";

export interface RoomServer {
  origin: string;
  attached: AttachedRooms;
  signedOut: Set<string>;
  close(): Promise<void>;
}

/** The rooms on an HTTP server of their own, mounted as `server/start.ts` mounts them. Who asks stands in the cookie `who`. */
export async function aRoomServer(db: Db, given: { beatMs?: number; live?: Partial<LiveRooms>; wire?: Wire } = {}): Promise<RoomServer> {
  const httpServer = createServer();
  await new Promise<void>((resolve) => httpServer.listen(0, "127.0.0.1", resolve));
  const address = httpServer.address();
  const origin = `http://127.0.0.1:${address && typeof address === "object" ? address.port : 0}`;
  const signedOut = new Set<string>();
  const viewerOf = async (request: IncomingMessage) => {
    const id = /who=(\w+)/.exec(request.headers.cookie ?? "")?.[1];
    return id && !signedOut.has(id) ? ((await findViewer(db, id)) ?? null) : null;
  };
  const attached = attachRoom({
    db,
    live: quietServices(db, given.live).live,
    ownOrigin: (headers) => isOwnOrigin(headers, origin),
    viewerOf,
    report: (error, doing) => console.error(doing, error),
    ...(given.beatMs && { beatMs: given.beatMs }),
    ...(given.wire && { wire: given.wire }),
  });
  httpServer.on("upgrade", (request, socket, head) => {
    if (!attached.upgrade(request, socket, head)) socket.destroy();
  });
  let closed = false;
  const close = async () => {
    if (closed) return;
    closed = true;
    await attached.close();
    httpServer.closeAllConnections();
    await new Promise((resolve) => httpServer.close(resolve));
  };
  onTestFinished(close);
  return { origin, attached, signedOut, close };
}

type Message<Type extends ToPage["type"]> = Extract<ToPage, { type: Type }>;

export interface Page {
  socket: WebSocket;
  /** Everything heard so far, beats apart. */
  heard: ToPage[];
  /** The next message of a type (that fits), beginning with what was not yet asked for. */
  next<Type extends ToPage["type"]>(type: Type, fits?: (message: Message<Type>) => boolean): Promise<Message<Type>>;
  say(order: ToRoom | string): void;
  /** With which code the line was closed. */
  closed: Promise<number>;
}

/** One page of one person in a room; the HTTP status (with the reason) when the handshake is refused. */
export async function openPage(server: RoomServer, who: { id: string } | null, seminarId: string, given: { after?: string; origin?: string } = {}): Promise<Page | { status: number; entry: string | undefined }> {
  const after = given.after ? `&after=${given.after}` : "";
  const socket = new WebSocket(`${server.origin.replace("http", "ws")}/room?seminar=${seminarId}${after}`, { headers: { origin: given.origin ?? server.origin, ...(who && { cookie: `who=${who.id}` }) } });
  const heard: ToPage[] = [];
  let asked = 0;
  const wake = new Set<() => void>();
  socket.on("message", (data) => {
    const message = JSON.parse(data.toString()) as ToPage; // what our own server sends
    if (message.type === "beat") return;
    heard.push(message);
    for (const one of [...wake]) one();
  });
  const closed = new Promise<number>((resolve) => socket.once("close", resolve));
  const opened = await new Promise<true | { status: number; entry: string | undefined }>((resolve, reject) => {
    socket.once("open", () => resolve(true));
    socket.once("unexpected-response", (_request, response) => resolve({ status: response.statusCode ?? 0, entry: response.headers["x-entry"]?.toString() }));
    socket.once("error", reject);
  });
  if (opened !== true) return opened;
  onTestFinished(() => socket.terminate());
  return {
    socket,
    heard,
    closed,
    say: (order) => socket.send(typeof order === "string" ? order : JSON.stringify(order)),
    next: (type, fits = () => true) =>
      new Promise((resolve, reject) => {
        const timer = setTimeout(() => {
          wake.delete(look);
          reject(new Error(`waited in vain for ${type}; heard ${heard.map((one) => one.type).join(", ")}`));
        }, 8_000);
        const look = () => {
          for (; asked < heard.length; asked += 1) {
            const message = heard[asked];
            if (message?.type !== type || !fits(message as never)) continue;
            asked += 1;
            clearTimeout(timer);
            wake.delete(look);
            return resolve(message as never);
          }
        };
        wake.add(look);
        look();
      }),
  };
}

/** The same for somebody who is let in. */
export async function aPage(...given: Parameters<typeof openPage>): Promise<Page> {
  const page = await openPage(...given);
  if ("status" in page) throw new Error(`refused with ${page.status} ${page.entry ?? ""}`);
  return page;
}

/** Makes a line answer no end of the other side, as no browser would. @returns what sends an order all the same */
export function deafTo(socket: WebSocket): (order: ToRoom) => void {
  // Of `ws` itself: without its reader nothing that comes is understood, and nothing is answered.
  const { _socket: line } = socket as unknown as { _socket: Duplex };
  line.removeAllListeners("data").on("data", () => undefined);
  return (order) => socket.send(JSON.stringify(order));
}
