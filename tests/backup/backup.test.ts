import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { emptySection } from "#app/plans/content.ts";
import { engine } from "#db/dialect.ts";
import { appendUpdates, findDoc, insertDoc, readLog } from "#db/documents.ts";
import { openDb } from "#db/open.ts";
import { identities } from "#db/schema/index.ts";
import { backUp } from "#server/backup/backup.ts";
import { restore } from "#server/backup/restore.ts";
import { refuseUnfinished } from "#server/backup/unfinished.ts";
import { documentsOn } from "#server/collab/documents.ts";
import { DocLog } from "#server/collab/log.ts";
import { readSettings } from "#server/env.ts";
import { filesOnDisk } from "#server/files.ts";
import { aDatabaseAddress } from "#tests/database.ts";
import { aTeacher } from "#tests/factories.ts";
import { aSmallDisk, mayMount } from "#tests/small-disk.ts";

/** An installation with a teacher, a document and a file, and an empty place for another. */
async function anInstallation() {
  const folder = mkdtempSync(join(tmpdir(), "tongyan-backup-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const settingsIn = async (name: string) => ({ ...readSettings([], { NODE_ENV: "test", DATA_DIR: join(folder, name) }), database: await aDatabaseAddress() });
  const here = await settingsIn("here");
  mkdirSync(here.dataDir, { recursive: true });
  writeFileSync(join(here.dataDir, "secret"), "不能丢的秘密");
  const { sha256 } = await filesOnDisk(join(here.dataDir, "files")).put(Buffer.from("分数的意义.pptx"));
  const { db, close } = await openDb(here.database);
  onTestFinished(close);
  await aTeacher(db, { name: "林雨桐" });
  const log = new DocLog((batch) => appendUpdates(db, batch));
  const state = await documentsOn(db, log).stateOf([{ key: "process", title: "教学过程", nodes: emptySection() }]);
  const docId = await db.transaction((tx) => insertDoc(tx, { purpose: "plan", state, sections: [], createdBy: null }));
  return { here, db, docId, sha256, folder, log, backup: join(folder, "backup"), elsewhere: () => settingsIn("there") };
}

test("what was there when the backup was made is there after it was restored, and documents begin another epoch", async () => {
  const { here, db, docId, sha256, log, backup, elsewhere } = await anInstallation();
  let writing = true;
  let written = 0;
  const writer = (async () => {
    while (writing) {
      await log.append({ docId, bytes: new Uint8Array([0, 0]), personId: null, newClientIds: [] });
      written += 1;
    }
  })();
  await expect.poll(() => written).toBeGreaterThan(5);
  const least = written;
  await backUp(here, backup);
  expect(statSync(backup).mode & 0o077, "nobody else on the machine may read it").toBe(0);
  writing = false;
  await writer;
  const there = await elsewhere();
  await restore(there, backup);
  const copy = await openDb(there.database);
  onTestFinished(copy.close);
  expect((await copy.db.select({ name: identities.name }).from(identities)).map((one) => one.name)).toEqual(["林雨桐"]);
  expect((await readLog(copy.db, docId)).length).toBeGreaterThanOrEqual(least + 1);
  expect((await readLog(copy.db, docId)).length).toBeLessThanOrEqual((await readLog(db, docId)).length);
  expect((await findDoc(db, docId))?.epoch).toBe(1);
  expect((await findDoc(copy.db, docId))?.epoch).toBe(2);
  expect((await filesOnDisk(join(there.dataDir, "files")).bytes(sha256))?.toString()).toBe("分数的意义.pptx");
  expect(readFileSync(join(there.dataDir, "secret"), "utf8")).toBe("不能丢的秘密");
});

test("nothing is written over, and what is not whole is not restored", async () => {
  const { here, folder, sha256, backup, elsewhere } = await anInstallation();
  await backUp(here, backup);
  await expect(backUp(here, backup)).rejects.toThrow("is there already");
  await expect(restore(here, backup)).rejects.toThrow("is there already");
  const there = await elsewhere();
  await expect(restore(there, join(folder, "here"))).rejects.toThrow("is no whole backup");
  writeFileSync(join(backup, "files", sha256.slice(0, 2), sha256.slice(2, 4), sha256), "别的内容");
  await expect(restore(there, backup)).rejects.toThrow("is damaged");
  expect(existsSync(there.dataDir)).toBe(false);
});

test.skipIf(!mayMount)("a backup for which there is no room says so, and leaves nothing of itself on the full disk", async () => {
  const { here } = await anInstallation();
  await filesOnDisk(join(here.dataDir, "files")).put(Buffer.alloc(8 << 20, "课件"));
  const disk = aSmallDisk(16);
  // For nothing; for the database and a part of the files.
  for (const leaving of [0, 8 << 20]) {
    disk.fill(leaving);
    await expect(backUp(here, join(disk.folder, "monday")), String(leaving)).rejects.toThrow("no room");
    expect(readdirSync(disk.folder)).toEqual(["filler"]);
    disk.empty();
  }
});

test.skipIf(!mayMount)("a restore that runs out of room half-way takes away what it laid and says so; with room the same command goes through", async () => {
  const { here, sha256, backup } = await anInstallation();
  await filesOnDisk(join(here.dataDir, "files")).put(Buffer.alloc(1 << 20, "课件"));
  await backUp(here, backup);
  const disk = aSmallDisk(16);
  const there = { ...here, dataDir: join(disk.folder, "data"), database: engine === "sqlite" ? join(disk.folder, "tongyan.sqlite") : await aDatabaseAddress() };
  mkdirSync(there.dataDir);
  // For some of the files there is room; for all of them and a database there is not.
  for (const leaving of [100_000, 600_000, ...(engine === "sqlite" ? [1_300_000] : [])]) {
    disk.fill(leaving);
    await expect(restore(there, backup), String(leaving)).rejects.toThrow("no room");
    expect([readdirSync(disk.folder).sort(), readdirSync(there.dataDir)]).toEqual([["data", "filler"], []]);
    disk.empty();
  }
  await restore(there, backup);
  expect(readdirSync(there.dataDir).sort()).toEqual(["files", "secret"]);
  expect((await filesOnDisk(join(there.dataDir, "files")).bytes(sha256))?.toString()).toBe("分数的意义.pptx");
  const copy = await openDb(there.database);
  onTestFinished(copy.close);
  expect((await copy.db.select({ name: identities.name }).from(identities)).map((one) => one.name)).toEqual(["林雨桐"]);
});

test("a restore that is killed half-way is no installation to start, and the same command goes through", async () => {
  const { here, docId, sha256, folder, backup, elsewhere } = await anInstallation();
  await backUp(here, backup);
  const there = await elsewhere();
  const child = spawn(process.execPath, ["server/backup/command.ts", "restore", backup], { env: { ...process.env, NODE_ENV: "test", DATA_DIR: there.dataDir, DATABASE_URL: there.database }, stdio: "ignore" });
  const gone = once(child, "exit");
  while (!statSync(join(there.dataDir, "restoring", "into"), { throwIfNoEntry: false })?.size) await new Promise((resolve) => setTimeout(resolve, 1));
  child.kill("SIGKILL");
  await gone;
  expect(existsSync(join(there.dataDir, "restoring")), "it was not done yet").toBe(true);
  expect(() => refuseUnfinished(there.dataDir)).toThrow("run the restore again");
  // One that is killed a moment later has some of it in its places already.
  writeFileSync(join(there.dataDir, "secret"), "不能丢的秘密");
  await (await openDb(there.database)).close();
  // A database that it did not lay is nobody's to take away.
  const others = await aDatabaseAddress();
  await (await openDb(others)).close();
  await expect(restore({ ...there, database: others }, backup)).rejects.toThrow(/already|not empty/);
  await restore(there, backup);
  expect(() => refuseUnfinished(there.dataDir)).not.toThrow();
  const copy = await openDb(there.database);
  onTestFinished(copy.close);
  expect((await findDoc(copy.db, docId))?.epoch).toBe(2);
  expect((await filesOnDisk(join(there.dataDir, "files")).bytes(sha256))?.toString()).toBe("分数的意义.pptx");
  expect(readdirSync(folder).sort()).toEqual(["backup", "here", "there"]);
});
