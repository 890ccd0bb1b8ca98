import fc from "fast-check";
import { expect, test } from "vitest";
import { has, holds, inBoth, inEither, joined, packed, unpacked } from "#search/row-lists.ts";

/** Lists of very different lengths, as two words of a query have them. */
const aList = fc.tuple(fc.integer({ min: 1, max: 4_000 }), fc.integer({ min: 1, max: 400 })).map(([last, step]) => Uint32Array.from({ length: Math.ceil(last / step) }, (_, at) => 1 + at * step));
const anyList = fc.oneof(aList, fc.uniqueArray(fc.integer({ min: 0, max: 5_000 }), { maxLength: 60 }).map((rows) => Uint32Array.from(rows.sort((one, other) => one - other))));

test("what is in both, in either, or in one list is what sets say, in order", () => {
  fc.assert(
    fc.property(anyList, anyList, (one, other) => {
      const [first, second] = [new Set(one), new Set(other)];
      const ascending = (rows: Iterable<number>) => [...rows].sort((a, b) => a - b);
      expect([...inBoth(one, other)]).toEqual(ascending([...first].filter((row) => second.has(row))));
      expect([...inEither(one, other)]).toEqual(ascending(new Set([...first, ...second])));
      for (const row of [0, 1, 2, ...other]) expect(has(one, row)).toBe(first.has(row));
    }),
  );
});

test("a list that is packed is the same when it is unpacked, and holds the same", () => {
  fc.assert(
    fc.property(anyList, anyList, (list, other) => {
      const bits = packed(list);
      expect([...unpacked(bits)]).toEqual([...list]);
      for (const row of [0, 1, 7, 8, 100_000, ...list, ...other]) expect(holds(bits, row)).toBe(has(list, row));
    }),
  );
});

test("what comes later stands behind", () => {
  expect([...joined(Uint32Array.of(1, 5), Uint32Array.of(7))]).toEqual([1, 5, 7]);
});
