import { createReadStream } from "node:fs";
import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { Readable } from "node:stream";
import { GetObjectCommand, HeadObjectCommand, PutObjectCommand } from "@aws-sdk/client-s3";
import type { Files } from "#app/files/files.ts";
import { StorageFull } from "#app/files/files.ts";
import { newId } from "#db/ids.ts";
import { clientOf, forAReader, isFullStore, type ObjectStore, orMissing } from "./bucket.ts";
import { isFull, isHash, writeFlushed } from "./files.ts";

/**
 * Files in a bucket, `files/ab/cd/abcd…` by hash, so that every process finds them. A file is first written and hashed on the disk of this process, for its
 * name is known only at its end; in the bucket it appears whole or not at all, as the store promises for a single put.
 *
 * @param incoming a folder of this process
 */
export function filesInBucket(store: ObjectStore, incoming: string): Files {
  const { bucket: Bucket } = store;
  const client = clientOf(store);
  const at = (sha256: string) => ({ Bucket, Key: `files/${sha256.slice(0, 2)}/${sha256.slice(2, 4)}/${sha256}` });

  const size = async (sha256: string) => {
    if (!isHash(sha256)) return undefined;
    const found = await forAReader((abortSignal) => orMissing(client.send(new HeadObjectCommand(at(sha256)), { abortSignal })));
    return found?.ContentLength;
  };
  const read = async (sha256: string, range?: { start: number; end: number }) => {
    if (!isHash(sha256)) return undefined;
    const found = await forAReader((abortSignal) => orMissing(client.send(new GetObjectCommand({ ...at(sha256), ...(range && { Range: `bytes=${range.start}-${range.end}` }) }), { abortSignal })));
    return found?.Body instanceof Readable ? found.Body : undefined;
  };

  return {
    size,
    read,
    async bytes(sha256) {
      const stream = await read(sha256);
      return stream && new Uint8Array(Buffer.concat(await stream.toArray()));
    },
    async put(source, options = {}) {
      const path = join(incoming, newId());
      try {
        await mkdir(incoming, { recursive: true });
        const written = await writeFlushed(path, source, options.limit ?? Infinity);
        const { sha256, byteCount } = written;
        if ((await size(sha256)) !== byteCount) await client.send(new PutObjectCommand({ ...at(sha256), Body: createReadStream(path), ContentLength: byteCount }));
        return written;
      } catch (error) {
        throw isFull(error) || isFullStore(error) ? new StorageFull("no room to store the file", { cause: error }) : error;
      } finally {
        await rm(path, { force: true });
      }
    },
  };
}
