import { expect, test } from "vitest";
import { parseQuery } from "#search/query.ts";
import { excerptOf } from "#search/snippet.ts";
import { shown } from "./documents.ts";

const excerpt = (text: string, query: string, title = "教学设计") => excerptOf({ title, sections: [{ key: "process", text }], body: "" }, parseQuery(query));

test("the excerpt begins near the densest place of a long text", () => {
  const text = `${"先说分数。".repeat(100)}分数除法的意义在这里。${"后来。".repeat(100)}`;
  const { excerpt: found } = excerpt(text, "分数除法的意义");
  expect(shown(found)).toContain("[分数除法]的[意义]在这里");
  expect(found.map((part) => part.text).join("").length).toBeLessThan(130);
  expect(found.at(0)).toEqual({ text: "…", hit: false });
});

test("segments joined are the original", () => {
  const text = "難點：①㎡的認識，②１ｄｍ２的認識";
  const { excerpt: found } = excerpt(text, "难点 m2 认识");
  expect(found.map((part) => part.text).join("")).toBe(text);
  expect(shown(found)).toContain("[難點]");
  expect(shown(found)).toContain("[認識]");
});

test("an emoji is never cut in two", () => {
  const { excerpt: found } = excerpt("👩‍🏫".repeat(60) + "分数" + "👩‍🏫".repeat(60), "分数");
  for (const { text } of found) expect(text).not.toMatch(/\p{Surrogate}/u);
});

test("numbers and letters are marked as whole words", () => {
  expect(shown(excerpt("第12课，第1课，b和bc", "1 b").excerpt)).toBe("第12课，第[1]课，[b]和bc");
});

test("a synonym is marked where the word itself does not stand", () => {
  expect(shown(excerpt("一份教学设计。", "教案").excerpt)).toBe("一份[教学设计]。");
  expect(shown(excerpt("一份教案，不是教学设计。", "教案").excerpt)).toBe("一份[教案]，不是教学设计。");
});

test("a word that is there only in pieces is marked in pieces", () => {
  expect(shown(excerpt("重难、难点", "重难点").excerpt)).toBe("[重难]、[难点]");
});

test("words in a section that is not asked for are not shown", () => {
  const document = { title: "一", sections: [{ key: "process", text: "分数分数" }, { key: "reflection", text: "一次分数" }], body: "分数" };
  expect(excerptOf(document, parseQuery("分数"), "reflection")).toMatchObject({ section: "reflection" });
});
