import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { bench } from "#tests/bench/told.ts";

const folder = mkdtempSync(join(tmpdir(), "bench-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test("search is timed in every class, beside the baseline", async () => {
  const { code, told } = await bench(["search", "--resources", "60", "--queries", "5"]);
  expect(code).toBe(0);
  expect(told).toMatchObject({ schema: 1, bench: "search", params: { engine: "sqlite", resources: 60 }, samples: 40, ok: true, skipped: null });
  const times = { p50Ms: expect.any(Number), p95Ms: expect.any(Number) };
  const names = ["twoChar", "oneChar", "pinyin", "initials", "traditional", "long", "facets", "asYouType"];
  expect(told).toMatchObject({ ours: { indexSeconds: expect.any(Number), indexBytes: expect.any(Number), classes: Object.fromEntries(names.map((name) => [name, times])) }, peer: { classes: { twoChar: times } } });
});

test("an index that is kept is asked again without being made", async () => {
  const command = ["search", "--resources", "60", "--queries", "5", "--baseline", "0", "--keep", join(folder, "kept")];
  expect((await bench(command)).told.ours).toMatchObject({ indexSeconds: expect.any(Number), heldCpuMs: expect.any(Number), openCpuMs: expect.any(Number) });
  expect((await bench(command)).told).toMatchObject({ ours: { indexSeconds: null }, samples: 40, ok: true });
});

test("our own golden file holds three hundred queries, and what they should find is found", async () => {
  const { code, told } = await bench(["recall"]);
  expect(code).toBe(0);
  expect(told.ours).toMatchObject({ innerWordsLost: 0, singleCharactersLost: 0 });
  expect(told.ours["queries"]).toBeGreaterThanOrEqual(300);
  expect(told.ours["recallAt10"]).toBeGreaterThanOrEqual(0.95);
  // The truth has something to lose: words alone lose it.
  expect(told.peer?.["innerWordsLost"]).toBeGreaterThan(100);
});

test("a foreign collection is measured against its own golden lines", async () => {
  const collection = aFile("collection.jsonl", [{ id: "a/1", title: "静夜思", body: "床前明月光，疑是地上霜。" }, { id: 2, title: "登鸛雀樓", body: "白日依山盡，黃河入海流。" }, { id: "c", title: "无题", body: "" }]);
  const golden = aFile("golden.jsonl", [{ q: "明月", relevant: ["a/1"] }, { q: "黄河入海", relevant: [2] }, { q: "相见时难", relevant: ["c"] }]);
  const { code, told } = await bench(["recall", "--collection", collection, "--golden", golden]);
  expect(code).toBe(0);
  expect(told.ours).toMatchObject({ documents: 3, queries: 3, recallAt10: 0.6667, ndcgAt10: 0.6667, innerWordsLost: 0, singleCharactersLost: 0 });
});

test("a part that is not there is named, and the exit says so", async () => {
  const { code, told } = await bench(["recall", "--engine", "meilisearch"]);
  expect(code).toBe(77);
  expect(told).toMatchObject({ ok: false, skipped: expect.stringContaining("MEILISEARCH_URL") });
  expect((await bench(["recall", "--golden", join(folder, "nowhere.jsonl")])).told.skipped).toContain("nowhere.jsonl");
});

function aFile(name: string, lines: readonly object[]): string {
  const path = join(folder, name);
  writeFileSync(path, lines.map((line) => JSON.stringify(line)).join("\n"));
  return path;
}
