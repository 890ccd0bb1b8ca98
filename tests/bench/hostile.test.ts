import { expect, test } from "vitest";
import { bench } from "#tests/bench/told.ts";

test("every fifth hostile guest is answered, and nothing of it is executed, escapes or is lost", async () => {
  const { code, told } = await bench(["hostile", "--every", "5", "--longestMs", "120000"]);
  expect(told).toMatchObject({ bench: "hostile", ours: { escaped: 0, notKept: 0 }, ok: true });
  expect((told.ours["cases"] as unknown[]).length).toBeGreaterThan(15);
  expect(code).toBe(0);
}, 300_000);
