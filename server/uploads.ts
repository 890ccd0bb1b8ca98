import { createWriteStream, mkdirSync } from "node:fs";
import type { IncomingMessage } from "node:http";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { FileStore } from "@tus/file-store";
import type { DataStore, Upload } from "@tus/server";
import { FileRefused } from "#app/files/refusals.ts";
import { isFull, sweepAbandoned } from "./files.ts";

/** Where uploads lie that are under way: what was said of each, and the bytes that have come. A full store is said as such, and what there was of the upload makes room again. */
export interface UploadStore extends DataStore {
  /** Has the whole of an upload as a file of this process, for as long as `use` lasts. */
  asFile<Result>(id: string, use: (path: string) => Promise<Result>): Promise<Result>;
  /** Removes what nobody went on with for a day. Running twice does no harm. */
  sweep(now?: Date): Promise<void>;
}

/** In a folder of this process: only it goes on with them. */
export function uploadsOnDisk(folder: string): UploadStore {
  mkdirSync(folder, { recursive: true });
  return new UploadsOnDisk({ directory: folder });
}

class UploadsOnDisk extends FileStore implements UploadStore {
  override async getUpload(id: string): Promise<Upload> {
    return askingForTheLast(await super.getUpload(id));
  }

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

  async asFile<Result>(id: string, use: (path: string) => Promise<Result>): Promise<Result> {
    return use(join(this.directory, id));
  }

  async sweep(now?: Date): Promise<void> {
    await sweepAbandoned(this.directory, now);
  }
}

/**
 * An upload that is whole and still here was not attached: the process ended before, or could not. Its last byte is asked for once more, and
 * the attaching comes with it; a client that is told that nothing is missing asks for nothing.
 */
export function askingForTheLast(upload: Upload): Upload {
  if (upload.size !== undefined) upload.offset = Math.min(upload.offset, upload.size - 1);
  return upload;
}
