import { createReadStream } from "node:fs";
import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { Readable } from "node:stream";
import { GetObjectCommand, HeadObjectCommand, PutObjectCommand, S3Client, S3ServiceException } from "@aws-sdk/client-s3";
import type { Files } from "#app/files/files.ts";
import { StorageFull } from "#app/files/files.ts";
import { newId } from "#db/ids.ts";
import { isFull, isHash, writeFlushed } from "./files.ts";

/** An S3-compatible store. */
export interface ObjectStore {
  endpoint: string;
  bucket: string;
  region: string;
  accessKeyId: string;
  secretAccessKey: string;
}

/** A store that says nothing for so long is away; whoever waits is told. */
const PATIENCE_MS = 20_000;

/**
 * Files in a bucket, `files/ab/cd/abcd…` by hash, so that every process finds them. A file is first written and hashed on the disk of this process, for its
 * name is known only at its end; in the bucket it appears whole or not at all, as the store promises for a single put.
 *
 * @param incoming a folder of this process
 */
export function filesInBucket(store: ObjectStore, incoming: string): Files {
  const { endpoint, bucket: Bucket, region, accessKeyId, secretAccessKey } = store;
  const client = new S3Client({
    endpoint,
    region,
    credentials: { accessKeyId, secretAccessKey },
    // Names of buckets as names of hosts need DNS that small stores do not have.
    forcePathStyle: true,
    // Not every compatible store knows the newer checksums.
    requestChecksumCalculation: "WHEN_REQUIRED",
    responseChecksumValidation: "WHEN_REQUIRED",
    maxAttempts: 4,
    requestHandler: { connectionTimeout: 3_000, requestTimeout: PATIENCE_MS, throwOnRequestTimeout: true },
  });
  const at = (sha256: string) => ({ Bucket, Key: `files/${sha256.slice(0, 2)}/${sha256.slice(2, 4)}/${sha256}` });

  const size = async (sha256: string) => {
    if (!isHash(sha256)) return undefined;
    const found = await orMissing(client.send(new HeadObjectCommand(at(sha256))));
    return found?.ContentLength;
  };
  const read = async (sha256: string, range?: { start: number; end: number }) => {
    if (!isHash(sha256)) return undefined;
    const found = await orMissing(client.send(new GetObjectCommand({ ...at(sha256), ...(range && { Range: `bytes=${range.start}-${range.end}` }) })));
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

async function orMissing<Answer>(asked: Promise<Answer>): Promise<Answer | undefined> {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof S3ServiceException && (error.name === "NotFound" || error.name === "NoSuchKey")) return undefined;
    throw error;
  }
}

function isFullStore(error: unknown): boolean {
  return error instanceof S3ServiceException && (error.$metadata.httpStatusCode === 507 || error.name === "QuotaExceeded" || error.name === "XMinioStorageFull");
}
