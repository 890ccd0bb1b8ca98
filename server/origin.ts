import type { IncomingHttpHeaders } from "node:http";
import { isIP } from "node:net";

/**
 * Whether a request that changes something, or a WebSocket's handshake, comes from one of our own pages: its Origin is the public address, to
 * the letter. Browsers always send it there; without it, `Sec-Fetch-Site` decides; programs that send neither carry no cookie of a person who
 * did not mean it.
 */
export function isOwnOrigin(headers: IncomingHttpHeaders, publicUrl: string): boolean {
  const { origin, host } = headers;
  if (origin === undefined) return headers["sec-fetch-site"] === undefined || headers["sec-fetch-site"] === "same-origin";
  const own = new URL(publicUrl);
  if (origin === own.origin) return true;
  // Over https a page of the same host that came by http may have been written by whoever stands on the line.
  return own.protocol === "http:" && origin === `http://${host}` && URL.canParse(origin) && isNumber(new URL(origin).hostname);
}

/** While developing, and without a domain, people type the machine's number. A name could be made to lead here by anybody. */
function isNumber(hostname: string): boolean {
  return hostname === "localhost" || isIP(hostname.replace(/^\[|\]$/g, "")) !== 0;
}
