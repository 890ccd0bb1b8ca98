import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, test } from "vitest";
import { openMeilisearch } from "#search/meilisearch.ts";
import { keepsTheSearchContract } from "./engine.contract.ts";
import { meilisearchIsHere, type RunningMeilisearch, startMeilisearch } from "./running-meilisearch.ts";

if (meilisearchIsHere()) {
  let server: RunningMeilisearch;
  beforeAll(async () => {
    server = await startMeilisearch();
  });
  const run = `test_${randomUUID()}`;
  afterAll(async () => {
    await server.forget(run);
    await server.end();
  });
  keepsTheSearchContract("Meilisearch", async () => openMeilisearch({ url: server.url, apiKey: server.apiKey, name: `${run}_${randomUUID()}` }));
} else {
  test.skip("Meilisearch keeps the contract of search, and is survived: not tested, for there is no server (MEILISEARCH_URL, or meilisearch on the PATH)");
}
