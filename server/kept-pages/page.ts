import { createHash, randomBytes } from "node:crypto";
import { createRequestHandler, type ServerBuild } from "@remix-run/node";
import type { Spend } from "#app/http/costly.ts";
import { byAddress } from "../build-parts.ts";
import type { WebServices } from "../web.ts";
import type { Asked } from "./asked.ts";
import { type Encoding, Packed } from "./packed.ts";

/** What every visitor is answered who asks the same, byte for byte. */
export interface Page {
  status: number;
  headers: readonly (readonly [string, string])[];
  etag: string;
  /** What of the content policy lets its scripts run: their hashes, in the place of a number used once. */
  scripts: string;
  /** Of its body in all the forms that are kept by now. */
  readonly bytes: number;
  body(encoding: Encoding): Promise<Buffer>;
}

export interface Rendered {
  /** Null for what is not to be kept: a redirect, a fault, anything that sets a cookie. */
  page: Page | null;
  /** Whether all that it shows came out of the database, or of what is followed like a table of it. */
  fromRowsAlone: boolean;
}

/** More inline scripts than any page has: a policy with a hash for each would be too long a header. */
const SCRIPTS = 30;
/** What a page may ask for and still be out of the rows alone. Whoever has no more to `spend` is refused, and no refusal is kept. */
const ROWS_ALONE = ["db", "site", "viewer", "fault", "requestId", "nonce", "spend"];

/** Renders for nobody: the request is made here, of what the page may depend on, and nothing else of the visitor's reaches the page. */
export function renderer(build: ServerBuild, services: WebServices, searchFollowed: boolean): (asked: Asked, spend: Spend) => Promise<Rendered> {
  const rowsAlone = new Set<string | symbol>([...ROWS_ALONE, ...(searchFollowed ? ["search"] : [])]);
  const handlerAt = byAddress(build, (part) => createRequestHandler(part, "production"));
  return async (asked, spend) => {
    const nonce = randomBytes(16).toString("base64url");
    let [failed, fromRowsAlone] = [false, true];
    const known = { ...services, viewer: async () => null, fault: () => void (failed = true), requestId: "", nonce, spend };
    const context = new Proxy(known, {
      get(target, name) {
        if (!rowsAlone.has(name)) fromRowsAlone = false;
        return Reflect.get(target, name) as unknown;
      },
    });
    const request = new Request(services.site.publicUrl + asked.path, { headers: { "accept-language": asked.locale, ...(asked.theme && { cookie: `theme=${asked.theme}` }) } });
    const response = await handlerAt(new URL(request.url).pathname)(request, context);
    const text = await response.text();
    const keepable = (response.status === 200 || response.status === 404) && !response.headers.has("set-cookie") && !failed;
    const page = keepable ? await pageOf(response, text, nonce) : null;
    // What was refused or failed for one is asked for again by the next.
    return { page, fromRowsAlone: fromRowsAlone && page !== null };
  };
}

/**
 * A number used once cannot be kept. In its place the policy names the scripts themselves: only those that carried the number, which
 * nothing that was put into the page from outside can have known.
 */
async function pageOf(response: Response, text: string, nonce: string): Promise<Page | null> {
  const scripts = Array.from(text.matchAll(new RegExp(`<script nonce="${nonce}"[^>]*>([^]*?)</script>`, "g")), (found) => `'sha256-${createHash("sha256").update(found[1] ?? "").digest("base64")}'`);
  const body = text.replaceAll(` nonce="${nonce}"`, "");
  if (body.includes(nonce) || scripts.length > SCRIPTS) return null;
  const identity = Buffer.from(body);
  const packed = await Packed.of(identity);
  return {
    status: response.status,
    headers: [...response.headers].filter(([name]) => name !== "cache-control" && name !== "vary"),
    etag: `W/"${createHash("sha256").update(`${response.status} `).update(identity).digest("base64url").slice(0, 27)}"`,
    scripts: scripts.join(" "),
    get bytes() {
      return packed.bytes;
    },
    body: (encoding) => packed.as(encoding),
  };
}
