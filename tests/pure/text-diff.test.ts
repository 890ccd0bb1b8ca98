import fc from "fast-check";
import { expect, test } from "vitest";
import { differences, type Piece } from "#app/plans/text-diff.ts";

const shown = (pieces: readonly Piece[]) => pieces.map(({ kind, text }) => (kind === "same" ? text : kind === "gone" ? `[-${text}]` : `[+${text}]`)).join("");

test.each([
  ["把 8 个苹果平均分成四份", "把 12 个鸡蛋平均分成四份", "把 [-8 个苹果][+12 个鸡蛋]平均分成四份"],
  ["分苹果。", "分苹果，再分鸡蛋。", "分苹果[+，再分鸡蛋]。"],
  ["先折纸，后涂色。", "先折纸。", "先折纸[-，后涂色]。"],
  ["", "新的一栏", "[+新的一栏]"],
  ["不变", "不变", "不变"],
  ["做题", "说题理", "[-做题][+说题理]"],
])("%s → %s", (before, after, expected) => {
  expect(shown(differences(before, after))).toBe(expected);
});

const text = fc.array(fc.constantFrom(..."分数的意义，。苹果鸡蛋\nab1 "), { maxLength: 30 }).map((characters) => characters.join(""));

test("both texts can be read out of any difference, whatever they are", () => {
  fc.assert(
    fc.property(text, text, (before, after) => {
      const pieces = differences(before, after);
      const without = (kind: Piece["kind"]) => pieces.filter((piece) => piece.kind !== kind).map((piece) => piece.text).join("");
      expect(without("new")).toBe(before);
      expect(without("gone")).toBe(after);
      expect(pieces.every((piece, at) => piece.text !== "" && piece.kind !== pieces[at + 1]?.kind)).toBe(true);
    }),
    { numRuns: 500 },
  );
});

test("two long texts that share nothing are said to be new as a whole", () => {
  expect(differences("分".repeat(3000), "数".repeat(3000))).toEqual([{ kind: "gone", text: "分".repeat(3000) }, { kind: "new", text: "数".repeat(3000) }]);
});
