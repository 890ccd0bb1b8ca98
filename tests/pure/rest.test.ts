import { expect, test } from "vitest";
import { worthTidying } from "#server/rest.ts";

const MIB = 1024 * 1024;
const look = (at: number, cpuSeconds: number, heap: number) => ({ at, cpuSeconds, heap: heap * MIB });

test("memory is given back after a quiet while, once, and never amid work", () => {
  expect(worthTidying(look(0, 5, 180), look(10, 5.1, 180), 0)).toBe(true);
  expect(worthTidying(look(0, 5, 180), look(10, 7, 180), 0)).toBe(false);
  expect(worthTidying(look(10, 5, 60), look(20, 5.1, 62), 60 * MIB)).toBe(false);
  expect(worthTidying(look(10, 5, 60), look(20, 5.1, 120), 60 * MIB)).toBe(true);
});
