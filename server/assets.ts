import { readdirSync } from "node:fs";
import express, { type Express, type NextFunction, type Request, type Response } from "express";

const OF_PAGES = ["x-request-id", "x-frame-options", "cross-origin-opener-policy", "permissions-policy", "referrer-policy"];

/** Scripts and styles of the pages, whose names change when they do: packed once when they were built, for browsers that take it so. */
export function serveAssets(app: Express, folder: string): void {
  const packed = new Set(readdirSync(folder).filter((name) => name.endsWith(".br")));
  app.use(
    "/assets",
    (request: Request, response: Response, next: NextFunction) => {
      const name = `${request.path.slice(1)}.br`;
      // Two dozen of them come with a page: what only says something of a page, or of an act, would be a twentieth of the line's work.
      for (const name of OF_PAGES) response.removeHeader(name);
      response.set({ "x-content-type-options": "nosniff", "content-security-policy": "default-src 'none'; frame-ancestors 'none'" }).vary("accept-encoding");
      if (packed.has(name) && request.acceptsEncodings("br")) {
        response.type(request.path.slice(request.path.lastIndexOf("."))).set("content-encoding", "br");
        request.url = `/${name}`;
      }
      next();
    },
    // Asked for anew they are known by their tag alone.
    express.static(folder, { immutable: true, maxAge: "1y", lastModified: false, acceptRanges: false }),
    (_request: Request, response: Response) => {
      response.removeHeader("content-encoding");
      response.status(404).type("text").end("not there\n");
    },
  );
}
