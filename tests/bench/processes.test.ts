import { expect, test } from "vitest";
import { bench } from "#tests/bench/told.ts";
import { programOf } from "#tests/processes/programs.ts";

/** What the bench's programs are found by; without one of them it says so, and is skipped. */
const { HOME = "", PATH = "", XDG_CACHE_HOME = "" } = process.env;

test.skipIf(!programOf("redis-server"))("two processes know what the other did, and one is killed while people write at both: nothing that was acknowledged is lost or there twice", async ({ skip }) => {
  const { code, told } = await bench(["processes", "--rounds", "2", "--seconds", "0", "--longestMs", "60000"], { HOME, PATH, ...(XDG_CACHE_HOME && { XDG_CACHE_HOME }) });
  if (told.skipped) skip(told.skipped);
  expect(told).toMatchObject({ bench: "processes", ours: { lost: 0, doubled: 0 }, ok: true });
  expect(told.ours["acknowledged"]).toBeGreaterThan(20);
  expect(code).toBe(0);
}, 300_000);
