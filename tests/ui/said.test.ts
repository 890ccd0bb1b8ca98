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

test("what something is put into is said anew each time", () => {
  const t = remembering(wordsOf("en", en))(null, "resources");
  const counted = [1, 2, 1].map((count) => t("find.total", { count }));
  expect(new Set(counted).size).toBe(2);
  expect(counted[0]).toBe(counted[2]);
});
