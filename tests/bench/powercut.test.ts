import { spawnSync } from "node:child_process";
import { expect, test } from "vitest";
import { bench } from "#tests/bench/told.ts";

const watched = process.platform === "linux" && spawnSync("cc", ["--version"]).error === undefined;
const here = { PATH: process.env.PATH ?? "" };

test.skipIf(!watched)("a power cut takes nothing that was acknowledged, and would be seen to if it did", async () => {
  const { code, told } = await bench(["powercut", "--cuts", "10"], here);
  expect(told).toMatchObject({ bench: "powercut", ours: { cuts: 10, lost: 0, corrupt: 0 }, ok: true });
  expect(told.ours["acknowledged"]).toBeGreaterThan(100);
  expect(code).toBe(0);
  const inside = await bench(["powercut", "--cuts", "10", "--inside", "40000"], here);
  expect(inside.told.ours["lost"]).toBeGreaterThan(0);
  expect(inside.code).toBe(1);
}, 120_000);

test("without a compiler the bench says what is missing", async () => {
  const { code, told } = await bench(["powercut"]);
  expect(code).toBe(77);
  expect(told.skipped).toMatch(/`cc`|Linux/);
});
