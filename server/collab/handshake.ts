import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";

const REASONS = { 400: "Bad Request", 401: "Unauthorized", 403: "Forbidden", 500: "Internal Server Error", 503: "Service Unavailable" } as const;

/** The upgrade as a `Request`, for whoever reads cookies from it. */
export function requestOf(upgrade: IncomingMessage): Request {
  const headers = new Headers();
  for (const [name, value] of Object.entries(upgrade.headers)) if (value !== undefined) headers.set(name, Array.isArray(value) ? value.join(", ") : value);
  return new Request(new URL(upgrade.url ?? "/", "http://localhost"), { headers });
}

/** Answers a handshake with a plain HTTP status instead of an upgrade. */
export function refuseUpgrade(socket: Duplex, status: keyof typeof REASONS): void {
  socket.end(`HTTP/1.1 ${status} ${REASONS[status]}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}
