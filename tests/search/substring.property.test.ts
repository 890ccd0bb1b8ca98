import fc from "fast-check";
import { expect, test } from "vitest";
import { openSqliteSearch } from "#search/sqlite.ts";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { aDocument, shown } from "./documents.ts";

/** Characters of the field, traditional ones, and any others, so that words, pieces of words and nonsense come up. */
const character = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...Array.from("教学设计重难点说课评微分数除乘法的和意义平行四边形三角内面积長備課難點與後證听一二在了")) },
  { weight: 2, arbitrary: fc.integer({ min: 0x4e00, max: 0x9fff }).map((code) => String.fromCodePoint(code)) },
  { weight: 1, arbitrary: fc.integer({ min: 0x20000, max: 0x2a6df }).map((code) => String.fromCodePoint(code)) },
);
const run = fc.array(character, { minLength: 1, maxLength: 24 }).map((characters) => characters.join(""));
const text = fc.array(fc.oneof(run, fc.constantFrom("，", " ", "A1", "。\n", "👩‍🏫")), { minLength: 1, maxLength: 6 }).map((parts) => parts.join(""));

test("any 1 to 6 Chinese characters that stand together in a document find it", async () => {
  const folder = mkdtempSync(join(tmpdir(), "search-"));
  const engine = openSqliteSearch({ folder });
  try {
    let number = 0;
    await fc.assert(
      fc.asyncProperty(text, text, text, fc.nat(), fc.integer({ min: 1, max: 6 }), async (title, section, body, pick, length) => {
        const id = `plan:${number++}`;
        await engine.put([aDocument({ id, title, sections: [{ key: "process", text: section }], body, accessIds: [number] })]);
        const runs = [title, section, body].flatMap((part) => part.match(/\p{Script=Han}+/gu) ?? []);
        if (runs.length === 0) return;
        const characters = Array.from(runs[pick % runs.length]!);
        const start = pick % characters.length;
        const part = characters.slice(start, start + length).join("");
        const answer = await engine.search({ text: part, accessIds: [number] });
        expect(answer.hits.map((hit) => hit.id)).toEqual([id]);
        expect(answer.degraded).not.toBe("any_word");
        const [hit] = answer.hits;
        expect(shown(hit!.title) + shown(hit!.excerpt)).toContain("[");
      }),
      { numRuns: 400 },
    );
  } finally {
    await engine.close();
    rmSync(folder, { recursive: true, force: true });
  }
});

test("no query of any characters is refused or finds what is hidden", async () => {
  const folder = mkdtempSync(join(tmpdir(), "search-"));
  const engine = openSqliteSearch({ folder });
  try {
    await engine.put([aDocument({ id: "plan:hidden", title: "分数 a 1", accessIds: [7] }), aDocument({ id: "plan:open", title: "分数 a 1" })]);
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: "binary", maxLength: 60 }), fc.constantFrom("分数", "a", "1", '"', "*", ""), async (noise, known) => {
        const answer = await engine.search({ text: noise + known, accessIds: [0], facets: ["kind"], prefixLast: true });
        expect(answer.degraded).not.toBe("unavailable");
        expect(answer.total).toBeLessThanOrEqual(1);
        expect(answer.facetCounts.kind?.["lesson_plan"] ?? 0).toBe(answer.total);
        await engine.suggest({ text: noise + known, accessIds: [0] });
      }),
      { numRuns: 300 },
    );
  } finally {
    await engine.close();
    rmSync(folder, { recursive: true, force: true });
  }
});
