import { createWriteStream } from "node:fs";
import { mkdir, rm } from "node:fs/promises";
import type { IncomingMessage } from "node:http";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { DeleteObjectCommand, GetObjectCommand, paginateListObjectsV2, PutObjectCommand, type S3Client } from "@aws-sdk/client-s3";
import { DataStore, ERRORS, Upload } from "@tus/server";
import { FileRefused } from "#app/files/refusals.ts";
import { newId } from "#db/ids.ts";
import { clientOf, isFullStore, type ObjectStore, orMissing } from "./bucket.ts";
import { ABANDONED_MS } from "./files.ts";
import { askingForTheLast, type UploadStore } from "./uploads.ts";

/** What is not in the bucket yet is lost with the process: half a minute of a line of 256 kbit/s. Held in memory until then. */
const PIECE_BYTES = 1024 * 1024;

/**
 * In a bucket, so that whichever process is asked goes on with them: `uploads/ID/about` is what was said of one, `uploads/ID/OFFSET-LENGTH`
 * are its bytes as they came. Nothing is written over: where two processes were sent the same bytes, because a line was thought to be cut,
 * pieces overlap. (Stores that make one multipart upload of each keep less than 5 MB beside it, and take that away before it is back.)
 *
 * @param folder of this process, where an upload lies while it is looked into
 */
export function uploadsInBucket(store: ObjectStore, folder: string): UploadStore {
  return new UploadsInBucket(clientOf(store), store.bucket, folder);
}

/** What the object `about` holds. */
type About = Pick<Upload, "size" | "metadata" | "creation_date">;

interface Piece {
  key: string;
  start: number;
  end: number;
}

class UploadsInBucket extends DataStore implements UploadStore {
  readonly #client: S3Client;
  readonly #bucket: string;
  readonly #folder: string;

  constructor(client: S3Client, bucket: string, folder: string) {
    super();
    this.#client = client;
    this.#bucket = bucket;
    this.#folder = folder;
    this.extensions = ["creation", "creation-with-upload", "termination"];
  }

  override async create(upload: Upload): Promise<Upload> {
    upload.creation_date = new Date().toISOString();
    const { size, metadata, creation_date } = upload;
    await this.#put(upload.id, "about", JSON.stringify({ size, metadata, creation_date } as About));
    return upload;
  }

  override async getUpload(id: string): Promise<Upload> {
    const about = await this.#get(aboutOf(id));
    if (!about) throw ERRORS.FILE_NOT_FOUND;
    const said = JSON.parse((await about.toArray()).join("")) as About; // as `create` wrote it
    const pieces = await this.#pieces(id);
    return askingForTheLast(new Upload({ ...said, id, offset: pieces.at(-1)?.end ?? 0 } as ConstructorParameters<typeof Upload>[0])); // JSON leaves out what is undefined
  }

  override async write(readable: IncomingMessage | Readable, id: string, offset: number): Promise<number> {
    let at = offset;
    try {
      for await (const bytes of inPieces(readable)) {
        await this.#put(id, `${at}-${bytes.byteLength}`, bytes);
        at += bytes.byteLength;
      }
    } catch (error) {
      if (error instanceof FileRefused) await this.remove(id);
      throw error;
    }
    return at;
  }

  /** What was said of it first: without that there is no such upload, and the rest is swept in any case. */
  override async remove(id: string): Promise<void> {
    await this.#delete(aboutOf(id));
    await Promise.all((await this.#keys(`uploads/${id}/`)).map(({ key }) => this.#delete(key)));
  }

  async asFile<Result>(id: string, use: (path: string) => Promise<Result>): Promise<Result> {
    const path = join(this.#folder, newId());
    try {
      await mkdir(this.#folder, { recursive: true });
      await pipeline(Readable.from(this.#bytes(id)), createWriteStream(path, { flags: "wx" }));
      return await use(path);
    } finally {
      await rm(path, { force: true });
    }
  }

  async sweep(now = new Date()): Promise<void> {
    const lastTouched = new Map<string, number>();
    for (const { key, at } of await this.#keys("uploads/")) {
      const id = key.split("/")[1] ?? "";
      lastTouched.set(id, Math.max(lastTouched.get(id) ?? 0, at));
    }
    for (const [id, at] of lastTouched) if (now.getTime() - at >= ABANDONED_MS) await this.remove(id);
  }

  async *#bytes(id: string): AsyncGenerator<Buffer> {
    let reached = 0;
    for (const { key, start, end } of await this.#pieces(id)) {
      const piece = await this.#get(key, reached - start);
      if (!piece) throw new Error(`${key} went away while the upload was being read`);
      yield* piece as AsyncIterable<Buffer>; // a body is bytes
      reached = end;
    }
  }

  /** From the beginning to the first gap, each of which goes further than those before it. */
  async #pieces(id: string): Promise<Piece[]> {
    const all = (await this.#keys(`uploads/${id}/`)).flatMap(({ key, size }) => {
      const start = /\/(\d+)-\d+$/.exec(key)?.[1];
      return start === undefined ? [] : [{ key, start: Number(start), end: Number(start) + size }];
    });
    let reached = 0;
    return all
      .sort((a, b) => a.start - b.start)
      .filter(({ start, end }) => {
        if (start > reached || end <= reached) return false;
        reached = end;
        return true;
      });
  }

  async #keys(Prefix: string): Promise<{ key: string; size: number; at: number }[]> {
    const keys = [];
    for await (const { Contents = [] } of paginateListObjectsV2({ client: this.#client }, { Bucket: this.#bucket, Prefix })) {
      for (const { Key, Size, LastModified } of Contents) if (Key) keys.push({ key: Key, size: Size ?? 0, at: LastModified?.getTime() ?? Infinity });
    }
    return keys;
  }

  async #get(Key: string, from = 0): Promise<Readable | undefined> {
    const found = await orMissing(this.#client.send(new GetObjectCommand({ Bucket: this.#bucket, Key, ...(from > 0 && { Range: `bytes=${from}-` }) })));
    return found?.Body instanceof Readable ? found.Body : undefined;
  }

  async #put(id: string, name: string, Body: string | Buffer): Promise<void> {
    try {
      await this.#client.send(new PutObjectCommand({ Bucket: this.#bucket, Key: `uploads/${id}/${name}`, Body }));
    } catch (error) {
      throw isFullStore(error) ? new FileRefused("storage_full", { cause: error }) : error;
    }
  }

  async #delete(Key: string): Promise<void> {
    await this.#client.send(new DeleteObjectCommand({ Bucket: this.#bucket, Key }));
  }
}

function aboutOf(id: string): string {
  return `uploads/${id}/about`;
}

/** What has come when the line is cut is a piece as well. */
async function* inPieces(readable: Readable): AsyncGenerator<Buffer> {
  let parts: Buffer[] = [];
  let length = 0;
  let cut: { error: unknown } | undefined;
  try {
    for await (const part of readable as AsyncIterable<Buffer>) {
      parts.push(part);
      length += part.byteLength;
      if (length < PIECE_BYTES) continue;
      yield Buffer.concat(parts);
      [parts, length] = [[], 0];
    }
  } catch (error) {
    cut = { error };
  }
  if (length > 0) yield Buffer.concat(parts);
  if (cut) throw cut.error;
}
