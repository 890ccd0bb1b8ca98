import type { Request, RequestHandler, Response } from "express";
import type { ServerBuild } from "@remix-run/node";
import type { Spend } from "#app/http/costly.ts";
import type { WebServices } from "../web.ts";
import { askedBy } from "./asked.ts";
import { Keep } from "./keep.ts";
import type { Encoding } from "./packed.ts";
import { type Page, renderer } from "./page.ts";

export interface KeptPagesOptions {
  build: ServerBuild;
  /** See `OpenDb.elsewhere`. */
  elsewhere(): number | undefined;
  /** See `Search.followed`. */
  searchFollowed: boolean;
  /** The content policy that lets these scripts run. */
  policy(scripts: string): string;
  /** What a visitor may still do of what costs much. */
  spend(request: Request): Spend;
}

/** Answers visitors without rendering again what is kept, and leaves everybody else to the pages. See docs/decisions/0005. */
export function keptPages(services: WebServices, { build, elsewhere, searchFollowed, policy, spend }: KeptPagesOptions): RequestHandler {
  const keep = new Keep(elsewhere);
  const render = renderer(build, services, searchFollowed);
  return (request, response, next) => {
    const asked = askedBy(request);
    if (!asked) return next();
    keep
      .page(`${asked.locale} ${asked.theme} ${asked.path}`, () => render(asked, spend(request)), asked.atAnyTime)
      .then((page) => (page ? answer(page, policy, request, response) : next()))
      .catch(next);
  };
}

async function answer(page: Page, policy: KeptPagesOptions["policy"], request: Request, response: Response): Promise<void> {
  for (const [name, value] of page.headers) response.setHeader(name, value);
  response.setHeader("content-security-policy", policy(page.scripts));
  response.setHeader("etag", page.etag);
  // A browser may keep it, and asks each time whether it still is so.
  response.setHeader("cache-control", "private, no-cache");
  response.setHeader("vary", "cookie, accept-language, accept-encoding");
  if (page.status === 200 && has(request.headers["if-none-match"], page.etag)) {
    response.statusCode = 304;
    response.removeHeader("content-type");
    return void response.end();
  }
  const encoding = encodingFor(request.headers["accept-encoding"]);
  const body = await page.body(encoding);
  response.statusCode = page.status;
  if (encoding !== "identity") response.setHeader("content-encoding", encoding);
  response.setHeader("content-length", body.byteLength);
  response.end(body);
}

function has(ifNoneMatch: string | undefined, etag: string): boolean {
  return ifNoneMatch !== undefined && ifNoneMatch.split(",").some((one) => one.trim() === etag);
}

function encodingFor(accepted: string | undefined): Encoding {
  const taken = new Set((accepted ?? "").split(",").filter((one) => !/;\s*q=0(?:\.0*)?\s*$/.test(one)).map((one) => one.split(";", 1)[0]?.trim().toLowerCase()));
  return taken.has("br") ? "br" : taken.has("gzip") ? "gzip" : "identity";
}
