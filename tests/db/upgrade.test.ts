import { spawn } from "node:child_process";
import { once } from "node:events";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { eq } from "drizzle-orm";
import { expect, onTestFinished, test } from "vitest";
import { engine } from "#db/dialect.ts";
import { openDb } from "#db/open.ts";
import { identities, nameParts, settings } from "#db/schema/index.ts";
import { aDatabaseAddress } from "#tests/database.ts";
import { running } from "#tests/e2e/running.ts";
import { aTeacher } from "#tests/factories.ts";
import { signedIn } from "#tests/processes/pages.ts";

const ours = join(import.meta.dirname, "../../db/migrations", engine);
/** Keeps a migration busy for some seconds. */
const LONG = engine === "sqlite" ? "INSERT INTO added SELECT count(*) FROM (WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c WHERE n < 60000000) SELECT n FROM c)" : "INSERT INTO added SELECT 1 FROM pg_sleep(6)";

/** Our migrations and one more. */
function withOneMore(...statements: string[]): string {
  const folder = mkdtempSync(join(tmpdir(), "tongyan-migrations-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  cpSync(ours, folder, { recursive: true });
  const journal = JSON.parse(readFileSync(join(folder, "meta", "_journal.json"), "utf8")) as { entries: { idx: number; when: number; tag: string }[] }; // as drizzle-kit writes it
  journal.entries.push({ ...journal.entries.at(-1)!, idx: journal.entries.length, when: Date.now(), tag: "9999_one_more" });
  writeFileSync(join(folder, "meta", "_journal.json"), JSON.stringify(journal));
  writeFileSync(join(folder, "9999_one_more.sql"), statements.join(";\n--> statement-breakpoint\n"));
  return folder;
}

async function before(): Promise<string> {
  const address = await aDatabaseAddress();
  const { db, close } = await openDb(address);
  await db.insert(settings).values({ key: "校历", value: { begins: "2026-09-01" }, at: new Date() });
  await close();
  return address;
}

/** What a database of `before` holds, and whether the migration has left anything. */
async function found(address: string, migrations?: string): Promise<{ rows: number; added: unknown }> {
  const { db, probe, close } = await openDb(address, migrations);
  try {
    return { rows: (await db.select().from(settings)).length, added: await probe("select count(*) from added").then(Number, () => "not there") };
  } finally {
    await close();
  }
}

test("an upgrade whose last step fails leaves everything as it was; mended, it goes through, once", async () => {
  const address = await before();
  await expect(openDb(address, withOneMore("CREATE TABLE added (n integer)", "DELETE FROM settings", "INSERT INTO nowhere VALUES (1)"))).rejects.toThrow();
  expect(await found(address)).toEqual({ rows: 1, added: "not there" });
  const mended = withOneMore("CREATE TABLE added (n integer)", "INSERT INTO added VALUES (1)");
  expect(await found(address, mended)).toEqual({ rows: 1, added: 1 });
  expect(await found(address, mended)).toEqual({ rows: 1, added: 1 });
});

test("an upgrade that is killed half-way leaves everything as it was", async () => {
  const address = await before();
  await killedHalfWay(address, withOneMore("CREATE TABLE added (n integer)", "DELETE FROM settings", LONG));
  expect(await found(address)).toEqual({ rows: 1, added: "not there" });
});

test.each<[string, (address: string, ...steps: string[]) => Promise<void>]>([
  ["fails at its last step", (address, ...steps) => expect(openDb(address, withOneMore(...steps, "INSERT INTO nowhere VALUES (1)"))).rejects.toThrow("nowhere")],
  ["is killed half-way", (address, ...steps) => killedHalfWay(address, withOneMore(...steps, LONG))],
])("after an upgrade that %s the server starts, and people find what was there", async (_how, stopped) => {
  const address = await aDatabaseAddress();
  const dataDir = mkdtempSync(join(tmpdir(), "tongyan-upgraded-"));
  onTestFinished(() => rmSync(dataDir, { recursive: true, force: true }));
  const start = () => running({ mode: "filled", dataDir, env: { DATABASE_URL: address } });
  const one = await start();
  onTestFinished(() => one.stop());
  const cookie = await signedIn(one.url, "lin-yutong");
  const shown = async (url: string) => {
    const answer = await fetch(`${url}/lessons`, { headers: { cookie } });
    const page = await answer.text();
    return { status: answer.status, hers: page.includes("林雨桐"), lesson: page.includes("分数的意义"), halfWay: page.includes("升级到一半") };
  };
  const asItWas = { status: 200, hers: true, lesson: true, halfWay: false };
  expect(await shown(one.url)).toEqual(asItWas);
  await one.stop();
  await stopped(address, "CREATE TABLE added (n integer)", "UPDATE lesson_preps SET title = '升级到一半'");
  const other = await start();
  onTestFinished(() => other.stop());
  expect(await shown(other.url)).toEqual(asItWas);
  expect((await fetch(`${other.url}/readyz`)).status).toBe(200);
}, 300_000);

test("an upgrade that builds the table of names anew leaves nobody who is not found by a part of their name, and parts go on being kept", async () => {
  const address = await aDatabaseAddress();
  const opened = await openDb(address);
  const teacher = await aTeacher(opened.db, { name: "林雨桐" });
  await aTeacher(opened.db, { name: "欧阳明远" });
  await opened.close();
  const { db, close } = await openDb(address, withOneMore("CREATE TABLE fresh AS SELECT * FROM identities", "DROP TABLE identities", "ALTER TABLE fresh RENAME TO identities", "UPDATE identities SET name = '林夏' WHERE name = '林雨桐'"));
  onTestFinished(close);
  const parts = async () => (await db.select().from(nameParts).where(eq(nameParts.personId, teacher.id))).map(({ part }) => part).sort();
  expect(await parts()).toEqual(["夏", "林夏"]);
  expect(await db.$count(nameParts)).toBe(6);
  await db.update(identities).set({ name: "林秋" }).where(eq(identities.personId, teacher.id));
  expect(await parts()).toEqual(["林秋", "秋"]);
});

/** Begins an upgrade whose last step takes long, and ends it in the middle of that. */
async function killedHalfWay(address: string, migrations: string): Promise<void> {
  const child = spawn(process.execPath, [join(import.meta.dirname, "upgrading.ts"), address, migrations], { stdio: ["ignore", "pipe", "inherit"] });
  let said = "";
  child.stdout.on("data", (words: Buffer) => (said += words.toString()));
  const gone = once(child, "exit");
  await expect.poll(() => said, { timeout: 20_000 }).toContain("begins");
  await new Promise((resolve) => setTimeout(resolve, 1_000));
  child.kill("SIGKILL");
  await gone;
  expect(said).not.toContain("done");
}
