import type { IncomingHttpHeaders } from "node:http";

/**
 * Whether a request that changes something, or a WebSocket's handshake, comes from one of our own pages: its Origin is the address that
 * was asked for (or the public one). Browsers always send it there; without it, `Sec-Fetch-Site` decides; programs that send neither
 * carry no cookie of a person who did not mean it.
 */
export function isOwnOrigin(headers: IncomingHttpHeaders, publicUrl: string): boolean {
  const origin = headers.origin;
  if (origin === undefined) return headers["sec-fetch-site"] === undefined || headers["sec-fetch-site"] === "same-origin";
  if (origin === new URL(publicUrl).origin) return true;
  if (!URL.canParse(origin)) return false;
  return new URL(origin).host === headers.host;
}
