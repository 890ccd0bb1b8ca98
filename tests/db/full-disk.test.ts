import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { engine } from "#db/dialect.ts";
import { isNoRoom } from "#db/errors.ts";
import { openDb } from "#db/open.ts";
import { identities } from "#db/schema/index.ts";
import { aTeacher } from "#tests/factories.ts";
import { running } from "#tests/e2e/running.ts";
import { startPostgresql } from "#tests/postgresql-server.ts";
import { aSmallDisk, mayMount } from "#tests/small-disk.ts";

const ours = join(import.meta.dirname, "../../db/migrations", engine);

interface Journal {
  entries: { idx: number; when: number; tag: string }[];
}

/** Our migrations, changed. */
function migrations(change: (journal: Journal, folder: string) => void): string {
  const folder = mkdtempSync(join(tmpdir(), "tongyan-migrations-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  cpSync(ours, folder, { recursive: true });
  const journal = JSON.parse(readFileSync(join(folder, "meta", "_journal.json"), "utf8")) as Journal; // as drizzle-kit writes it
  change(journal, folder);
  writeFileSync(join(folder, "meta", "_journal.json"), JSON.stringify(journal));
  return folder;
}

function folderIn(folder: string): string {
  const made = join(folder, "pg");
  mkdirSync(made);
  return made;
}

async function found(address: string, folder?: string) {
  const { db, probe, close } = await openDb(address, folder);
  try {
    return { names: (await db.select({ name: identities.name }).from(identities)).map((one) => one.name), added: await probe("select count(*) from added").then(Number, () => "not there") };
  } finally {
    await close();
  }
}

test.skipIf(!mayMount || engine !== "sqlite")("a start whose upgrade has no room says so in words, changes nothing, and goes on from there when there is room", async () => {
  const disk = aSmallDisk(64);
  const dataDir = join(disk.folder, "data");
  mkdirSync(dataDir);
  // A database of the version before, with somebody in it.
  const { db, close } = await openDb(join(dataDir, "demo.sqlite"), migrations((journal) => void journal.entries.pop()));
  await aTeacher(db, { name: "林雨桐" });
  await close();
  const before = readFileSync(join(dataDir, "demo.sqlite"));
  for (const leaving of [0, 20_000, 60_000]) {
    disk.fill(leaving);
    const failed = await running({ mode: "empty", dataDir }).then((server) => server.stop().then(() => "it started"), (error: Error) => error.message);
    expect(failed, String(leaving)).toContain("磁盘满了，没有启动");
    expect(failed).not.toMatch(/\n\s+at /);
    disk.empty();
    expect(readFileSync(join(dataDir, "demo.sqlite")).equals(before), "the database is as it was").toBe(true);
  }
  const server = await running({ mode: "empty", dataDir });
  onTestFinished(() => server.stop());
  expect((await fetch(`${server.url}/readyz`)).status).toBe(200);
  await server.stop();
  expect((await found(join(dataDir, "demo.sqlite"))).names).toEqual(["林雨桐"]);
}, 120_000);

test.skipIf(!mayMount || process.env.DATABASE_URL?.startsWith("pglite"))("an upgrade that fills the disk half-way is taken back whole, known as what it is, and goes through when there is room", async () => {
  const disk = aSmallDisk(engine === "sqlite" ? 32 : 160);
  const database = engine === "sqlite" ? { address: join(disk.folder, "test.sqlite"), remove: () => undefined } : await startPostgresql(folderIn(disk.folder));
  if (!database) throw new Error("Debian's package `postgresql` is not installed");
  onTestFinished(() => database.remove());
  const { db, close } = await openDb(database.address);
  await aTeacher(db, { name: "林雨桐" });
  await close();
  const filling = engine === "sqlite" ? "INSERT INTO added WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c WHERE n < 8000) SELECT n, hex(zeroblob(500)) FROM c" : "INSERT INTO added SELECT n, repeat(md5(n::text), 30) FROM generate_series(1, 8000) AS n";
  const larger = migrations((journal, folder) => {
    journal.entries.push({ ...journal.entries.at(-1)!, idx: journal.entries.length, when: Date.now(), tag: "9999_larger" });
    writeFileSync(join(folder, "9999_larger.sql"), ["CREATE TABLE added (n integer, words text)", "DELETE FROM consents", filling].join(";\n--> statement-breakpoint\n"));
  });
  disk.fill(2_000_000);
  const error: unknown = await openDb(database.address, larger).then(() => "it went through", (reason: unknown) => reason);
  expect(isNoRoom(error), String(error)).toBe(true);
  disk.empty();
  expect(await found(database.address)).toEqual({ names: ["林雨桐"], added: "not there" });
  expect(await found(database.address, larger)).toEqual({ names: ["林雨桐"], added: 8000 });
}, 120_000);
