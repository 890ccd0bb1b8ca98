import { expect, test } from "vitest";
import { reading } from "#db/freshness.ts";
import type { SearchEngine } from "#search/engine.ts";
import { followed } from "#search/followed.ts";
import { aDocument } from "./documents.ts";
import { anEngine } from "./embedded.ts";

const question = { text: "分数", accessIds: [0] };
const document = aDocument({ id: "plan:1", title: "分数的意义" });

/** Something made of an answer, to be kept while it stands. */
async function aPage(engine: SearchEngine) {
  const page = reading(() => engine.search(question));
  await page.result;
  return page;
}

test("what came of an answer stands until the index changes, whichever way", async () => {
  const engine = followed(anEngine());
  const changes: Record<string, () => Promise<unknown>> = {
    put: () => engine.put([document]),
    remove: () => engine.remove(["plan:1"]),
    clear: () => engine.clear(),
    rebuild: async () => (await engine.beginRebuild()).finish(),
  };
  for (const [name, change] of Object.entries(changes)) {
    const page = await aPage(engine);
    await engine.search(question);
    await engine.state();
    expect([name, page.stands()]).toEqual([name, true]);
    await change();
    expect([name, page.stands()]).toEqual([name, false]);
  }
});

test("what was asked before a change, and answered while it went on, does not stand after it", async () => {
  const embedded = anEngine();
  let stored = () => {};
  const engine = followed({ ...wrapped(embedded), put: () => new Promise<void>((resolve) => (stored = resolve)) });
  const putting = engine.put([document]);
  const page = await aPage(engine);
  stored();
  await putting;
  expect(page.stands()).toBe(false);
});

test("a change that failed may have changed a part", async () => {
  const engine = followed({ ...wrapped(anEngine()), put: () => Promise.reject(new Error("the disk is full")) });
  const page = await aPage(engine);
  await expect(engine.put([document])).rejects.toThrow("the disk is full");
  expect(page.stands()).toBe(false);
});

test("an index that cannot answer now answers for nobody who comes later", async () => {
  const engine = followed({ ...wrapped(anEngine()), search: async () => ({ total: 0, hits: [], facetCounts: {}, engine: "sqlite", degraded: "unavailable" }) });
  expect((await aPage(engine)).stands()).toBe(false);
});

test("suggestions are read from it as well", async () => {
  const engine = followed(anEngine());
  const page = reading(() => engine.suggest(question));
  await page.result;
  await engine.put([document]);
  expect(page.stands()).toBe(false);
});

function wrapped(engine: SearchEngine): SearchEngine {
  return { name: engine.name, put: (documents) => engine.put(documents), remove: (ids) => engine.remove(ids), clear: () => engine.clear(), search: (query) => engine.search(query), suggest: (query) => engine.suggest(query), state: () => engine.state(), beginRebuild: () => engine.beginRebuild(), close: () => engine.close() };
}
