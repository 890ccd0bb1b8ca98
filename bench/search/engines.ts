import { spawn, spawnSync } from "node:child_process";
import { randomUUID } from "node:crypto";
import { mkdtempSync, readdirSync, rmSync, statSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import type { SearchEngine } from "#search/engine.ts";
import { openMeilisearch } from "#search/meilisearch.ts";
import { openSqliteSearch } from "#search/sqlite.ts";
import { NotThere } from "../bench.ts";

export interface Opened {
  engine: SearchEngine;
  /** What the index takes on the disk. */
  bytes(): Promise<number>;
  end(): Promise<void>;
}

/** @throws NotThere when there is no Meilisearch to be had, or no engine is called so */
export function openEngine(name: string): Promise<Opened> {
  if (name === "sqlite") return openEmbedded();
  if (name === "meilisearch") return openServer();
  throw new NotThere(`no engine is called «${name}»: there are sqlite and meilisearch`);
}

async function openEmbedded(): Promise<Opened> {
  const folder = mkdtempSync(join(tmpdir(), "tongyan-search-"));
  const engine = openSqliteSearch({ folder });
  return {
    engine,
    bytes: async () => sizeOf(folder),
    end: async () => {
      await engine.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** One that runs already (`MEILISEARCH_URL`, `MEILISEARCH_KEY`), or one of our own from the PATH. */
async function openServer(): Promise<Opened> {
  const given = process.env["MEILISEARCH_URL"];
  if (!given && spawnSync("meilisearch", ["--version"]).status !== 0) throw new NotThere("there is no Meilisearch: MEILISEARCH_URL is not set, and no `meilisearch` is on the PATH");
  const apiKey = process.env["MEILISEARCH_KEY"];
  const { url, stop } = given ? { url: given, stop: async () => {} } : await startServer();
  const name = `bench_${randomUUID()}`;
  const engine = await openMeilisearch({ url, apiKey, name, timeout: 120_000 });
  const request = async (path: string, method = "GET"): Promise<unknown> => (await fetch(`${url}${path}`, { method, headers: apiKey ? { authorization: `Bearer ${apiKey}` } : {} })).json();
  return {
    engine,
    bytes: async () => ((await request("/stats")) as { usedDatabaseSize?: number }).usedDatabaseSize ?? 0, // as the server documents it
    end: async () => {
      await engine.close();
      const { results = [] } = (await request("/indexes?limit=1000")) as { results?: { uid: string }[] }; // as the server documents it
      for (const { uid } of results) if (uid.startsWith(name)) await request(`/indexes/${uid}`, "DELETE");
      await stop();
    },
  };
}

async function startServer(): Promise<{ url: string; stop: () => Promise<void> }> {
  const folder = mkdtempSync(join(tmpdir(), "tongyan-meilisearch-"));
  const url = `http://127.0.0.1:${await freePort()}`;
  const server = spawn("meilisearch", ["--http-addr", url.slice("http://".length), "--db-path", join(folder, "data"), "--no-analytics"], { cwd: folder, stdio: "ignore" });
  const gone = new Promise<void>((resolve) => server.once("exit", () => resolve()));
  const stop = async () => {
    server.kill();
    await gone;
    rmSync(folder, { recursive: true, force: true });
  };
  for (let attempt = 0; attempt < 300; attempt += 1) {
    if (await fetch(`${url}/health`).then((response) => response.ok, () => false)) return { url, stop };
    await pause(100);
  }
  await stop();
  throw new NotThere("the `meilisearch` on the PATH does not start");
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === "object" && address ? address.port : 0));
    });
  });
}

function sizeOf(folder: string): number {
  return readdirSync(folder).reduce((sum, file) => sum + statSync(join(folder, file)).size, 0);
}
