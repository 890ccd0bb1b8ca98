import { spawn, spawnSync } from "node:child_process";
import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { afterAll, beforeAll, test } from "vitest";
import { openMeilisearch } from "#search/meilisearch.ts";
import { keepsTheSearchContract } from "./engine.contract.ts";

const given = process.env["MEILISEARCH_URL"];
const onPath = !given && spawnSync("meilisearch", ["--version"]).status === 0;

if (given || onPath) {
  let url = given ?? "";
  let end = () => {};
  beforeAll(async () => {
    if (!onPath) return;
    ({ url, end } = await startServer());
  });
  afterAll(() => end());
  keepsTheSearchContract("Meilisearch", () => openMeilisearch({ url, apiKey: process.env["MEILISEARCH_KEY"], name: `test_${randomUUID()}` }));
} else {
  test.skip("Meilisearch keeps the contract of search: not tested, for there is no server (MEILISEARCH_URL, or meilisearch on the PATH)");
}

async function startServer(): Promise<{ url: string; end: () => void }> {
  const folder = mkdtempSync(join(tmpdir(), "meilisearch-"));
  const url = `http://127.0.0.1:${await freePort()}`;
  const server = spawn("meilisearch", ["--http-addr", url.slice("http://".length), "--db-path", join(folder, "data"), "--no-analytics"], { cwd: folder, stdio: "ignore" });
  for (let attempt = 0; attempt < 100; attempt++) {
    const healthy = await fetch(`${url}/health`).then((response) => response.ok, () => false);
    if (healthy) break;
    await wait(100);
  }
  return {
    url,
    end: () => {
      server.kill();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === "object" && address ? address.port : 0));
    });
  });
}
