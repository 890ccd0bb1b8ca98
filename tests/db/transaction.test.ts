import Database from "better-sqlite3";
import { eq } from "drizzle-orm";
import { expect, onTestFinished, test } from "vitest";
import { engine } from "#db/dialect.ts";
import { openDb } from "#db/open.ts";
import { settings } from "#db/schema/index.ts";
import { aDatabase, aDatabaseAddress, anOpenDatabase, sqliteFile } from "#tests/database.ts";

const at = new Date("2026-11-23T12:00:00Z");

test("what a failing transaction wrote is not there, and the next one works", async () => {
  const db = await aDatabase();
  await expect(db.transaction(async (tx) => {
    await tx.insert(settings).values({ key: "教材", value: "人教版", at });
    throw new Error("想了想，不写了");
  })).rejects.toThrow("想了想");
  expect(await db.select().from(settings)).toEqual([]);
  await db.transaction((tx) => tx.insert(settings).values({ key: "教材", value: { 版本: "北师大版" }, at }));
  expect(await db.select().from(settings)).toEqual([{ key: "教材", value: { 版本: "北师大版" }, at }]);
});

test("a savepoint that fails takes back only its own part", async () => {
  const db = await aDatabase();
  await db.transaction(async (tx) => {
    await tx.insert(settings).values({ key: "外", value: 1, at });
    await tx.transaction(async (inner) => {
      await inner.insert(settings).values({ key: "里", value: 2, at });
      throw new Error("里面不算");
    }).catch(() => undefined);
  });
  expect((await db.select().from(settings)).map((row) => row.key)).toEqual(["外"]);
});

test("read, add, write: twelve at once lose nothing", async () => {
  const db = await aDatabase();
  await db.insert(settings).values({ key: "人数", value: 0, at });
  await Promise.all(Array.from({ length: 12 }, () => db.transaction(async (tx) => {
    const [row] = await tx.select().from(settings).where(eq(settings.key, "人数"));
    await tx.update(settings).set({ value: Number(row?.value) + 1 }).where(eq(settings.key, "人数"));
  })));
  const [row] = await db.select().from(settings);
  expect(row?.value).toBe(12);
});

// PostgreSQL would let it through on another connection; the same code is held to the rule by running on SQLite.
if (engine === "sqlite") {
  test("a write past an open transaction is refused instead of waiting for itself", async () => {
    const db = await aDatabase();
    await expect(db.transaction(async () => {
      await db.insert(settings).values({ key: "旁边", value: 1, at });
    })).rejects.toThrow();
    expect(await db.select().from(settings)).toEqual([]);
  });

  // PostgreSQL does so by itself.
  test("a database in which another process writes just now is opened all the same", async () => {
    const file = sqliteFile();
    const { close } = await openDb(file);
    const other = new Database(file);
    other.exec("CREATE TABLE grown (n integer); CREATE INDEX grown_n ON grown (n); INSERT INTO grown WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c WHERE n < 3000) SELECT n FROM c");
    other.exec("BEGIN IMMEDIATE");
    const { close: closeAgain } = await openDb(file);
    other.exec("COMMIT");
    other.close();
    await closeAgain();
    await close();
  });

  test("what a database has grown to is looked at when it is opened again, so that plans follow from it", async () => {
    const address = await aDatabaseAddress();
    const first = await openDb(address);
    await first.db.insert(settings).values(Array.from({ length: 300 }, (_, n) => ({ key: `第${n}项`, value: n, at })));
    expect(await first.probe("select count(*) from sqlite_stat1 where tbl = 'settings'")).toBe(0);
    await first.close();
    const again = await openDb(address);
    onTestFinished(() => again.close());
    expect(await again.probe("select stat from sqlite_stat1 where tbl = 'settings'")).toBe("300 1");
  });
}

test("the writing connection waits for the disk at every commit", async () => {
  const { engine: opened, probe } = await anOpenDatabase();
  if (opened !== "sqlite") return expect(await probe("show synchronous_commit")).toBe("on");
  expect(await probe("pragma synchronous")).toBe(2);
  expect(await probe("pragma journal_mode")).toBe("wal");
  expect(await probe("pragma foreign_keys")).toBe(1);
});
