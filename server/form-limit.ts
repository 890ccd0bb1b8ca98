import type { NextFunction, Request, Response } from "express";
import { MAX_FILE_BYTES } from "#app/files/refusals.ts";
import { LONGEST_FORM } from "#app/http/longest-form.ts";

/** The same for one that carries a file, with room for the fields beside it. */
const FILE_BYTES = MAX_FILE_BYTES + 4 * 1024 * 1024;
/** So much more is listened to, so that whoever sends it hears the answer; then the line is cut. */
const PATIENCE_BYTES = 64 * 1024 * 1024;

/**
 * Refuses what a page would hold in memory as a whole before it could say no: forms that are too long, and those that do not say how long they
 * are, which no browser sends. What says a length is held to it by Node.
 */
export function limitForms(request: Request, response: Response, next: NextFunction): void {
  const refused = refusal(request);
  if (!refused) return next();
  let heard = 0;
  request.on("data", (bytes: Buffer) => {
    heard += bytes.byteLength;
    if (heard > PATIENCE_BYTES) request.destroy();
  });
  response.status(refused).set({ connection: "close", "cache-control": "no-store" }).type("text").send(refused === 413 ? "This is more than a form may hold.\n" : "A form must say how long it is.\n");
}

function refusal({ headers }: Request): 411 | 413 | undefined {
  if (headers["transfer-encoding"] !== undefined) return 411;
  const most = headers["content-type"]?.startsWith("multipart/form-data") ? FILE_BYTES : LONGEST_FORM;
  return Number(headers["content-length"] ?? 0) > most ? 413 : undefined;
}
