import { Readable } from "node:stream";
import type { ReadableStream } from "node:stream/web";
import busboy from "busboy";
import { refuse } from "./refusals.ts";
import { storable } from "./text.server.ts";

export interface Sent {
  fields: Record<string, string>;
  /** Undefined when no file was chosen. */
  file?: { name: string; bytes: Uint8Array };
}

/** What the fields beside a file may take. */
const FIELDS_BYTES = 4 * 1024 * 1024;

/**
 * A form with one file, read no further than the file may be long. What says beforehand that it is longer is not read at all. The parsers
 * of the platform either know no limit or take seconds for what they refuse, with everybody waiting.
 *
 * @throws the refusal `garbled` when it is not the whole of a form
 */
export function readMultipart(request: Request, mostBytes: number): Promise<Sent | "too_large"> {
  if (Number(request.headers.get("content-length") ?? 0) > mostBytes + FIELDS_BYTES) return Promise.resolve("too_large");
  if (!request.body || !request.headers.get("content-type")?.startsWith("multipart/form-data")) return Promise.resolve({ fields: {} });
  const body = Readable.fromWeb(request.body as ReadableStream<Uint8Array>); // the same stream, under Node's name for it
  return new Promise((resolve, reject) => {
    const sent: Sent = { fields: {} };
    const form = begun({ headers: Object.fromEntries(request.headers), defParamCharset: "utf8", limits: { fields: 20, fieldSize: FIELDS_BYTES, files: 1, fileSize: mostBytes + 1, parts: 21 } });
    form.on("field", (name, value) => (sent.fields[name] = storable(value)));
    form.on("file", (_field, stream, { filename }) => {
      const parts: Buffer[] = [];
      stream.on("data", (part: Buffer) => parts.push(part));
      stream.on("limit", () => {
        body.unpipe(form);
        body.resume();
        resolve("too_large");
      });
      stream.on("end", () => {
        if (filename) sent.file = { name: filename, bytes: Buffer.concat(parts) };
      });
    });
    form.on("close", () => resolve(sent));
    form.on("error", () => reject(refuse("garbled")));
    body.on("error", reject);
    body.pipe(form);
  });
}

function begun(config: busboy.BusboyConfig): busboy.Busboy {
  try {
    return busboy(config);
  } catch {
    // It says that it is a form in parts, and not by what they are parted.
    throw refuse("garbled");
  }
}
