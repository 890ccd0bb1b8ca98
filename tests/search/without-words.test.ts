import { expect, test, vi } from "vitest";
import { Columns } from "#search/columns.ts";
import { reindex } from "#search/reindex.ts";
import { aFolder } from "#tests/processes/parts.ts";
import { aDocument } from "./documents.ts";
import { anEngine } from "./embedded.ts";

test("whoever asks without words gets what there is now, of what they may know of, and nobody else's copy; the index is gone through once", async () => {
  const folder = aFolder();
  const [engine, other] = [anEngine(folder), anEngine(folder)];
  const all = async (accessIds: number[] = [0]) => (await engine.search({ text: " ", accessIds, facets: ["kind"] })).hits.map((hit) => hit.id).sort();
  const changes: [() => Promise<unknown>, string[]][] = [
    [() => engine.put([aDocument({ id: "plan:1", title: "分数的意义" }), aDocument({ id: "plan:2", title: "分数的性质", accessIds: [7] })]), ["plan:1"]],
    [() => other.put([aDocument({ id: "plan:3", title: "分数的大小" })]), ["plan:1", "plan:3"]],
    [() => engine.put([aDocument({ id: "plan:3", title: "分数的大小", accessIds: [7] })]), ["plan:1"]],
    [() => other.remove(["plan:1"]), []],
    [() => reindex(other, [aDocument({ id: "plan:4", title: "约分" })]), ["plan:4"]],
    [() => engine.clear(), []],
    [() => engine.put([aDocument({ id: "plan:5", title: "通分" })]), ["plan:5"]],
  ];
  for (const [change, wanted] of changes) {
    await all();
    await change();
    expect(await all()).toEqual(wanted);
  }
  expect(await all([7])).toEqual([]);
  const gone = vi.spyOn(Columns.prototype, "narrow");
  const mine = await engine.search({ text: "", accessIds: [0], facets: ["kind"] });
  mine.hits.length = 0;
  mine.facetCounts.kind = {};
  expect(await engine.search({ text: "", accessIds: [0], facets: ["kind"] })).toMatchObject({ total: 1, hits: [{ id: "plan:5" }], facetCounts: { kind: { lesson_plan: 1 } } });
  expect(gone).toHaveBeenCalledTimes(1);
  gone.mockRestore();
});
