import type { IncomingMessage, Server } from "node:http";
import type { Duplex } from "node:stream";

export type Handshake = (request: IncomingMessage, socket: Duplex, head: Buffer) => void;

/**
 * Takes every WebSocket handshake of the server, by its path. One that no path takes is answered "not there": Node would leave its line
 * open for as long as the other side likes. While developing, others listen as well, so it is left to them.
 */
export function takeHandshakes(httpServer: Server, doors: ReadonlyMap<string, Handshake>, development = false): void {
  httpServer.on("upgrade", (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    const take = doors.get(pathOf(request));
    if (take) return take(request, socket, head);
    if (development) return;
    socket.on("error", () => socket.destroy());
    socket.end("HTTP/1.1 404 Not Found\r\nconnection: close\r\ncontent-length: 0\r\n\r\n", () => socket.destroy());
  });
}

function pathOf(request: IncomingMessage): string {
  const path = (request.url ?? "").split("?")[0] ?? "";
  return path.length > 1 ? path.replace(/\/+$/, "") : path;
}
