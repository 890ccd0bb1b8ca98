import { randomUUID } from "node:crypto";
import { mkdtempSync, readdirSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { SearchEngine } from "#search/engine.ts";
import { openMeilisearch } from "#search/meilisearch.ts";
import { openSqliteSearch } from "#search/sqlite.ts";
import { meilisearchIsHere, startMeilisearch } from "#tests/search/running-meilisearch.ts";
import { NotThere } from "../bench.ts";

/** A bench waits for whatever comes. */
const PATIENCE_MS = 120_000;

export interface Opened {
  engine: SearchEngine;
  /** What the index takes on the disk. */
  bytes(): Promise<number>;
  /** The embedded engine a second time, as another process opens it. */
  again?(): SearchEngine;
  end(): Promise<void>;
}

/**
 * @param keep a folder in which the embedded engine's index stays, or "" for one that is deleted afterwards
 * @throws NotThere when there is no Meilisearch to be had, or no engine is called so
 */
export function openEngine(name: string, keep = ""): Promise<Opened> {
  if (name === "sqlite") return openEmbedded(keep);
  if (name === "meilisearch") return openServer();
  throw new NotThere(`no engine is called «${name}»: there are sqlite and meilisearch`);
}

async function openEmbedded(keep: string): Promise<Opened> {
  const folder = keep || mkdtempSync(join(tmpdir(), "tongyan-search-"));
  const engine = openSqliteSearch({ folder });
  return {
    engine,
    bytes: async () => sizeOf(folder),
    again: () => openSqliteSearch({ folder }),
    end: async () => {
      await engine.close();
      if (!keep) rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** One that runs already (`MEILISEARCH_URL`, `MEILISEARCH_API_KEY`), or one of our own from the PATH. */
async function openServer(): Promise<Opened> {
  if (!meilisearchIsHere()) throw new NotThere("there is no Meilisearch: MEILISEARCH_URL is not set, and no `meilisearch` is on the PATH");
  const server = await startMeilisearch();
  const name = `bench_${randomUUID()}`;
  const engine = openMeilisearch({ url: server.url, apiKey: server.apiKey, name, patience: PATIENCE_MS });
  return {
    engine,
    bytes: async () => ((await server.request("/stats")) as { usedDatabaseSize?: number }).usedDatabaseSize ?? 0, // as the server documents it
    end: async () => {
      await engine.close();
      await server.forget(name);
      await server.end();
    },
  };
}

function sizeOf(folder: string): number {
  return readdirSync(folder).reduce((sum, file) => sum + statSync(join(folder, file)).size, 0);
}
