import { expect, test } from "vitest";
import en from "#app/i18n/en/index.ts";
import zhCN from "#app/i18n/zh-CN/index.ts";

type Words = { [key: string]: string | Words };

function sentences(words: Words, path = ""): Map<string, string> {
  const found = new Map<string, string>();
  for (const [key, value] of Object.entries(words)) {
    if (typeof value === "string") found.set(`${path}${key}`, value);
    else for (const [inner, sentence] of sentences(value, `${path}${key} › `)) found.set(inner, sentence);
  }
  return found;
}

const placeholders = (sentence: string) => [...sentence.matchAll(/\{\{(\w+)\}\}/g)].map((match) => match[1]).sort();

test("both languages have every sentence, and fill in the same things", () => {
  const chinese = sentences(zhCN as Words);
  const english = sentences(en as Words);
  expect(chinese.size).toBeGreaterThan(100);
  const missing = [...chinese.keys()].filter((key) => !english.has(key));
  expect(missing).toEqual([]);
  const differing = [...chinese].filter(([key, sentence]) => {
    const other = placeholders(english.get(key) ?? "").filter((name) => name !== "count");
    return JSON.stringify(other) !== JSON.stringify(placeholders(sentence).filter((name) => name !== "count"));
  });
  expect(differing.map(([key]) => key)).toEqual([]);
});

test("English sentences hold no Chinese, and Chinese ones no exclamation marks", () => {
  const mixed = [...sentences(en as Words)].filter(([key, sentence]) => /\p{Script=Han}/u.test(sentence) && !key.includes("preferences"));
  expect(mixed.map(([key]) => key)).toEqual([]);
  expect([...sentences(zhCN as Words)].filter(([, sentence]) => /[!！]/.test(sentence)).map(([key]) => key)).toEqual([]);
});
