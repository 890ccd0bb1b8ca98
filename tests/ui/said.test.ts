import { expect, test } from "vitest";
import { wordsOf } from "#app/i18n/i18n.ts";
import { remembering } from "#app/i18n/said.ts";
import en from "#app/i18n/en/index.ts";
import zhCN from "#app/i18n/zh-CN/index.ts";

const keysOf = (words: object, before = ""): string[] => Object.entries(words).flatMap(([key, value]) => (typeof value === "string" ? [before + key] : keysOf(value as object, `${before}${key}.`)));

test.each([["zh-CN", zhCN], ["en", en]] as const)("in %s every word is the same the first time and the second, and each room has its own", (locale, all) => {
  const words = wordsOf(locale, all);
  const said = remembering(words);
  for (const [room, own] of Object.entries(all)) {
    const [t, plain] = [said(null, room as "common"), words.getFixedT(null, room as "common")];
    for (const key of keysOf(own)) for (let time = 0; time < 2; time += 1) expect(t(key as "brand"), key).toBe(plain(key as "brand"));
  }
});

test("what is put into a sentence stands in it, and nobody gets another's", () => {
  const words = wordsOf("en", en);
  const [t, plain] = [remembering(words)(null, "resources"), words.getFixedT(null, "resources")];
  const into: Record<string, unknown>[] = [{ count: 1 }, { count: 2 }, { count: "2" }, { count: 1 }, { count: "1" }, { count: 1, name: "林雨桐" }, { name: "林雨桐", count: 1 }, { name: "林雨桐\0number\0", count: 1 }, { name: "长".repeat(100), count: 3 }, { name: { toString: () => "换了" }, count: 1 }, {}];
  for (let time = 0; time < 2; time += 1) {
    for (const key of ["find.total", "authors", "reused", "process.versions"] as const) for (const one of into) expect(t(key, one as { count: number; name: string }), JSON.stringify([key, one])).toBe(plain(key, one as { count: number; name: string }));
  }
  for (let n = 0; n < 5_000; n += 1) t("find.total", { count: n });
  expect(t("find.total", { count: 4_999 })).toBe("4999 results");
});

test("a sentence is not worked out twice for the same", () => {
  const words = wordsOf("en", en);
  let asked = 0;
  const getFixedT = (...of: Parameters<typeof words.getFixedT>) => {
    const find = words.getFixedT(...of) as unknown as (...what: unknown[]) => unknown; // what is asked is handed on as it is
    return (...what: unknown[]) => ((asked += 1), find(...what));
  };
  const t = remembering({ getFixedT } as unknown as typeof words)(null, "resources");
  for (let time = 0; time < 3; time += 1) for (const count of [3, 4]) t("find.total", { count });
  expect(asked).toBe(2);
});
