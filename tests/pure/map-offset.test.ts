import fc from "fast-check";
import { expect, test } from "vitest";
import { mapOffset } from "#app/plans/editor/map-offset.ts";

const places: [string, string, string, string][] = [
  ["nothing changed", "分数|的意义", "分数的意义", "分数|的意义"],
  ["typed before it", "分数|的意义", "百分数的意义", "百分数|的意义"],
  ["typed after it", "分数|的意义", "分数的新意义", "分数|的新意义"],
  ["typed at it: it stays with its left neighbour", "分数|的意义", "分数新的意义", "分数|新的意义"],
  ["left neighbour gone", "分数|的意义", "分的意义", "分|的意义"],
  ["both neighbours gone", "分数|的意义", "分意义", "分|意义"],
  ["all gone", "分数|的意义", "", "|"],
  ["split in two blocks before it", "认识分数|的意义", "认识\u0001分数的意义", "认识\u0001分数|的意义"],
  ["at the end", "分数的意义|", "分数的意义和性质", "分数的意义|和性质"],
  ["at the start", "|分数", "百分数", "百|分数"],
];

test.each(places)("follows a place: %s", (_what, before, after, expected) => {
  const at = before.indexOf("|");
  const { offset } = mapOffset(before.replace("|", ""), after, at);
  expect(`${after.slice(0, offset)}|${after.slice(offset)}`).toBe(expected);
});

test("prefers the right neighbour when asked to", () => {
  expect(mapOffset("分数的", "分数新的", 2, true)).toEqual({ offset: 3, leftKept: true, rightKept: true });
});

/** Every character is another one, so that where it went is beyond doubt. */
const distinct = (from: number) => fc.integer({ min: 0, max: 40 }).map((length) => Array.from({ length }, (_, i) => String.fromCharCode(from + i)));
const edits = fc.array(fc.record({ at: fc.nat(60), remove: fc.nat(6), insert: fc.nat(4) }), { maxLength: 6 });

test("the place stays beside the neighbour that survived, whatever others inserted and deleted", () => {
  fc.assert(
    fc.property(distinct(0x4e00), edits, fc.nat(60), fc.boolean(), (characters, changes, where, preferRight) => {
      const after = [...characters];
      let fresh = 0x6e00;
      for (const { at, remove, insert } of changes) {
        after.splice(at % (after.length + 1), remove, ...Array.from({ length: insert }, () => String.fromCharCode(fresh++)));
      }
      const offset = where % (characters.length + 1);
      const left = characters[offset - 1];
      const right = characters[offset];
      const found = mapOffset(characters.join(""), after.join(""), offset, preferRight);
      const leftLives = left !== undefined && after.includes(left);
      const rightLives = right !== undefined && after.includes(right);
      expect(found).toMatchObject({ leftKept: leftLives, rightKept: rightLives });
      if (leftLives && !(preferRight && rightLives)) expect(after[found.offset - 1]).toBe(left);
      else if (rightLives) expect(after[found.offset]).toBe(right);
      else {
        const survivors = characters.slice(0, offset).filter((one) => after.includes(one));
        expect(after.slice(0, found.offset)).toEqual(expect.arrayContaining(survivors));
      }
    }),
    { numRuns: 2000 },
  );
});

test("a text rewritten beyond recognition still gives a place inside it", () => {
  const before = "旧".repeat(3000);
  const after = "新".repeat(2500);
  expect(mapOffset(before, after, 1500)).toEqual({ offset: 0, leftKept: false, rightKept: false });
});
