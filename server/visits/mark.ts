import type { RequestHandler } from "express";
import { isbot } from "isbot";
import { HOST_PREFIX, writeCookie } from "#app/http/cookie.ts";
import type { VisitCounter } from "./counter.ts";

/** A browser that brings it is on a visit already. The same for everybody: it tells nobody from anybody else. */
export const MARK = "visit";
/** A visit ends when nothing was opened for so long. */
const PAUSE_S = 30 * 60;

/** Counts pages that are opened, in front of everything that answers with one: kept or rendered. See docs/decisions/0008. */
export function markVisits(visits: Pick<VisitCounter, "count">, publicUrl: string): RequestHandler {
  const mark = writeCookie(publicUrl, MARK, "1", PAUSE_S);
  const marked = new RegExp(`(?:^|;\\s*)(?:${HOST_PREFIX})?${MARK}=`);
  return (request, response, next) => {
    const { cookie = "", "user-agent": agent = "", "sec-purpose": purpose } = request.headers;
    // Data and scripts are asked for by pages, which are counted themselves.
    if (request.method !== "GET" || /\.\w+$/.test(request.path) || purpose !== undefined) return next();
    const { writeHead } = response;
    response.writeHead = ((...head: Parameters<typeof writeHead>) => {
      const page = response.statusCode === 304 || (response.statusCode === 200 && String(response.getHeader("content-type")).startsWith("text/html"));
      if (page && isbot(agent)) visits.count("bot");
      else if (page) {
        visits.count(marked.test(cookie) ? "page" : "visit");
        response.appendHeader("set-cookie", mark);
      }
      return writeHead.apply(response, head);
    }) as typeof writeHead; // of its two forms, TypeScript sees the parameters of one
    next();
  };
}
