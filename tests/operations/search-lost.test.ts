import { rmSync } from "node:fs";
import { join } from "node:path";
import { pino } from "pino";
import { expect, onTestFinished, test } from "vitest";
import type { Db } from "#db/types.ts";
import { openSearch } from "#server/search.ts";
import { running } from "#tests/e2e/running.ts";
import { anOpenDatabase } from "#tests/database.ts";
import { aStudio } from "#tests/factories.ts";
import { aFolder } from "#tests/processes/parts.ts";

const SOON = { timeout: 30_000, interval: 100 };
/** Visitors may not look for something ten times a second. */
const ASKED = { timeout: 60_000, interval: 1_000 };

/** A search that has made its index of five studios. `through`: how it sees its database. */
async function aSearch(through: (db: Db) => Db = (db) => db) {
  const open = await anOpenDatabase();
  for (let n = 0; n < 5; n += 1) await aStudio(open.db, { name: `分数工作室${n}` });
  const dataDir = aFolder();
  const search = openSearch({ dataDir, meilisearch: { url: undefined, apiKey: undefined }, mode: "production" }, { db: through(open.db), secret: "秘密", log: pino({ level: "silent" }) });
  onTestFinished(async () => {
    await search.stop();
    await open.close();
  });
  await search.begin();
  const found = () => search.engine.search({ text: "分数", accessIds: [0] });
  await expect.poll(async () => (await found()).total, SOON).toBe(5);
  return { found, folder: join(dataDir, "search") };
}

test("an index that is deleted while the server runs is said to be made anew, and is made without anybody's doing", { timeout: 60_000 }, async () => {
  const { found, folder } = await aSearch();
  rmSync(folder, { recursive: true });
  expect(await found()).toMatchObject({ total: 0, degraded: "rebuild_needed" });
  await expect.poll(found, SOON).toMatchObject({ total: 5 });
  expect((await found()).degraded).toBeUndefined();
});

test("one that could not be made is tried again soon", { timeout: 60_000 }, async () => {
  let failures = 0;
  const { found } = await aSearch((db) => new Proxy(db, {
    get(target, name) {
      if (name === "select" && failures++ === 0) throw new Error("the database is away");
      return Reflect.get(target, name) as unknown;
    },
  }));
  expect(failures).toBeGreaterThan(1);
  expect(await found()).toMatchObject({ total: 5 });
});

test("who looks for something in a running server whose index is deleted finds it again", { timeout: 120_000 }, async () => {
  const server = await running();
  onTestFinished(() => server.stop());
  const hits = async (words: string) => (await (await fetch(`${server.url}/resources?q=${encodeURIComponent(words)}`)).text()).match(/href="\/resources\/\w{26}/g)?.length ?? 0;
  await expect.poll(() => hits("分数"), ASKED).toBeGreaterThan(0);
  rmSync(join(server.dataDir, "search"), { recursive: true });
  // What was found before may be kept; other words are looked up.
  await expect.poll(() => hits("分数 意义"), ASKED).toBeGreaterThan(0);
});
