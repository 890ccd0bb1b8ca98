import type { NextFunction, Request, RequestHandler, Response } from "express";
import type { Logger } from "pino";

/** Acts about who somebody is: whether they succeeded is always written down. */
const ABOUT_ACCOUNTS = /^\/(?:sign-in|sign-out|register|setup\/|password\/|me\/(?:password|logins)|demo\/sign-in|operations\/|people\/|regions\/[^/]+\/people)/;
const REFUSED = new Set([401, 403, 405, 429]);

/**
 * One line for each act about accounts, and for each refusal: when, who, from where, what, and what came of it. Not there and not yours are
 * one answer, so what is not there for somebody signed in is a line as well. Neither queries nor what a letter's link holds are written.
 */
export function requestLog(log: Logger): RequestHandler {
  return (request: Request, response: Response, next: NextFunction) => {
    const { path, method, ip } = request;
    const since = performance.now();
    response.once("finish", () => {
      const status = response.statusCode;
      const personId = response.locals.personId as string | undefined; // set where the person was looked up
      const refused = REFUSED.has(status) || (status === 404 && personId !== undefined);
      if (!refused && (method === "GET" || method === "HEAD" || !ABOUT_ACCOUNTS.test(path))) return;
      const line = { requestId: String(response.locals.requestId), personId, address: ip, method, path: withoutSecrets(path), status, ms: Math.round(performance.now() - since) };
      log.info(line, refused ? "refused" : "an act");
    });
    next();
  };
}

/** The address without the token of a link that came by letter. */
export function withoutSecrets(path: string): string {
  return path.replace(/^(\/(?:setup|password\/reset)\/)[^/.]+/, "$1…");
}
