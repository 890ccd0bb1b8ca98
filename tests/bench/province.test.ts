import { execFile } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";

const folder = mkdtempSync(join(tmpdir(), "bench-province-"));
let made: Told;

beforeAll(async () => {
  made = await bench("province", "--percent", "1", "--data", folder);
}, 300_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test("a province is the same every time", async () => {
  expect(made).toMatchObject({ ok: true, ours: { studios: 9, people: 4_000, seats: 5_000, resources: 380, contentSha256: expect.stringMatching(/^[0-9a-f]{64}$/) } });
  const again = await bench("province", "--percent", "1", "--data", join(folder, "again"));
  expect(again.ours["contentSha256"]).toBe(made.ours["contentSha256"]);
}, 300_000);

test("every statement is told with its time and its plan, and what reads a growing table from end to end is named", async () => {
  const { ok, ours } = await bench("queries", "--data", folder, "--people", "2", "--runs", "2");
  expect(ok).toBe(true);
  const statements = ours["statements"] as { name: string; p99Ms: number; plan: string; scans: string; sql: string }[];
  expect(statements.length).toBeGreaterThan(50);
  expect(statements.find(({ sql }) => sql.includes('from "seats"'))).toMatchObject({ name: expect.stringContaining("seats"), p99Ms: expect.any(Number), plan: expect.stringMatching(/SEARCH|SCAN/) });
}, 300_000);

test("a studio's home and members take as many statements at thirty members as at three hundred", async () => {
  const { ok, ours } = await bench("studio", "--members", "300", "--rounds", "2");
  expect(ok).toBe(true);
  expect(ours).toMatchObject({ homeP95Ms: expect.any(Number), memberSearchP95Ms: expect.any(Number), statementsSmall: expect.any(Number) });
  expect(ours["statementsLarge"]).toBe(ours["statementsSmall"]);
  expect(ours["statementsSmall"]).toBeGreaterThan(10);
}, 300_000);

test("the peak is replayed without a fault, and its visits are counted", async () => {
  const { ok, ours } = await bench("replay", "--data", folder, "--minutes", "0.1", "--rate", "20");
  expect(ok).toBe(true);
  expect(ours).toMatchObject({ errors: 0, pages: 120, p95Ms: expect.any(Number) });
  expect(ours["visitsCounted"]).toBe(ours["visits"]);
  expect(ours["visits"]).toBeGreaterThan(0);
}, 300_000);

interface Told {
  code: number;
  ok: boolean;
  skipped: string | null;
  ours: Record<string, unknown>;
}

/** As it is called from a shell, on SQLite. */
function bench(...words: string[]): Promise<Told> {
  const { DATABASE_URL: _theirs, ...env } = process.env;
  return new Promise((resolve) => {
    execFile(process.execPath, ["bench/run.ts", ...words, "--json"], { encoding: "utf8", cwd: join(import.meta.dirname, "../.."), env: { ...env, NODE_ENV: "production" } }, (error, stdout) => {
      const told = JSON.parse(stdout.trim().split("\n").at(-1) ?? "") as Omit<Told, "code">; // the last line is the object
      resolve({ ...told, code: typeof error?.code === "number" ? error.code : 0 });
    });
  });
}
