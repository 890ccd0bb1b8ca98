import { S3Client, S3ServiceException } from "@aws-sdk/client-s3";

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

export function clientOf({ endpoint, region, accessKeyId, secretAccessKey }: ObjectStore): S3Client {
  return new S3Client({
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
}

/** @returns undefined when there is no such object; a store that is away is a fault */
export async function orMissing<Answer>(asked: Promise<Answer>): Promise<Answer | undefined> {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof S3ServiceException && (error.name === "NotFound" || error.name === "NoSuchKey")) return undefined;
    throw error;
  }
}

export function isFullStore(error: unknown): boolean {
  return error instanceof S3ServiceException && (error.$metadata.httpStatusCode === 507 || error.name === "QuotaExceeded" || error.name === "XMinioStorageFull");
}
