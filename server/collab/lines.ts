import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import type { Hocuspocus } from "@hocuspocus/server";
import { type WebSocket, WebSocketServer } from "ws";
import { SOCKET_CLOSE } from "#app/plans/collab-closes.ts";
import type { Viewer } from "#db/viewer.ts";
import { isOwnOrigin } from "../origin.ts";
import type { Context, OpenSocket } from "./context.ts";
import { judgeFrame } from "./frames.ts";
import { refuseUpgrade, requestOf } from "./handshake.ts";

export interface Lines {
  open: ReadonlySet<OpenSocket>;
  /** Takes one handshake of an HTTP server: asks for origin and session, and hands the socket over to Hocuspocus. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  /** From here on nobody is let in. */
  shut(): void;
  /** Resolves when every socket is closed. */
  closed(): Promise<unknown>;
  close(): void;
}

export interface LineOptions {
  hocuspocus: Hocuspocus<Context>;
  publicUrl: string;
  viewerOf(request: Request): Promise<Viewer | null>;
  report(fault: unknown, doing: string): void;
}

/** A step 2 after a week offline is some hundred kilobytes. */
const LARGEST_FRAME = 4 * 1024 * 1024;

/** The sockets on which documents are open. */
export function openLines({ hocuspocus, publicUrl, viewerOf, report }: LineOptions): Lines {
  const wss = new WebSocketServer({ noServer: true, maxPayload: LARGEST_FRAME, perMessageDeflate: false });
  const open = new Set<OpenSocket>();
  let isShut = false;

  async function handleUpgrade(upgrade: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> {
    if (isShut) return refuseUpgrade(socket, 503);
    if (!isOwnOrigin(upgrade.headers, publicUrl)) return refuseUpgrade(socket, 403);
    const request = requestOf(upgrade);
    const viewer = await viewerOf(request);
    if (!viewer) return refuseUpgrade(socket, 401);
    if (socket.destroyed) return;
    wss.handleUpgrade(upgrade, socket, head, (ws) => serve({ ws, request, viewer }));
  }

  function serve(socket: OpenSocket): void {
    const { ws, request, viewer } = socket;
    open.add(socket);
    // The other parts of the context are added when a document is asked for; no hook before that looks at them.
    // Of the request it reads address and headers, for every message anew: of a whole Request each time takes as long as applying what somebody typed.
    const { pathname, search } = new URL(request.url);
    const asked = { url: pathname + search, headers: request.headers } as Request;
    const client = hocuspocus.handleConnection(ws, asked, { viewer, socket } as Context);
    ws.on("error", () => ws.terminate());
    ws.on("close", (code, reason) => {
      open.delete(socket);
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

  return {
    open,
    upgrade(request, socket, head) {
      socket.on("error", () => socket.destroy());
      handleUpgrade(request, socket, head).catch((fault: unknown) => {
        report(fault, "taking a handshake");
        refuseUpgrade(socket, 500);
      });
    },
    shut: () => void (isShut = true),
    closed: () => Promise.all([...open].map(({ ws }) => gone(ws))),
    close: () => wss.close(),
  };
}

function gone(ws: WebSocket): Promise<unknown> {
  return new Promise((resolve) => ws.once("close", resolve));
}
