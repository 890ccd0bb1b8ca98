import { expect, test } from "vitest";
import { Allowances } from "#server/allowances.ts";

test("whoever takes another address of their own line for each try is one address all the same", () => {
  const left = (addresses: readonly string[]) => {
    const allowances = new Allowances();
    return addresses.map((address) => allowances.take("address", address, "passwordLetter", 1, 0)).filter(Boolean).length;
  };
  const many = (of: (no: number) => string) => Array.from({ length: 400 }, (_, no) => of(no));
  expect(left(many((no) => `2001:db8:0:7::${no.toString(16)}`))).toBe(300);
  expect(left(many((no) => (no % 2 ? `2001:0DB8::7:0:1:${no.toString(16)}` : `2001:db8:0:0:7:0:1:${no.toString(16)}`)))).toBe(300);
  expect(left(many((no) => `2001:db8:0:${no.toString(16)}::1`))).toBe(400);
  expect(left(many((no) => `::ffff:10.0.${no >> 8}.${no & 255}`))).toBe(400);
});

test("what one person uploads in a day is bounded by its bytes, comes back with the hours, and is nobody else's, be they two hundred behind one address", () => {
  const MEGABYTE = 1 << 20;
  const HOUR = 3_600_000;
  const allowances = new Allowances(undefined, undefined, 240 * MEGABYTE);
  const brings = (who: string, megabytes: number, hours: number) => allowances.take("person", who, "uploadBytes", megabytes * MEGABYTE, hours * HOUR);
  expect([50, 50, 50, 50].map((megabytes) => brings("林雨桐", megabytes, 0))).toEqual([true, true, true, true]);
  // What does not fit takes nothing from what does.
  expect([brings("林雨桐", 50, 0), brings("林雨桐", 40, 0), brings("林雨桐", 1, 0)]).toEqual([false, true, false]);
  expect([brings("林雨桐", 11, 1), brings("林雨桐", 10, 1)]).toEqual([false, true]);
  expect(Array.from({ length: 200 }, (_, no) => brings(`教师${no}`, 240, 1)).every(Boolean)).toBe(true);
  expect(allowances.take("address", "10.0.0.1", "uploadBytes", 100_000 * MEGABYTE, 0)).toBe(true);
  expect([brings("林雨桐", 240, 1_000), brings("林雨桐", 1, 1_000)]).toEqual([true, false]);
});
