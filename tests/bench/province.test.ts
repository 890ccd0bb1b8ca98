import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { bench } from "#tests/bench/told.ts";

const folder = mkdtempSync(join(tmpdir(), "bench-province-"));
const PATIENCE_MS = 300_000;
let made: Awaited<ReturnType<typeof bench>>;

beforeAll(async () => {
  made = await run("province", "--percent", "1", "--data", folder);
}, PATIENCE_MS);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test("a province is as large as it should be, and the same every time", async () => {
  expect(made).toMatchObject({ code: 0, told: { schema: 1, bench: "province", ok: true, ours: { studios: 9, people: 4_000, seats: 5_000, resources: 380, contentSha256: expect.stringMatching(/^[0-9a-f]{64}$/) } } });
  const again = await run("province", "--percent", "1", "--data", join(folder, "again"));
  expect(again.told.ours["contentSha256"]).toBe(made.told.ours["contentSha256"]);
}, PATIENCE_MS);

test("every statement is told with its time and its plan, and none reads a growing table from end to end", async () => {
  const { code, told } = await run("queries", "--data", folder, "--people", "3", "--runs", "2");
  expect(told).toMatchObject({ bench: "queries", ok: true });
  const statements = told.ours["statements"] as { name: string; p99Ms: number; plan: string; scans: string; sql: string }[];
  expect(statements.length).toBeGreaterThan(100);
  expect(statements.find(({ sql }) => sql.startsWith(`select "seats"."id"`))).toMatchObject({ name: expect.stringMatching(/^select seats/), p99Ms: expect.any(Number), cpuP99Ms: expect.any(Number), plan: expect.stringMatching(/SEARCH seats/) });
  expect(statements.filter(({ scans }) => scans !== "").map(({ scans, sql }) => `${scans}: ${sql}`)).toEqual([]);
  expect(code).toBe(0);
}, PATIENCE_MS);

test("a studio's home and the search among its members take as many statements at three hundred members as at thirty", async () => {
  const { code, told } = await run("studio", "--members", "300", "--rounds", "2");
  expect(told).toMatchObject({ bench: "studio", ok: true, ours: { homeP95Ms: expect.any(Number), memberSearchP95Ms: expect.any(Number), memberSearchCpuP95Ms: expect.any(Number) } });
  expect(told.ours["statementsLarge"]).toBe(told.ours["statementsSmall"]);
  expect(told.ours["statementsSmall"]).toBeGreaterThan(10);
  expect(code).toBe(0);
}, PATIENCE_MS);

test("the peak is replayed without a fault, and its visits are counted", async () => {
  const { code, told } = await run("replay", "--data", folder, "--minutes", "0.05", "--rate", "20");
  expect(told).toMatchObject({ bench: "replay", ok: true, ours: { pages: 60, errors: 0, p95Ms: expect.any(Number) } });
  expect(told.ours["visits"]).toBeGreaterThan(0);
  expect(told.ours["visitsCounted"]).toBe(told.ours["visits"]);
  expect(code).toBe(0);
}, PATIENCE_MS);

test("without a province the benches that need one say so", async () => {
  const { code, told } = await run("queries", "--data", join(folder, "nowhere"));
  expect(code).toBe(77);
  expect(told.skipped).toContain("nowhere");
}, PATIENCE_MS);

/** As it is called from a shell, on SQLite, with the pages as they are served. */
function run(...words: string[]) {
  return bench(words, { HOME: tmpdir(), PATH: "", NODE_ENV: "production" });
}
