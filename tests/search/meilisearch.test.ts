import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import type { SearchEngine } from "#search/engine.ts";
import { openMeilisearch, RebuiltElsewhere } from "#search/meilisearch.ts";
import { reindex } from "#search/reindex.ts";
import { aDocument } from "./documents.ts";
import { keepsTheSearchContract } from "./engine.contract.ts";
import { meilisearchIsHere, type RunningMeilisearch, startMeilisearch } from "./running-meilisearch.ts";

if (meilisearchIsHere()) {
  let server: RunningMeilisearch;
  beforeAll(async () => {
    server = await startMeilisearch();
  });
  const run = `test_${randomUUID()}`;
  afterAll(async () => {
    await server.forget(run);
    await server.end();
  });
  const open = (name = `${run}_${randomUUID()}`) => openMeilisearch({ url: server.url, apiKey: server.apiKey, name });
  const opened = (name?: string): SearchEngine => {
    const engine = open(name);
    onTestFinished(() => engine.close());
    return engine;
  };
  keepsTheSearchContract("Meilisearch", async () => open());

  const plan = aDocument({ id: "plan:1", title: "分数的意义" });
  const question = { text: "分数", accessIds: [0] };

  test("an index that was never built says so, and one that was lost, though the server made another for what came later", async () => {
    const name = `${run}_${randomUUID()}`;
    const engine = opened(name);
    expect(await engine.state()).toMatchObject({ ready: true, documents: 0, rebuild: "missing" });
    await engine.put([plan]);
    expect(await engine.state()).toMatchObject({ documents: 1, rebuild: "missing" });
    await reindex(engine, [plan]);
    expect(await engine.state()).toMatchObject({ documents: 1, rebuild: null });
    await server.forget(name);
    await expect.poll(() => server.indexes(name)).toEqual([]);
    expect(await engine.search(question)).toMatchObject({ total: 0, degraded: "rebuild_needed" });
    await engine.put([plan]);
    expect(await engine.state()).toMatchObject({ documents: 1, rebuild: "missing" });
    await reindex(engine, [plan]);
    expect(await engine.state()).toMatchObject({ documents: 1, rebuild: null });
    expect(await engine.search(question)).toMatchObject({ total: 1 });
    expect(await server.indexes(name)).toHaveLength(1);
  });

  test("an index that other settings made is made again", async () => {
    const name = `${run}_${randomUUID()}`;
    const engine = opened(name);
    await reindex(engine, [plan]);
    const [uid] = await server.indexes(name);
    await server.request(`/indexes/${uid}/settings/synonyms`, "PUT", { tongyanindex: ["another", "whole"] });
    await expect.poll(async () => (await engine.state()).rebuild).toBe("old_format");
  });

  test("questions while it is swapped are answered from the old or the new index, never from none", async () => {
    const engine = opened();
    await reindex(engine, [plan]);
    let over = false;
    const answers: (number | string)[] = [];
    const asking = (async () => {
      while (!over) {
        const { total, degraded } = await engine.search(question);
        answers.push(degraded ?? total);
      }
    })();
    for (let time = 0; time < 5; time += 1) await reindex(engine, [plan]);
    over = true;
    await asking;
    expect(answers.length).toBeGreaterThan(5);
    expect([...new Set(answers)]).toEqual([1]);
  });

  test("two processes do not rebuild at once, and both see the other's documents", async () => {
    const name = `${run}_${randomUUID()}`;
    const [one, other] = [opened(name), opened(name)];
    const rebuild = await one.beginRebuild();
    await expect(other.beginRebuild()).rejects.toThrow(RebuiltElsewhere);
    await rebuild.put([plan]);
    await rebuild.finish();
    expect(await other.search(question)).toMatchObject({ total: 1 });
    await other.put([aDocument({ id: "plan:2", title: "分数的性质" })]);
    expect(await one.search(question)).toMatchObject({ total: 2 });
    await reindex(other, [plan]);
    expect(await one.search(question)).toMatchObject({ total: 1 });
  });

  test("killed while it stores, it says that it is away, and has what it had when it is there again", async (context) => {
    if (!server.kill) return context.skip("the server is somebody's");
    const engine = opened();
    const shelf = Array.from({ length: 50 }, (_, number) => aDocument({ id: `plan:${number}`, title: `分数第${number}课` }));
    await reindex(engine, shelf.slice(0, 20));
    const storing = engine.put(shelf).catch((error: unknown) => error);
    await server.kill();
    await storing;
    expect(await engine.search(question)).toMatchObject({ total: 0, degraded: "unavailable" });
    expect(await engine.state()).toMatchObject({ ready: false });
    await server.startAgain();
    expect((await engine.search(question)).total).toBeGreaterThanOrEqual(20);
    expect(await engine.state()).toMatchObject({ ready: true, rebuild: null });
    await engine.put(shelf);
    expect(await engine.search(question)).toMatchObject({ total: 50 });
  });
} else {
  test.skip("Meilisearch keeps the contract of search, and is survived: not tested, for there is no server (MEILISEARCH_URL, or meilisearch on the PATH)");
}
