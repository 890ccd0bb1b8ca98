import { expect, test } from "vitest";
import { Allowances } from "#server/allowances.ts";

test("whoever takes another address of their own line for each try is one address all the same", () => {
  const left = (addresses: readonly string[]) => {
    const allowances = new Allowances();
    return addresses.map((address) => allowances.take("address", address, "passwordLetter", 0)).filter(Boolean).length;
  };
  const many = (of: (no: number) => string) => Array.from({ length: 400 }, (_, no) => of(no));
  expect(left(many((no) => `2001:db8:0:7::${no.toString(16)}`))).toBe(300);
  expect(left(many((no) => (no % 2 ? `2001:0DB8::7:0:1:${no.toString(16)}` : `2001:db8:0:0:7:0:1:${no.toString(16)}`)))).toBe(300);
  expect(left(many((no) => `2001:db8:0:${no.toString(16)}::1`))).toBe(400);
  expect(left(many((no) => `::ffff:10.0.${no >> 8}.${no & 255}`))).toBe(400);
});
