import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { SearchEngine } from "#search/engine.ts";
import { openSqliteSearch } from "#search/sqlite.ts";
import { goldenDocuments, goldenQueries } from "./golden.ts";

let engine: SearchEngine;
const folder = mkdtempSync(join(tmpdir(), "search-"));

beforeAll(async () => {
  engine = openSqliteSearch({ folder });
  await engine.put(goldenDocuments);
});

afterAll(async () => {
  await engine.close();
  rmSync(folder, { recursive: true, force: true });
});

test.each(goldenQueries)("%s leads to what a teacher expects", async (text, expected) => {
  const found = (await engine.search({ text, accessIds: [0], limit: 10 })).hits.map((hit) => hit.id);
  expect(found).toEqual(expect.arrayContaining(expected.map((id) => `plan:${id}`)));
  // What is named first is what was meant most: it stands among the first three.
  expect(found.slice(0, 3)).toContain(`plan:${expected[0]}`);
});

test("the collection is large enough to mean something", () => {
  expect(goldenDocuments.length).toBeGreaterThanOrEqual(60);
  expect(goldenQueries.length).toBeGreaterThanOrEqual(40);
});
