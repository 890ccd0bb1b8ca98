import { randomBytes } from "node:crypto";
import { constants } from "node:zlib";
import { createRequestHandler } from "@remix-run/express";
import type { AppLoadContext, ServerBuild } from "@remix-run/node";
import compression from "compression";
import express, { type Express, type NextFunction, type Request, type Response } from "express";
import type { Logger } from "pino";
import type { AppContext } from "#app/context.ts";
import type { Costly, Spend } from "#app/http/costly.ts";
import { withheldWithout } from "#app/people/second-factor.server.ts";
import { newId } from "#db/ids.ts";
import { findViewer, type Viewer } from "#db/viewer.ts";
import type { Allowances } from "./allowances.ts";
import { serveAssets } from "./assets.ts";
import { byAddress } from "./build-parts.ts";
import { limitForms } from "./form-limit.ts";
import { keptPages } from "./kept-pages/kept-pages.ts";
import type { Metrics } from "./metrics.ts";
import { isOwnOrigin } from "./origin.ts";
import { requestLog } from "./request-log.ts";
import type { ServerSessions } from "./sessions.ts";
import type { VisitCounter } from "./visits/counter.ts";
import { markVisits } from "./visits/mark.ts";

const FILE = /\.\w+$/;

/** What the web needs of the rest of the server; all of it reaches pages through their context. */
export interface WebServices extends Omit<AppContext, "viewer" | "fault" | "requestId" | "nonce" | "sessions" | "spend"> {
  sessions: ServerSessions;
}

export interface WebOptions {
  build: ServerBuild | (() => Promise<ServerBuild>);
  /** What everybody has left of what costs much; shared with the sockets. */
  allowances: Allowances;
  trustedProxies: number;
  log: Logger;
  /** See `OpenDb.elsewhere`. */
  elsewhere(): number | undefined;
  /** See `Search.followed`. */
  searchFollowed: boolean;
  visits: Pick<VisitCounter, "count">;
  /** Which parts are ready, and why not. */
  readiness(): Promise<Record<string, { ready: boolean; reason?: string }>>;
  /** Plain handlers that come before the pages: files, uploads, webhooks. */
  mount?: (app: Express, spend: (viewer: Viewer, act: Costly, amount?: number) => boolean) => void;
  /** Figures for the operator, where they are asked for. */
  metrics?: Metrics | undefined;
  development: boolean;
  /** In development, Vite's own middleware serves the scripts. */
  assets?: (request: Request, response: Response, next: NextFunction) => void;
}

const UNSAFE = new Set(["POST", "PUT", "PATCH", "DELETE"]);
const KNOWN = new Set([...UNSAFE, "GET", "HEAD", "OPTIONS"]);
/** For whatever is not a page: were it opened as one, nothing of it would run, load, or stand in a frame. */
const NOTHING_RUNS = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/** The Express application: what is hot or not a page is answered here, everything else by Remix. */
export function makeWeb(services: WebServices, options: WebOptions): Express {
  const app = express();
  const { allowances } = options;
  // `'self'` means no sockets to older browsers. In development Vite has one of its own.
  const sockets = options.development ? "ws: wss:" : new URL(services.site.publicUrl).origin.replace(/^http/, "ws");
  const ofAddress = (request: Request): Spend => (act, amount) => allowances.take("address", request.ip ?? "", act, amount);
  app.disable("x-powered-by");
  app.set("trust proxy", options.trustedProxies);

  app.use(requestLog(options.log));
  app.use(protect(services.site.publicUrl));
  const { metrics } = options;
  if (metrics) {
    app.use(metrics.measure);
    app.get("/metrics", (request, response, next) => void metrics.show(request, response).catch(next));
  }
  app.get("/healthz", (_request, response) => void response.type("text").send("alive\n"));
  app.get("/readyz", (_request, response, next) => {
    options.readiness().then((parts) => {
      const ready = Object.values(parts).every((part) => part.ready);
      response.status(ready ? 200 : 503).set("cache-control", "no-store").json({ ready, parts });
    }, next);
  });

  app.use(markVisits(options.visits, services.site.publicUrl));
  // In development pages change without the database knowing.
  if (typeof options.build !== "function") app.use(keptPages(services, { build: options.build, elsewhere: options.elsewhere, searchFollowed: options.searchFollowed, policy: (scripts) => policy(scripts, sockets), spend: ofAddress }));
  // A step above what `compression` takes by itself: a tenth smaller, for a millisecond. A window of 64 KB holds a page; the usual one, of
  // 4 MB, makes it no smaller, and is taken from the system anew for each answer.
  app.use(compression({ brotli: { params: { [constants.BROTLI_PARAM_QUALITY]: 5, [constants.BROTLI_PARAM_LGWIN]: 16 } } }));
  if (!options.assets) serveAssets(app, "build/client/assets");
  if (options.assets) app.use(options.assets);
  const files = express.static("public", { maxAge: "1h" });
  // No page's address ends like a file's that lies there: for those the disk is not asked.
  app.use((request, response, next) => (FILE.test(request.path) ? files(request, response, next) : next()));

  app.get("/session", (request, response, next) => {
    services.sessions.personOf(headersOf(request)).then((personId) => void response.set("cache-control", "no-store").status(personId ? 204 : 401).end(), next);
  });
  options.mount?.(app, (viewer, act, amount) => allowances.take("person", viewer.id, act, amount));
  app.use(limitForms);

  app.use((_request, response, next) => {
    response.set("content-security-policy", policy(`'nonce-${nonceOf(response)}'`, sockets, options.development));
    keptByNobody(response);
    next();
  });
  const getLoadContext = (request: Request, response: Response): AppLoadContext => {
    const requestId = String(response.locals.requestId);
    const fault = (error: unknown) => options.log.error({ error, requestId, path: request.path }, "a fault");
    let asked = viewerOf(services, headersOf(request));
    const viewer: AppContext["viewer"] = async (how) => {
      if (how === "anew") asked = viewerOf(services, headersOf(request));
      const person = await asked();
      response.locals.personId = person?.id;
      return person;
    };
    const spend: Spend = (act, amount) => {
      const personId = response.locals.personId as string | undefined; // set above
      return personId ? allowances.take("person", personId, act, amount) : ofAddress(request)(act, amount);
    };
    return { ...services, viewer, fault, requestId, nonce: nonceOf(response), spend };
  };
  const { build, development } = options;
  // The dev server hands over a function, which Remix takes as well.
  const handlerOf = (pages: ServerBuild) => createRequestHandler({ build: pages, mode: development ? "development" : "production", getLoadContext });
  const whole = typeof build === "function" && handlerOf(build as unknown as ServerBuild);
  const handlerAt = whole ? () => whole : byAddress(build as ServerBuild, handlerOf);
  app.use((request, response, next) => void handlerAt(request.path)(request, response, next));
  app.use((error: unknown, _request: Request, response: Response, _next: NextFunction) => {
    // An address that cannot be read means nothing that is there.
    if (error instanceof URIError) return void response.status(404).set("cache-control", "no-store").type("text").send("not there\n");
    options.log.error({ error, requestId: response.locals.requestId }, "a request failed outside the pages");
    if (response.headersSent) return void response.destroy();
    response.status(500).type("text").send(`500 ${String(response.locals.requestId)}\n`);
  });
  return app;
}

/** The person behind a request, once looked up however often it is asked for. */
export function viewerOf(services: Pick<WebServices, "db" | "sessions">, headers: Headers): () => Promise<Viewer | null> {
  let asked: Promise<Viewer | null> | undefined;
  return () =>
    (asked ??= services.sessions.personOf(headers).then(async (personId) => {
      const viewer = personId && (await findViewer(services.db, personId));
      return viewer && services.sessions.secondFactorDemanded ? withheldWithout(services.db, viewer) : viewer || null;
    }));
}

export function headersOf(request: { headers: NodeJS.Dict<string | string[]> }): Headers {
  const headers = new Headers();
  for (const [name, value] of Object.entries(request.headers)) {
    if (value !== undefined && !name.startsWith(":")) headers.set(name, Array.isArray(value) ? value.join(", ") : value);
  }
  return headers;
}

/** A number for the log, headers that every answer has, no act from another site, and no method that nobody here needs. */
function protect(publicUrl: string) {
  return (request: Request, response: Response, next: NextFunction) => {
    response.locals.requestId = newId();
    // Whatever a visitor sends under this name is not believed: what is asked further in is written down under ours.
    request.headers["x-request-id"] = String(response.locals.requestId);
    response.set({
      "x-request-id": String(response.locals.requestId),
      "x-content-type-options": "nosniff",
      "x-frame-options": "DENY",
      "content-security-policy": NOTHING_RUNS,
      "cross-origin-resource-policy": "same-origin",
      "referrer-policy": "same-origin",
      "cross-origin-opener-policy": "same-origin",
      "permissions-policy": "camera=(self), microphone=(self), display-capture=(self), geolocation=()",
    });
    if (publicUrl.startsWith("https:")) response.set("strict-transport-security", "max-age=31536000; includeSubDomains");
    // Nothing here depends on it, and the pages' adapter would make an address of whatever it holds.
    delete request.headers["x-forwarded-host"];
    if (!request.url.startsWith("/") || request.url.includes("%00") || !isHost(request.headers.host ?? "")) {
      response.status(400).type("text").send("400\n");
      return;
    }
    if (!KNOWN.has(request.method)) {
      response.status(405).set("allow", [...KNOWN].join(", ")).type("text").send("405\n");
      return;
    }
    const signedByItself = request.path === "/live/webhook";
    if (UNSAFE.has(request.method) && !signedByItself && !isOwnOrigin(request.headers, publicUrl)) {
      response.status(403).type("text").send(`This act did not come from one of our own pages. They are at ${publicUrl}\n`);
      return;
    }
    next();
  };
}

/** A name or number and a port, and nothing by which an address made of it would mean another page. */
function isHost(host: string): boolean {
  return /^(?:[\w.-]+|\[[\da-f:.]+\])(?::\d{1,5})?$/i.test(host) && URL.canParse(`http://${host}/`);
}

/** What somebody was shown is theirs, be it a page, its data or an answer to a script: no cache keeps it, unless the answer says otherwise. */
function keptByNobody(response: Response): void {
  const { writeHead } = response;
  response.writeHead = ((...head: Parameters<typeof writeHead>) => {
    if (!response.hasHeader("cache-control")) response.setHeader("cache-control", "private, no-store");
    return writeHead.apply(response, head);
  }) as typeof writeHead; // of its two forms, TypeScript sees the parameters of one
}

function nonceOf(response: Response): string {
  response.locals.nonce ??= randomBytes(16).toString("base64url");
  return String(response.locals.nonce);
}

/** In production styles come from files alone; in development Vite puts them into the page. */
function policy(scripts: string, sockets: string, development = false): string {
  return [
    "default-src 'self'",
    `script-src 'self' ${scripts}`,
    `style-src 'self'${development ? " 'unsafe-inline'" : ""}`,
    "img-src 'self' data: blob:",
    "media-src 'self' blob: mediastream:",
    `connect-src 'self' ${sockets}`,
    "font-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join("; ");
}
