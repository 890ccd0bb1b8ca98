import { mkdirSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import zhCN from "#app/i18n/zh-CN/operations.ts";
import { engine } from "#db/dialect.ts";
import { diskUnder } from "#server/disk.ts";
import { running } from "#tests/e2e/running.ts";
import { signedIn } from "#tests/processes/pages.ts";
import { aFolder } from "#tests/processes/parts.ts";
import { aSmallDisk, mayMount } from "#tests/small-disk.ts";

const PATIENT = { timeout: 20_000, interval: 200 };

test("where nothing can be written nothing is ready, whichever of the folders it is, and nothing is left of trying", async () => {
  const folder = aFolder();
  expect((await diskUnder([folder]).readiness()).ready).toBe(true);
  expect(await diskUnder([folder, join(folder, "gone")]).readiness()).toMatchObject({ ready: false, reason: expect.stringContaining("ENOENT") });
  expect(readdirSync(folder)).toEqual([]);
});

test.skipIf(!mayMount || engine !== "sqlite")("a disk that fills up: first a warning and everything goes on, then nothing is ready until there is room again; metrics and the operator's page say the same", async () => {
  const disk = aSmallDisk(128);
  const dataDir = join(disk.folder, "data");
  mkdirSync(dataDir);
  const server = await running({ dataDir, env: { METRICS_TOKEN: "a-token-that-is-long-enough" } });
  onTestFinished(() => server.stop());
  const cookie = await signedIn(server.url, "gao-yuan");
  const seen = async () => {
    const ready = await fetch(`${server.url}/readyz`);
    const { parts } = (await ready.json()) as { parts: { disk: { ready: boolean; reason?: string } } }; // as server/web.ts answers
    const figures = await (await fetch(`${server.url}/metrics`, { headers: { authorization: "Bearer a-token-that-is-long-enough" } })).text();
    const page = await (await fetch(`${server.url}/operations`, { headers: { cookie, accept: "text/html" } })).text();
    const words = (["nearlyFull", "full"] as const).filter((key) => page.includes(zhCN.parts[key]));
    return { status: ready.status, ...parts.disk, figure: /tongyan_part_ready\{part="disk"\} (\S+)/.exec(figures)?.[1], words };
  };
  await expect.poll(seen, PATIENT).toEqual({ status: 200, ready: true, figure: "1", words: [] });
  // The server gives back room of its own meanwhile.
  await expect.poll(() => (disk.fill(6_000_000), seen()), PATIENT).toEqual({ status: 200, ready: true, reason: expect.stringMatching(/^\d+ MB of \d+ MB are left under /), figure: "0.5", words: ["nearlyFull"] });
  await expect.poll(() => (disk.fill(), seen()), PATIENT).toEqual({ status: 503, ready: false, reason: expect.stringContaining("ENOSPC"), figure: "0", words: ["full"] });
  expect((await fetch(`${server.url}/healthz`)).status).toBe(200);
  disk.empty();
  await expect.poll(seen, PATIENT).toEqual({ status: 200, ready: true, figure: "1", words: [] });
}, 120_000);
