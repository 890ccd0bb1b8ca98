import { createWriteStream, mkdirSync } from "node:fs";
import type { IncomingMessage, ServerResponse } from "node:http";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { FileStore } from "@tus/file-store";
import { Server } from "@tus/server";
import { FileRefused, MAX_FILE_BYTES } from "#app/files/refusals.ts";
import type { Viewer } from "#db/viewer.ts";
import type { FileServices } from "./file-routes.ts";
import { isFull } from "./files.ts";
import { attachUpload, shown, statusOf, targetOf } from "./upload-target.ts";

const METHODS = new Set(["POST", "HEAD", "PATCH", "DELETE", "OPTIONS"]);

/**
 * Uploads by the tus protocol, which goes on after a cut line where it stopped. An upload belongs to whoever began it; a complete
 * one is looked into, attached, and gone from here. The last answer is JSON: the attachment, or `{ refused }` with the reason.
 */
export function resumableUploads(services: FileServices): (viewer: Viewer, request: IncomingMessage, response: ServerResponse) => Promise<void> {
  mkdirSync(services.uploadFolder, { recursive: true });
  const store = new UploadStore({ directory: services.uploadFolder });
  const people = new WeakMap<IncomingMessage, Viewer>();
  const askedBy = (sent: { runtime?: { node?: { req: unknown } | undefined } | undefined }) => {
    const request = sent.runtime?.node?.req as IncomingMessage; // what was handed to tus below
    const viewer = people.get(request);
    if (!viewer) throw new FileRefused("not_yours");
    return { viewer, request };
  };

  const tus = new Server({
    path: "/uploads",
    datastore: store,
    relativeLocation: true,
    maxSize: MAX_FILE_BYTES,
    // Our pages are of our own origin: no other may read the answers.
    allowedOrigins: () => false,
    async onUploadCreate(request, upload) {
      const { viewer } = askedBy(request);
      if (upload.size === 0) throw answered(new FileRefused("empty"));
      await targetOf(services, viewer, upload.metadata ?? {}).catch((error: unknown) => {
        throw answered(error);
      });
      return { metadata: { ...upload.metadata, creator: viewer.id } };
    },
    async onUploadFinish(request, upload) {
      try {
        const by = askedBy(request);
        const attachment = await attachUpload(services, by.viewer, by.request, upload.metadata ?? {}, join(services.uploadFolder, upload.id));
        return { status_code: 200, headers: { "content-type": "application/json" }, body: JSON.stringify(shown(attachment)) };
      } catch (error) {
        throw answered(error);
      } finally {
        await store.remove(upload.id);
      }
    },
    onResponseError(_request, error) {
      if ("status_code" in error) return error.status_code === 413 ? answer(new FileRefused("too_large")) : undefined;
      if (error instanceof FileRefused) return answer(error);
      if (isFull(error)) return answer(new FileRefused("storage_full"));
      services.fault(error, "a resumable upload");
      return { status_code: 500, body: JSON.stringify({ refused: "cut_off" }) };
    },
  });

  return async (viewer, request, response) => {
    const id = /^\/uploads\/([0-9a-f]{32})$/.exec(new URL(request.url ?? "", "http://localhost").pathname)?.[1];
    const known = METHODS.has(request.method ?? "") && (id === undefined ? request.method === "POST" || request.method === "OPTIONS" : await isOwn(store, id, viewer));
    if (!known) {
      response.writeHead(404, { "content-type": "text/plain", "cache-control": "no-store" }).end("not there\n");
      return;
    }
    people.set(request, viewer);
    await tus.handle(request, response);
  };
}

/** Bytes on the disk. A full disk is said as such, and what there was of the upload makes room again. */
class UploadStore extends FileStore {
  override async write(readable: IncomingMessage | Readable, id: string, offset: number): Promise<number> {
    const file = createWriteStream(join(this.directory, id), { flags: "r+", start: offset });
    try {
      await pipeline(readable, file);
    } catch (error) {
      if (!isFull(error)) throw error;
      await this.remove(id);
      throw new FileRefused("storage_full", { cause: error });
    }
    return offset + file.bytesWritten;
  }
}

async function isOwn(store: FileStore, id: string, viewer: Viewer): Promise<boolean> {
  const upload = await store.getUpload(id).catch(() => undefined); // tus throws a plain object for one that is not there
  return upload?.metadata?.creator === viewer.id;
}

/** What tus sends as it is; anything unforeseen stays a fault. */
function answered(error: unknown): unknown {
  return error instanceof FileRefused ? answer(error) : error;
}

function answer(refused: FileRefused): { status_code: number; body: string } {
  return { status_code: statusOf(refused.reason), body: JSON.stringify({ refused: refused.reason }) };
}
