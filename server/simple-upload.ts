import { createWriteStream } from "node:fs";
import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import busboy from "busboy";
import type { Request, Response } from "express";
import { StoreAway } from "#app/files/files.ts";
import type { FileRefusal } from "#app/files/refusals.ts";
import { FileRefused, MAX_FILE_BYTES } from "#app/files/refusals.ts";
import type { Attachment } from "#db/attachments.ts";
import { newId } from "#db/ids.ts";
import type { Viewer } from "#db/viewer.ts";
import type { FileServices } from "./file-routes.ts";
import { isFull } from "./files.ts";
import { attachUpload, beginUpload, shown, statusOf } from "./upload-target.ts";

/** Past this the line is cut instead of listening on to something that was refused already. */
const PATIENCE_BYTES = 300 * 1024 * 1024;

/**
 * One multipart form: the fields `ownerType`, `ownerId`, `kind` and `back` first, then the file. Goes to the disk as it comes.
 * Answers a form by going `back` with `?attached=` or `?refused=`, and a script that accepts JSON by JSON.
 */
export async function simpleUpload(services: FileServices, viewer: Viewer, request: Request, response: Response): Promise<void> {
  const fields: Record<string, string> = {};
  try {
    const attachment = await receiveAndAttach(services, viewer, request, fields);
    if (wantsJson(request)) response.status(201).json(shown(attachment));
    else response.redirect(303, withQuery(fields.back, "attached", attachment.id));
  } catch (error) {
    const reason = reasonOf(error);
    if (!reason) throw error;
    if (reason === "store_away") services.fault(error, "keeping a file");
    listenOut(request);
    if (response.destroyed) return;
    if (wantsJson(request) || reason === "not_yours") response.status(statusOf(reason)).json({ refused: reason });
    else response.redirect(303, withQuery(fields.back, "refused", reason));
  }
}

/** Whatever comes of it, the upload is gone before it is answered. */
async function receiveAndAttach(services: FileServices, viewer: Viewer, request: Request, fields: Record<string, string>): Promise<Attachment> {
  const path = join(services.uploadFolder, newId());
  try {
    await mkdir(services.uploadFolder, { recursive: true });
    const name = await receive(services, viewer, request, fields, path);
    return await attachUpload(services, viewer, request, { ...fields, name }, path);
  } finally {
    await rm(path, { force: true });
  }
}

/** @returns the name that the form gave the file */
function receive(services: FileServices, viewer: Viewer, request: Request, fields: Record<string, string>, path: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let form: busboy.Busboy;
    try {
      form = busboy({ headers: request.headers, defParamCharset: "utf8", limits: { fields: 12, fieldSize: 2000, files: 1, fileSize: MAX_FILE_BYTES, parts: 14 } });
    } catch (cause) {
      return reject(new FileRefused("no_file", { cause })); // not a form with a file at all
    }
    let file: Promise<string> | undefined;
    const stop = (error: unknown) => {
      request.unpipe(form);
      form.destroy();
      reject(error instanceof Error ? error : new FileRefused("cut_off"));
    };
    form.on("field", (name, value) => {
      fields[name] = value;
    });
    form.on("file", (_name, stream, { filename }) => {
      stream.on("error", () => undefined); // ends the pipeline below, which says it
      if (!filename) return void stream.resume();
      file = beginUpload(services, viewer, { ...fields, name: filename }, lengthOf(request)).then(() => keep(stream, path)).then(() => filename);
      file.catch(stop);
    });
    form.on("close", () => {
      if (file) file.then(resolve, stop);
      else reject(new FileRefused("no_file"));
    });
    form.on("error", (cause) => stop(new FileRefused("cut_off", { cause })));
    request.on("aborted", () => stop(new FileRefused("cut_off")));
    request.pipe(form);
  });
}

async function keep(stream: Readable & { truncated?: boolean }, path: string): Promise<void> {
  // The limit must stop the form at once: what follows it may be anything.
  const tooLarge = new Promise<never>((_resolve, reject) => stream.once("limit", () => reject(new FileRefused("too_large"))));
  await Promise.race([pipeline(stream, createWriteStream(path, { flags: "wx" })), tooLarge]);
  if (stream.truncated) throw new FileRefused("too_large");
}

function reasonOf(error: unknown): FileRefusal | undefined {
  if (error instanceof FileRefused) return error.reason;
  if (error instanceof StoreAway) return "store_away";
  return isFull(error) ? "storage_full" : undefined;
}

function lengthOf(request: Request): number | undefined {
  const said = request.headers["content-length"];
  return said === undefined ? undefined : Number(said);
}

/** A browser shows an answer only after it has sent everything: it is heard out, within reason. */
function listenOut(request: Request): void {
  let heard = 0;
  request.on("data", (bytes: Buffer) => {
    heard += bytes.byteLength;
    if (heard > PATIENCE_BYTES) request.destroy();
  });
  request.resume();
}

function wantsJson(request: Request): boolean {
  return request.accepts(["html", "json"]) === "json";
}

/** Only ever to a page of our own. */
function withQuery(back: string | undefined, name: string, value: string): string {
  const page = back && /^\/(?![/\\])[^\s]*$/.test(back) ? back : "/";
  const address = new URL(page, "http://own");
  address.searchParams.delete("attached");
  address.searchParams.delete("refused");
  address.searchParams.set(name, value);
  // `/.//elsewhere` would come out as `//elsewhere`, which is another host.
  return address.pathname.replace(/^\/+/, "/") + address.search + address.hash;
}
