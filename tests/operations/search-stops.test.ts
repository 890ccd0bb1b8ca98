import { readdirSync } from "node:fs";
import { join } from "node:path";
import { pino } from "pino";
import { expect, test } from "vitest";
import { openSearch } from "#server/search.ts";
import { anOpenDatabase } from "#tests/database.ts";
import { aStudio } from "#tests/factories.ts";
import { aFolder } from "#tests/processes/parts.ts";

test("told to stop while it makes its index it lets go before the database does, complains of nothing, and begins anew the next time", async () => {
  const open = await anOpenDatabase();
  for (let n = 0; n < 5; n += 1) await aStudio(open.db);
  const said: string[] = [];
  const log = pino({ level: "warn" }, { write: (line: string) => void said.push(line) });
  const dataDir = aFolder();
  const begun = async () => {
    const search = openSearch({ dataDir, meilisearch: { url: undefined, apiKey: undefined }, mode: "production" }, { db: open.db, secret: "秘密", log });
    await search.begin();
    return search;
  };
  const first = await begun();
  // Its first question is asked by now, and not answered.
  await new Promise((resolve) => setImmediate(resolve));
  await first.stop();
  const second = await begun();
  await expect.poll(async () => (await second.engine.state()).rebuild).toBeNull();
  expect((await second.engine.search({ text: "", accessIds: [0] })).total).toBe(5);
  await second.stop();
  await open.close();
  await new Promise((resolve) => setTimeout(resolve, 200));
  expect(said).toEqual([]);
  expect(readdirSync(join(dataDir, "search")).filter((name) => name.endsWith(".sqlite"))).toHaveLength(1);
});
