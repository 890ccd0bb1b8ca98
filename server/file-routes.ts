import type { IncomingMessage } from "node:http";
import type { Request, Response } from "express";
import { Router } from "express";
import { type Files, StoreAway } from "#app/files/files.ts";
import { isPicture } from "#app/files/kinds.ts";
import { disposition } from "#app/http/disposition.ts";
import { localeOf } from "#app/http/locale.server.ts";
import en from "#app/i18n/en/files.ts";
import zhCN from "#app/i18n/zh-CN/files.ts";
import type { Attachment, AttachmentOwnerType } from "#db/attachments.ts";
import { findAttachment } from "#db/attachments.ts";
import { isId } from "#db/ids.ts";
import type { Db } from "#db/types.ts";
import type { Viewer } from "#db/viewer.ts";
import { uploadRoutes } from "./upload-routes.ts";
import type { UploadStore } from "./uploads.ts";

const AWAY = { "zh-CN": zhCN.away, en: en.away };

export interface FileServices {
  db: Db;
  files: Files;
  /** A folder of this process for what is sent in one piece. */
  uploadFolder: string;
  /** Where uploads lie that go on after a cut. */
  uploads: UploadStore;
  viewer(request: IncomingMessage): Promise<Viewer | null>;
  /** An attachment is seen by whoever sees its owner: the owner's room says. */
  mayRead(viewer: Viewer | null, attachment: Attachment): Promise<boolean>;
  mayAttach(viewer: Viewer, ownerType: AttachmentOwnerType, ownerId: string): Promise<boolean>;
  /** Whether this person may begin another upload just now, and bring so many bytes by it. */
  spend(viewer: Viewer, act: "upload" | "uploadBytes", amount?: number): boolean;
  /** Told of what failed for no fault of the person's. */
  fault(error: unknown, doing: string): void;
}

/**
 * Everything about files, before the pages:
 *
 *   GET  /files/:attachmentId/:name?   the bytes; `?download` saves a picture or PDF instead of showing it
 *   …    /uploads                      resumable uploads by the tus protocol
 *   POST /uploads/simple               one form with one file, for a page without script
 */
export function fileRoutes(services: FileServices): Router {
  const router = Router();
  router.get(["/files/:attachmentId", "/files/:attachmentId/:name"], (request, response, next) => {
    deliver(services, request, response).catch(next);
  });
  router.use(uploadRoutes(services));
  return router;
}

/** Not there and not yours are one answer; that a file cannot be had now is said to whoever may read it. */
async function deliver(services: FileServices, request: Request, response: Response): Promise<void> {
  const viewer = await services.viewer(request);
  try {
    await deliverTo(viewer, services, request, response);
  } catch (error) {
    if (!(error instanceof StoreAway) || response.headersSent) throw error;
    services.fault(error, "reading a file");
    sayAway(viewer, request, response);
  }
}

async function deliverTo(viewer: Viewer | null, services: FileServices, request: Request, response: Response): Promise<void> {
  response.locals.personId = viewer?.id; // for the log
  const { attachmentId } = request.params;
  const attachment = isId(attachmentId) ? await findAttachment(services.db, attachmentId) : undefined;
  const size = attachment && (await services.mayRead(viewer, attachment)) ? await services.files.size(attachment.sha256) : undefined;
  if (!attachment || size === undefined) {
    // A link in a message outlives the session; whether there is such a file is not said by it.
    if (!viewer && request.accepts(["image/*", "html"]) === "html") return response.redirect(302, `/sign-in?back=${encodeURIComponent(request.originalUrl)}`);
    response.status(404).set("cache-control", "no-store").type("text").send("not there\n");
    return;
  }
  response.set(headersFor(attachment, "download" in request.query));
  if (request.fresh) {
    response.status(304).end();
    return;
  }
  await send(services, request, response, attachment, size);
}

function sayAway(viewer: Viewer | null, request: Request, response: Response): void {
  const { cookie = "", "accept-language": language = "" } = request.headers;
  const locale = localeOf({ headers: new Headers({ cookie, "accept-language": language }) }, viewer);
  for (const name of ["etag", "accept-ranges", "content-range", "content-length", "content-disposition"]) response.removeHeader(name);
  response.status(503).set({ "retry-after": "30", "cache-control": "no-store", "content-language": locale }).type("text").send(`${AWAY[locale]}\n`);
}

function headersFor(attachment: Attachment, download: boolean): Record<string, string> {
  const shown = !download && (isPicture(attachment.mime) || attachment.mime === "application/pdf");
  return {
    "content-type": attachment.mime,
    "content-disposition": disposition(shown ? "inline" : "attachment", attachment.name),
    "content-security-policy": "sandbox; default-src 'none'; frame-ancestors 'none'",
    "x-content-type-options": "nosniff",
    "cross-origin-resource-policy": "same-origin",
    // Asked for again each time, so that rights that are taken away are gone; the bytes are sent once.
    "cache-control": "private, no-cache, no-transform",
    etag: `"${attachment.sha256}"`,
    "accept-ranges": "bytes",
  };
}

async function send(services: FileServices, request: Request, response: Response, attachment: Attachment, size: number): Promise<void> {
  const range = rangeOf(request, size, `"${attachment.sha256}"`);
  if (range === "impossible") {
    response.status(416).set("content-range", `bytes */${size}`).removeHeader("content-disposition");
    response.type("text").end();
    return;
  }
  if (range) response.status(206).set("content-range", `bytes ${range.start}-${range.end}/${size}`);
  response.set("content-length", String(range ? range.end - range.start + 1 : size));
  if (request.method === "HEAD") {
    response.end();
    return;
  }
  const bytes = await services.files.read(attachment.sha256, range);
  if (!bytes) throw new Error(`stored bytes ${attachment.sha256} went away while they were being sent`);
  await new Promise<void>((resolve) => {
    bytes.on("error", (error) => {
      services.fault(error, "sending a file");
      response.destroy();
    });
    response.on("close", () => {
      bytes.destroy();
      resolve();
    });
    bytes.pipe(response);
  });
}

/** One range, both ends included. Several at once, or one of an older file, get the whole. */
function rangeOf(request: Request, size: number, etag: string): { start: number; end: number } | "impossible" | undefined {
  const unchanged = request.headers["if-range"];
  if (unchanged !== undefined && unchanged !== etag) return undefined;
  const ranges = request.range(size);
  if (ranges === -1) return "impossible";
  if (ranges === undefined || ranges === -2 || ranges.type !== "bytes" || ranges.length !== 1) return undefined;
  return ranges[0];
}
