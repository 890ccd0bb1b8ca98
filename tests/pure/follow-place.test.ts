import fc from "fast-check";
import { expect, test } from "vitest";
import { followPlace } from "#app/plans/editor/follow-place.ts";

/** Blocks one under the other, the place marked: "认识|分数 / 的意义". */
function blocksOf(marked: string) {
  return marked.split(" / ").map((text, i) => ({ key: String(i), text }));
}

function placeOf(marked: string) {
  const blocks = blocksOf(marked);
  const block = blocks.findIndex(({ text }) => text.includes("|"));
  return { block, offset: blocks[block]?.text.indexOf("|") ?? -1 };
}

const places: [string, string, string][] = [
  ["joined, the rest deleted, split before the left neighbour", "从仏| / 仜仝", "从 / 仏|"],
  ["split at the place, the second half written on and joined", "僈僉 / |働 / 傛傜", "僈僉 /  / 僗僘|働傛傜"],
  ["the paragraph of the left neighbour was split", "认识分数|的意义", "认识 / 分数|的意义"],
  ["the left neighbour is gone: before the right one", "分数|的意义", "分 / 新|的意义"],
  ["at the start of a block: no neighbour in the block above", "认识 / |分数", "认识 / 百|分数"],
  ["at the end of a block: no neighbour in the block below", "认识| / 分数", "认识|分数"],
];

test.each(places)("follows a place: %s", (_what, before, after) => {
  const found = followPlace(blocksOf(before.replace("|", "")), placeOf(before), blocksOf(after.replace("|", "")));
  expect(found).toEqual({ ...placeOf(after), besideNeighbour: true });
});

test("behind words that were to be replaced, the right neighbour counts first", () => {
  const [before, after] = [blocksOf("分数的意义"), blocksOf("数的新意义")];
  expect(followPlace(before, { block: 0, offset: 3 }, after, "right")).toEqual({ block: 0, offset: 3, besideNeighbour: true });
  expect(followPlace(before, { block: 0, offset: 3 }, after)).toEqual({ block: 0, offset: 2, besideNeighbour: true });
});

test("a block of which nothing is left: where it was, and said so", () => {
  expect(followPlace(blocksOf("认识 / 分数 / 意义"), { block: 1, offset: 1 }, blocksOf("认识 /  / 意义"))).toEqual({ block: 1, offset: 0, besideNeighbour: false });
});

const sizes = fc.array(fc.nat(6), { minLength: 1, maxLength: 6 });
const edits = fc.array(fc.record({ kind: fc.constantFrom("insert", "delete", "split", "join", "remove"), block: fc.nat(20), at: fc.nat(20), count: fc.integer({ min: 1, max: 3 }) }), { maxLength: 8 });

/** What others do in a section; every character that they write is a new one. */
function edited(texts: readonly string[], changes: (typeof edits extends fc.Arbitrary<infer T> ? T : never)): string[] {
  const after = [...texts];
  let fresh = 0x6e00;
  for (const { kind, block, at, count } of changes) {
    const one = block % after.length;
    const text = after[one] ?? "";
    const cut = at % (text.length + 1);
    if (kind === "insert") after[one] = text.slice(0, cut) + Array.from({ length: count }, () => String.fromCharCode(fresh++)).join("") + text.slice(cut);
    if (kind === "delete") after[one] = text.slice(0, cut) + text.slice(cut + count);
    if (kind === "split") after.splice(one, 1, text.slice(0, cut), text.slice(cut));
    if (kind === "join" && one + 1 < after.length) after.splice(one, 2, text + (after[one + 1] ?? ""));
    if (kind === "remove" && after.length > 1) after.splice(one, 1);
  }
  return after;
}

test("the place stands beside a neighbour of its own block as long as one of them lives, whatever was split, joined and written", () => {
  fc.assert(
    fc.property(sizes, edits, fc.nat(50), fc.nat(50), fc.constantFrom("left" as const, "right" as const), (lengths, changes, which, where, prefer) => {
      let next = 0x4e00;
      const before = lengths.map((length) => Array.from({ length }, () => String.fromCharCode(next++)).join(""));
      const block = which % before.length;
      const text = before[block] ?? "";
      const offset = where % (text.length + 1);
      const after = edited(before, changes);
      const found = followPlace(keyed(before), { block, offset }, keyed(after), prefer);
      const lives = (neighbour: string | undefined): neighbour is string => neighbour !== undefined && after.join("").includes(neighbour);
      const [left, right] = [text[offset - 1], text[offset]];
      expect(found.besideNeighbour).toBe(lives(left) || lives(right));
      if (!found.besideNeighbour) return;
      const beside = { left: after[found.block]?.[found.offset - 1], right: after[found.block]?.[found.offset] };
      if (lives(left) && !(prefer === "right" && lives(right))) expect(beside.left).toBe(left);
      else expect(beside.right).toBe(right);
    }),
    { numRuns: 2000 },
  );
});

function keyed(texts: readonly string[]) {
  return texts.map((text, i) => ({ key: String(i), text }));
}
