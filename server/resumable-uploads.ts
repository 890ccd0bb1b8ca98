import type { IncomingMessage, ServerResponse } from "node:http";
import { Server } from "@tus/server";
import { StoreAway } from "#app/files/files.ts";
import { FileRefused, MAX_FILE_BYTES } from "#app/files/refusals.ts";
import type { Viewer } from "#db/viewer.ts";
import type { FileServices } from "./file-routes.ts";
import { isFull } from "./files.ts";
import { attachUpload, beginUpload, shown, statusOf } from "./upload-target.ts";
import type { UploadStore } from "./uploads.ts";

const CUT_OFF = JSON.stringify({ refused: "cut_off" });
const METHODS = new Set(["POST", "HEAD", "PATCH", "DELETE", "OPTIONS"]);

/**
 * Uploads by the tus protocol, which goes on after a cut line where it stopped. An upload belongs to whoever began it; a complete
 * one is looked into, attached, and gone from here. The last answer is JSON: the attachment, or `{ refused }` with the reason.
 */
export function resumableUploads(services: FileServices): (viewer: Viewer, request: IncomingMessage, response: ServerResponse) => Promise<void> {
  const { uploads } = services;
  const people = new WeakMap<IncomingMessage, Viewer>();
  const askedBy = (sent: { runtime?: { node?: { req: unknown } | undefined } | undefined }) => {
    const request = sent.runtime?.node?.req as IncomingMessage; // what was handed to tus below
    const viewer = people.get(request);
    if (!viewer) throw new FileRefused("not_yours");
    return { viewer, request };
  };

  const tus = new Server({
    path: "/uploads",
    datastore: uploads,
    relativeLocation: true,
    maxSize: MAX_FILE_BYTES,
    // Our pages are of our own origin: no other may read the answers.
    allowedOrigins: () => false,
    async onUploadCreate(request, upload) {
      const { viewer } = askedBy(request);
      if (upload.size === 0) throw answered(new FileRefused("empty"));
      await beginUpload(services, viewer, upload.metadata ?? {}, upload.size).catch((error: unknown) => {
        throw answered(error);
      });
      return { metadata: { ...upload.metadata, creator: viewer.id } };
    },
    async onUploadFinish(request, upload) {
      try {
        const by = askedBy(request);
        const attachment = await uploads.asFile(upload.id, (path) => attachUpload(services, by.viewer, by.request, upload.metadata ?? {}, path));
        await gone(upload.id);
        return { status_code: 200, headers: { "content-type": "application/json" }, body: JSON.stringify(shown(attachment)) };
      } catch (error) {
        const refused = refusalOf(error);
        // After a fault it stays, so that attaching it can be tried again.
        if (!refused) throw error;
        await gone(upload.id);
        throw answer(refused);
      }
    },
    onResponseError(_request, error) {
      if ("status_code" in error) return error.status_code === 413 ? answer(new FileRefused("too_large")) : undefined;
      const refused = refusalOf(error);
      if (refused) return answer(refused);
      services.fault(error, "a resumable upload");
      // The client goes on by itself when it can.
      return error instanceof StoreAway ? answer(new FileRefused("store_away", { cause: error })) : { status_code: 500, body: CUT_OFF };
    },
  });
  // What cannot be removed is swept one day; the file is attached all the same.
  const gone = (id: string) => uploads.remove(id).catch((error: unknown) => services.fault(error, "removing an upload"));

  return async (viewer, request, response) => {
    const id = /^\/uploads\/([0-9a-f]{32})$/.exec(new URL(request.url ?? "", "http://localhost").pathname)?.[1];
    let known = METHODS.has(request.method ?? "");
    try {
      known &&= id === undefined ? request.method === "POST" || request.method === "OPTIONS" : await isOwn(uploads, id, viewer);
    } catch (error) {
      services.fault(error, "looking for an upload");
      // Upon any other answer without an offset the client would begin anew.
      response.writeHead(423, { "content-type": "application/json", "cache-control": "no-store" }).end(CUT_OFF);
      return;
    }
    if (!known) {
      response.writeHead(404, { "content-type": "text/plain", "cache-control": "no-store" }).end("not there\n");
      return;
    }
    people.set(request, viewer);
    await tus.handle(request, response);
  };
}

/** @throws where that cannot be found out */
async function isOwn(uploads: UploadStore, id: string, viewer: Viewer): Promise<boolean> {
  const upload = await uploads.getUpload(id).catch((error: object) => {
    if ("status_code" in error) return undefined; // a plain object of tus, for one that is not there
    throw error;
  });
  return upload?.metadata?.creator === viewer.id;
}

function refusalOf(error: unknown): FileRefused | undefined {
  if (error instanceof FileRefused) return error;
  return isFull(error) ? new FileRefused("storage_full", { cause: error }) : undefined;
}

/** What tus sends as it is; anything unforeseen stays a fault. */
function answered(error: unknown): unknown {
  return error instanceof FileRefused ? answer(error) : error;
}

function answer(refused: FileRefused): { status_code: number; body: string } {
  return { status_code: statusOf(refused.reason), body: JSON.stringify({ refused: refused.reason }) };
}
