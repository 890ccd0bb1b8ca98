import { afterEach, expect, test, vi } from "vitest";
import { isId, newId } from "#db/ids.ts";

afterEach(() => void vi.useRealTimers());

test("ids rise, and what is random in them never comes again and favours no letter", () => {
  vi.useFakeTimers({ toFake: ["Date"] });
  const ids: string[] = [];
  // Within a millisecond the next id follows the one before it: each of these is drawn anew.
  for (let at = Date.now(); ids.length < 4_000; vi.setSystemTime((at += 1))) ids.push(newId());
  expect(ids.every(isId)).toBe(true);
  expect(ids).toEqual([...ids].sort());
  const drawn = ids.map((id) => id.slice(10));
  expect(new Set(drawn).size).toBe(4_000);
  const times = new Map<string, number>();
  for (const letter of drawn.join("")) times.set(letter, (times.get(letter) ?? 0) + 1);
  expect(times.size).toBe(32);
  // 64,000 letters: 2,000 of each, give or take 44.
  for (const count of times.values()) expect(Math.abs(count - 2_000)).toBeLessThan(300);
});
