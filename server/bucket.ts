import { HeadBucketCommand, S3Client, S3ServiceException } from "@aws-sdk/client-s3";
import { StoreAway } from "#app/files/files.ts";

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
/** Whoever reads has a page before them. All attempts together. */
const READER_PATIENCE_MS = 8_000;
/** Whoever looks whether all is well looks again soon. */
const LOOK_MS = 2_000;
const LINE_IS_DOWN = new Set(["ECONNREFUSED", "ECONNRESET", "EPIPE", "ETIMEDOUT", "ENOTFOUND", "EAI_AGAIN", "EHOSTUNREACH", "ENETUNREACH"]);

/** A client whose questions throw StoreAway when the store does not answer, or answers that it cannot. */
export function clientOf({ endpoint, region, accessKeyId, secretAccessKey }: ObjectStore): S3Client {
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
  client.middlewareStack.add(
    (next) => (args) => next(args).catch((error: unknown) => {
      throw isAway(error) ? new StoreAway("the object store does not answer", { cause: error }) : error;
    }),
    { step: "initialize", name: "away" },
  );
  return client;
}

/** Whether files can be had and kept: asked with `client`, answered within seconds. */
export async function storeReadiness(client: S3Client, { bucket: Bucket }: ObjectStore): Promise<{ ready: true } | { ready: false; reason: string }> {
  try {
    await client.send(new HeadBucketCommand({ Bucket }), { abortSignal: AbortSignal.timeout(LOOK_MS) });
    return { ready: true };
  } catch (error) {
    return { ready: false, reason: error instanceof StoreAway ? reasonOf(error.cause) : reasonOf(error) };
  }
}

/** Asks until the store begins to answer, or the reader's patience ends; what it then sends may take its time. */
export async function forAReader<Answer>(ask: (abortSignal: AbortSignal) => Promise<Answer>): Promise<Answer> {
  const patience = new AbortController();
  const timer = setTimeout(() => patience.abort(), READER_PATIENCE_MS);
  try {
    return await ask(patience.signal);
  } finally {
    clearTimeout(timer);
  }
}

function isAway(error: unknown): boolean {
  if (isFullStore(error) || !(error instanceof Error)) return false;
  if (error instanceof S3ServiceException) return (error.$metadata.httpStatusCode ?? 0) >= 500;
  return error.name === "TimeoutError" || error.name === "AbortError" || ("code" in error && LINE_IS_DOWN.has(String(error.code)));
}

/** @returns undefined when there is no such object */
export async function orMissing<Answer>(asked: Promise<Answer>): Promise<Answer | undefined> {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof S3ServiceException && (error.name === "NotFound" || error.name === "NoSuchKey")) return undefined;
    throw error;
  }
}

/** Some errors of lines have no words, only a code. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.name === "AbortError" ? `no answer within ${LOOK_MS} ms` : error.message || ("code" in error ? String(error.code) : error.name);
}

export function isFullStore(error: unknown): boolean {
  return error instanceof S3ServiceException && (error.$metadata.httpStatusCode === 507 || error.name === "QuotaExceeded" || error.name === "XMinioStorageFull");
}
