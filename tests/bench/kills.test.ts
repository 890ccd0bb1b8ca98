import { expect, test } from "vitest";
import { bench } from "#tests/bench/told.ts";

test("nothing that was acknowledged is lost when the server is killed, and the same clients see the stock server lose it", async () => {
  const { code, told } = await bench(["durability", "--rounds", "2"]);
  expect(told).toMatchObject({ bench: "durability", ours: { rounds: 2, lost: 0, doubled: 0 }, ok: true });
  expect(told.peer?.["lost"]).toBeGreaterThan(0);
  expect(code).toBe(0);
}, 120_000);

test("a change reaches every other page", async () => {
  const { code, told } = await bench(["propagation", "--clients", "5", "--turns", "1", "--seconds", "2"]);
  expect(told).toMatchObject({ bench: "propagation", ours: { missing: 0 }, ok: true });
  expect(told.ours["deliveries"]).toBeGreaterThan(0);
  expect(code).toBe(0);
}, 120_000);
