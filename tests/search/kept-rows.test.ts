import fc from "fast-check";
import { expect, test } from "vitest";
import { KeptRows } from "#search/kept-rows.ts";

/** Rows 1 to `last`; a condition is a number, and the rows that it divides satisfy it. */
function growing() {
  const index = { last: 0, reads: 0, read: (match: string, after: number) => (index.reads++, rowsOf(match, after)) };
  const rowsOf = (match: string, after: number) => Uint32Array.from({ length: index.last }, (_, at) => at + 1).filter((row) => row > after && row % Number(match) === 0);
  return { index, rowsOf };
}

test("a kept list is what reading it anew would give, however the index grows and whatever is asked between", () => {
  fc.assert(
    fc.property(fc.array(fc.oneof(fc.record({ grow: fc.integer({ min: 1, max: 900 }) }), fc.record({ ask: fc.integer({ min: 1, max: 4 }), behind: fc.integer({ min: 0, max: 3 }) })), { maxLength: 40 }), (acts) => {
      const { index, rowsOf } = growing();
      const kept = new KeptRows(index.read, 6_000);
      for (const act of acts) {
        if ("grow" in act) index.last += act.grow;
        // Whoever asks may not have followed to the last row yet.
        else expect(Array.from(kept.rows(String(act.ask), index.last - act.behind)).filter((row) => row <= index.last - act.behind)).toEqual(Array.from(rowsOf(String(act.ask), 0)).filter((row) => row <= index.last - act.behind));
      }
    }),
    { numRuns: 60 },
  );
});

test("a long list is read once, and afterwards only what came since", () => {
  const { index } = growing();
  const kept = new KeptRows(index.read);
  index.last = 2_000;
  kept.rows("1", 2_000);
  kept.rows("1", 2_000);
  expect(index.reads).toBe(1);
  index.last = 2_001;
  expect(kept.rows("1", 2_001).at(-1)).toBe(2_001);
  expect(index.reads).toBe(2);
});

test("what is kept stays within its bound: the list that nobody asked for the longest goes first", () => {
  const { index } = growing();
  const kept = new KeptRows(index.read, 4_000);
  index.last = 1_000;
  for (const match of ["1.0", "1.00", "1.000", "1.0000"]) kept.rows(match, 1_000);
  kept.rows("1.0", 1_000);
  kept.rows("1", 1_000);
  const before = index.reads;
  kept.rows("1.0", 1_000);
  expect(index.reads).toBe(before);
  kept.rows("1.00", 1_000);
  expect(index.reads).toBe(before + 1);
});
