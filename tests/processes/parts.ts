import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CreateBucketCommand, S3Client } from "@aws-sdk/client-s3";
import { onTestFinished } from "vitest";
import type { ObjectStore } from "#server/bucket.ts";
import { freePort } from "#tests/free-port.ts";
import { openFrontDoor, type Part, startPart, startRedis } from "#tests/processes/programs.ts";

/** A real Redis that keeps nothing on the disk, for this test. */
export async function aRedis(port?: number): Promise<Part & { url: string }> {
  const redis = await startRedis(port);
  onTestFinished(redis.kill);
  return redis;
}

/** A real S3-compatible store on a folder of its own, without buckets. */
export async function anObjectStore(port?: number, folder = aFolder()): Promise<Part & { endpoint: string; folder: string; accessKeyId: string; secretAccessKey: string; region: string }> {
  const chosen = port ?? (await freePort());
  const [accessKeyId, secretAccessKey] = ["tongyan", "only-for-tests"];
  const part = await startPart("versitygw", ["--access", accessKeyId, "--secret", secretAccessKey, "--port", `127.0.0.1:${chosen}`, "posix", folder], chosen);
  onTestFinished(part.kill);
  return { ...part, endpoint: `http://127.0.0.1:${chosen}`, folder, accessKeyId, secretAccessKey, region: "us-east-1" };
}

/** An empty bucket in one of its own, as the settings name it; away after `kill`, back with all that was kept after `again`. */
export async function aBucket(): Promise<{ named: ObjectStore; s3: S3Client; again(): Promise<void> } & Omit<Part, "port">> {
  const { endpoint, region, accessKeyId, secretAccessKey, port, folder, kill, sleep, wake } = await anObjectStore();
  const named = { endpoint, bucket: "tongyan", region, accessKeyId, secretAccessKey };
  const s3 = new S3Client({ endpoint, region, credentials: { accessKeyId, secretAccessKey }, forcePathStyle: true });
  await s3.send(new CreateBucketCommand({ Bucket: named.bucket }));
  return { named, s3, kill, sleep, wake, again: async () => void (await anObjectStore(port, folder)) };
}

/** One address behind which several servers stand: each new line goes to the next of them that answers. */
export async function aFrontDoor(ports: readonly number[]): Promise<{ port: number }> {
  const door = await openFrontDoor(ports);
  onTestFinished(door.close);
  return door;
}

export function aFolder(): string {
  const folder = mkdtempSync(join(existsSync("/dev/shm") ? "/dev/shm" : tmpdir(), "tongyan-parts-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
