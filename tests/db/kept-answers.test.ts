import Database from "better-sqlite3";
import { eq } from "drizzle-orm";
import { expect, onTestFinished, test } from "vitest";
import { engine } from "#db/dialect.ts";
import { reading } from "#db/freshness.ts";
import { keptAnswer } from "#db/kept-answers.ts";
import { openDb } from "#db/open.ts";
import { jobs, regions } from "#db/schema/index.ts";
import type { Db } from "#db/types.ts";
import { aDatabaseAddress } from "#tests/database.ts";
import { places } from "#tests/factories.ts";

/** Where another process may write without this one knowing, nothing is kept. */
const keeps = engine === "sqlite";

/** A county, a question for its name, and how often the database was asked. */
async function setting() {
  const address = await aDatabaseAddress();
  const open = await openDb(address);
  onTestFinished(() => open.close());
  const { db } = open;
  const { countyId } = await places(db);
  let asked = 0;
  const nameOf = keptAnswer(async (from: Db, id: string) => {
    asked += 1;
    const [row] = await from.select({ name: regions.name, more: regions.code }).from(regions).where(eq(regions.id, id));
    return row;
  });
  const rename = (name: string, on: Db = db) => on.update(regions).set({ name }).where(eq(regions.id, countyId));
  const wrote = (on: Db = db) => on.insert(jobs).values({ kind: "search.index", payload: {}, key: null, runAt: new Date(), createdAt: new Date() });
  return { address, db, countyId, nameOf, name: async (on: Db = db) => (await nameOf(on, countyId))?.name, rename, wrote, asked: () => asked };
}

test("an answer is kept while nothing is written that it was read from, and each question has its own", async () => {
  const { db, nameOf, name, rename, wrote, asked } = await setting();
  const before = await name();
  await wrote();
  expect(await name()).toBe(before);
  expect(asked()).toBe(keeps ? 1 : 2);
  expect(await nameOf(db, "nobody")).toBeUndefined();
  await rename("云川区");
  expect(await name()).toBe("云川区");
  const upper = keptAnswer(async (from: Db, id: string) => (await nameOf(from, id))?.name.toUpperCase());
  expect(await upper(db, "nobody")).toBeUndefined();
});

test("a transaction sees what it wrote, others see it once it is committed, and nobody after it was rolled back", async () => {
  const { address, db, name, rename } = await setting();
  const before = await name();
  // pglite has one connection, and whoever asks beside a transaction waits for its end.
  const beside = address.startsWith("pglite") ? async () => before : name;
  const during: (string | undefined)[] = [];
  await db
    .transaction(async (tx) => {
      await name(tx);
      await rename("云川区", tx);
      during.push(await name(tx), await beside());
      throw new Error("back");
    })
    .catch(() => undefined);
  expect(during).toEqual(["云川区", before]);
  expect(await name()).toBe(before);
  await db.transaction(async (tx) => void (await rename("听泉区", tx)));
  expect(await name()).toBe("听泉区");
});

test("what another process wrote is seen at once", async () => {
  const { address, name, countyId } = await setting();
  await name();
  if (!keeps) return;
  // Of another process this one's handles know nothing.
  const other = new Database(address);
  other.prepare("update regions set name = ? where id = ?").run("云川区", countyId);
  other.close();
  expect(await name()).toBe("云川区");
});

test("an answer in whose middle something was written is given and not kept", async () => {
  const { db, countyId, rename } = await setting();
  let pause = () => Promise.resolve();
  const twice = keptAnswer(async (from: Db) => {
    const read = async () => (await from.select({ name: regions.name }).from(regions).where(eq(regions.id, countyId)))[0]?.name;
    const first = await read();
    await pause();
    return [first, await read()];
  });
  pause = async () => void (await rename("云川区"));
  await twice(db);
  pause = () => Promise.resolve();
  expect(await twice(db)).toEqual(["云川区", "云川区"]);
});

test("what is made of an answer goes with what the answer was read from, however often it was given before", async () => {
  const { name, rename, wrote } = await setting();
  const [fresh, kept] = [reading(() => name()), reading(() => name())];
  await Promise.all([fresh.result, kept.result]);
  const later = reading(() => name());
  await later.result;
  await wrote();
  expect([fresh.stands(), kept.stands(), later.stands()]).toEqual([true, true, true]);
  await rename("云川区");
  expect([fresh.stands(), kept.stands(), later.stands()]).toEqual([false, false, false]);
});

test("who would change an answer that others get as well is told so", async () => {
  const { db, countyId, nameOf } = await setting();
  const row = await nameOf(db, countyId);
  if (!keeps || !row) return;
  expect(() => (row.name = "云川区")).toThrow(TypeError);
});

test("there is room for so much: what was wanted last stays", async () => {
  const { db, asked, name } = await setting();
  const long = keptAnswer(async (from: Db, no: number) => [no, "长".repeat(300_000), (await from.select({ id: regions.id }).from(regions)).length]);
  for (let no = 0; no < 40; no += 1) {
    await long(db, no);
    await name();
  }
  expect(asked()).toBe(keeps ? 1 : 40);
  let again = 0;
  const far = keptAnswer(async (_from: Db, what: string) => [what, (again += 1)]);
  await far(db, "first");
  for (let no = 100; no < 140; no += 1) await long(db, no);
  expect(await far(db, "first")).toEqual(["first", 2]);
});
