import { expect, test } from "vitest";
import { parseQuery } from "#search/query.ts";
import { fold, foldWithPositions, pairsOf, runsOf } from "#search/text.ts";
import { soundingLike, soundsOf } from "#search/pinyin.ts";

test.each([
  ["備課難點聽評課後標網鄉幫證", "备课难点听评课后标网乡帮证"],
  ["ＡＢｃ１２３", "abc123"],
  ["Café ÉCOLE", "cafe ecole"],
  ["㎡", "m2"],
  ["重·难、点，课", "重难点 课"],
  ["1、2、3和a·b", "1 2 3和a b"],
  ["说\u200b课\u00ad稿", "说课稿"],
  ["乾隆", "干隆"],
])("%s is folded to %s", (original, folded) => {
  expect(fold(original)).toBe(folded);
});

test("folding twice changes nothing more", () => {
  for (const text of ["備課「難點」①②③", "Ｒｕｓｔ２０２５㎡", "e\u0301"]) expect(fold(fold(text))).toBe(fold(text));
});

test("positions lead back to the original", () => {
  const original = "用㎡量👩‍🏫難點";
  const { text, at } = foldWithPositions(original);
  const unit = text.indexOf("难点");
  expect(original.slice(at(unit), at(unit + 2))).toBe("難點");
  expect(at(text.length)).toBe(original.length);
  expect(original.slice(at(text.indexOf("m2")), at(text.indexOf("量")))).toBe("㎡");
});

test("runs are of one kind", () => {
  expect(runsOf(fold("React18重难点，Ω3"))).toEqual([
    { kind: "letters", text: "react" },
    { kind: "digits", text: "18" },
    { kind: "han", text: "重难点" },
    { kind: "letters", text: "ω" },
    { kind: "digits", text: "3" },
  ]);
});

test("pairs overlap, and know characters outside the first plane", () => {
  expect(pairsOf("重难点")).toEqual(["重难", "难点"]);
  expect(pairsOf("𠮷野家")).toEqual(["𠮷野", "野家"]);
  expect(pairsOf("角")).toEqual([]);
});

test.each([
  ["分数除法的教案", ["分数", "除法", "教案"]],
  ["说课稿", ["说课稿"]],
  ["教学评一致性", ["教学评一致性"]],
  ["大单元 学情", ["大单元", "学情"]],
  ["角的度量", ["角", "度量"]],
  ["的", ["的"]],
  ["形和正", ["形", "正"]],
  ["PPT2版", ["ppt", "2", "版"]],
])("the query %s has the words %j", (text, words) => {
  expect(parseQuery(text).terms.map((term) => term.text)).toEqual(words);
});

test("a query of punctuation is not a blank one, a long one is cut", () => {
  expect(parseQuery(" \n\t")).toMatchObject({ blank: true, terms: [] });
  expect(parseQuery("！？")).toMatchObject({ blank: false, terms: [] });
  const long = parseQuery("分数的意义和性质以及通分约分".repeat(100));
  expect(long.cut).toBe(true);
  expect(long.terms.length).toBeLessThanOrEqual(12);
});

test("a title sounds as it is read, from each character on", () => {
  expect(soundsOf("长方形").full).toEqual(["changfangxing", "fangxing", "xing"]);
  expect(soundsOf("长方形").initials).toEqual(["cfx", "fx", "x"]);
  expect(soundsOf("绿色").full[0]).toBe("lvse");
  expect(soundsOf("PPT").full).toEqual([]);
});

test("what sounds like the letters is where it stands in the title", () => {
  const title = "《長方形》的面积";
  expect(soundingLike(title, "mianj").map(({ from, to }) => title.slice(from, to))).toEqual(["面积"]);
  expect(soundingLike(title, "cfx").map(({ from, to }) => title.slice(from, to))).toEqual(["長方形"]);
  expect(soundingLike(title, "zfx")).toEqual([]);
});
