import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { bench } from "#tests/bench/told.ts";

test("for people a bench tells a table, with a line for each of a list", async () => {
  const { stdout } = await promisify(execFile)(process.execPath, ["bench/run.ts", "hostile", "--every", "60", "--longestMs", "120000"], { cwd: join(import.meta.dirname, "../.."), env: { ...process.env, NODE_ENV: "test" } });
  expect(stdout).toMatch(/^hostile: /);
  expect(stdout).toMatch(/^cases: \S.*\bstatus \d{3}/m);
}, 200_000);

test("without a browser the benches that need one say so", async () => {
  for (const name of ["typing", "weight", "access"]) {
    const { code, told } = await bench([name], { CHROMIUM_PATH: "/nowhere/chromium" });
    expect(told).toMatchObject({ bench: name, ok: false, skipped: expect.stringContaining("/nowhere/chromium") as string });
    expect(code).toBe(77);
  }
});
