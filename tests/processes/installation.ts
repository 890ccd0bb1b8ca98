import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { openDb } from "#db/open.ts";
import { aDatabaseAddress } from "#tests/database.ts";
import { running } from "#tests/e2e/running.ts";
import { aBucket, aFrontDoor, aRedis } from "#tests/processes/parts.ts";
import { programOf } from "#tests/processes/programs.ts";

/** Whether what an installation consists of can be had here. */
export const parts = ["redis-server", "versitygw"].every((name) => programOf(name) !== undefined);

/**
 * Two app processes, each with a data folder of its own, on one database, one Redis and one object store, behind one address.
 *
 * @param mode whether the first of them fills the demonstration
 */
export async function anInstallation(mode: "filled" | "empty" = "filled") {
  const [database, redis, { named, s3 }] = [await aDatabaseAddress(), await aRedis(), await aBucket()];
  const env = {
    DATABASE_URL: database,
    REDIS_URL: redis.url,
    SECRET: "两个进程共用的秘密，够长够长够长够长够长够长够长够长够长够长够长够长",
    S3_ENDPOINT: named.endpoint,
    S3_BUCKET: named.bucket,
    S3_ACCESS_KEY_ID: named.accessKeyId,
    S3_SECRET_ACCESS_KEY: named.secretAccessKey,
  };
  const start = async (as: "filled" | "empty") => {
    const dataDir = mkdtempSync(join(tmpdir(), "tongyan-process-"));
    const server = await running({ mode: as, dataDir, env, patience: 240_000 });
    onTestFinished(async () => {
      await server.stop();
      rmSync(dataDir, { recursive: true, force: true });
    });
    return server;
  };
  const [one, other] = [await start(mode), await start("empty")];
  const door = await aFrontDoor([one.port, other.port]);
  const { db, close } = await openDb(database);
  onTestFinished(close);
  return { db, s3, redis, one, other, url: `http://127.0.0.1:${door.port}` };
}
