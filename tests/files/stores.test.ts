import { createHash, randomBytes } from "node:crypto";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { Readable } from "node:stream";
import { describe, expect, test } from "vitest";
import { FileTooLarge, type Files } from "#app/files/files.ts";
import { filesInBucket } from "#server/files-s3.ts";
import { filesOnDisk } from "#server/files.ts";
import { aBucket, aFolder } from "#tests/processes/parts.ts";
import { programOf } from "#tests/processes/programs.ts";

interface Store {
  files: Files;
  /** What this process still has lying about of writes that are over. */
  leftovers(): string[];
}

async function onDisk(): Promise<Store> {
  const folder = aFolder();
  return { files: filesOnDisk(folder), leftovers: () => namesIn(join(folder, "incoming")) };
}

async function inBucket(): Promise<Store & { kill(): Promise<void>; again(): Promise<void> }> {
  const { named, kill, again } = await aBucket();
  const incoming = aFolder();
  return { files: filesInBucket(named, incoming), leftovers: () => namesIn(incoming), kill, again };
}

for (const [name, open, there] of [["a folder", onDisk, true], ["a bucket of an object store", inBucket, programOf("versitygw") !== undefined]] as const) {
  describe.skipIf(!there)(`files in ${name}`, () => {
    test("are found by their hash, whole or in part, and nothing lies about", async () => {
      const { files, leftovers } = await open();
      const bytes = randomBytes(300_000);
      const sha256 = createHash("sha256").update(bytes).digest("hex");
      expect(await files.put(Readable.from([bytes.subarray(0, 100_000), bytes.subarray(100_000)]))).toEqual({ sha256, byteCount: 300_000 });
      expect(await files.put(bytes)).toEqual({ sha256, byteCount: 300_000 });
      expect(await files.size(sha256)).toBe(300_000);
      expect(Buffer.from((await files.bytes(sha256)) ?? []).equals(bytes)).toBe(true);
      const part = await files.read(sha256, { start: 10, end: 19 });
      expect(Buffer.concat((await part?.toArray()) as Buffer[]).equals(bytes.subarray(10, 20))).toBe(true); // both kinds of streams give buffers
      expect(leftovers()).toEqual([]);
    });

    test("that are not there, or have no name of a file, are undefined", async () => {
      const { files } = await open();
      for (const name of ["0".repeat(64), "../../etc/passwd", ""]) expect([await files.size(name), await files.read(name), await files.bytes(name)]).toEqual([undefined, undefined, undefined]);
    });

    test("past the limit are refused and leave nothing", async () => {
      const { files, leftovers } = await open();
      await expect(files.put(Readable.from([Buffer.alloc(60_000), Buffer.alloc(60_000)]), { limit: 100_000 })).rejects.toBeInstanceOf(FileTooLarge);
      expect(leftovers()).toEqual([]);
      expect(await files.size(createHash("sha256").update(Buffer.alloc(120_000)).digest("hex"))).toBeUndefined();
    });
  });
}

test.skipIf(!programOf("versitygw"))("an object store that is away is a fault, never an empty file or one that is not there; what was kept is there when it is back", async () => {
  const { files, leftovers, kill, again } = await inBucket();
  const { sha256 } = await files.put(Buffer.from("学习单"));
  await kill();
  await expect(files.size(sha256)).rejects.toThrow();
  await expect(files.bytes(sha256)).rejects.toThrow();
  await expect(files.put(Buffer.from("课件"))).rejects.toThrow();
  expect(leftovers()).toEqual([]);
  await again();
  expect(Buffer.from((await files.bytes(sha256)) ?? []).toString()).toBe("学习单");
});

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
