import { mkdtempSync, rmSync } from "node:fs";
import { connect, createServer, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pino } from "pino";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { resourceFor } from "#app/resources/access.server.ts";
import { withdrawResource } from "#app/resources/withdraw.server.ts";
import { type Indexed, indexOne } from "#app/search/index-document.server.ts";
import { rebuildIndex } from "#app/search/rebuild-index.server.ts";
import { ATTEMPTS, isRetried, listWaitingJobs, retryNow } from "#db/jobs.ts";
import { jobs } from "#db/schema/index.ts";
import type { Db } from "#db/types.ts";
import type { Rebuild, SearchEngine } from "#search/engine.ts";
import { startJobs } from "#server/jobs/worker.ts";
import { openSearch } from "#server/search.ts";
import { freePort } from "#tests/free-port.ts";
import { meilisearchIsHere, type RunningMeilisearch, startMeilisearch } from "#tests/search/running-meilisearch.ts";
import { aShelf, foundBy, publish, type Shelf } from "./setting.ts";

const silent = pino({ level: "silent" });
const PATIENT = { timeout: 30_000, interval: 100 };

test("a server that is not there is said, what is published is found all the same, and waits to be told to it", async () => {
  const shelf = await aShelf();
  const { engine, readiness } = aSearch(shelf.db, `http://127.0.0.1:${await freePort()}`);
  await expect.poll(async () => (await readiness()).reason, PATIENT).toContain("meilisearch is away");
  expect(await readiness()).toMatchObject({ ready: true });
  const id = await publish(shelf);
  await work(shelf.db, intoIt(shelf.db, engine));
  expect(await foundBy({ db: shelf.db, engine }, null, "?q=分数")).toMatchObject({ total: 1, hits: [{ id }], standIn: true });
  expect(await isRetried(shelf.db, "search.index")).toBe(true);
});

test("without a server nothing is said of one", async () => {
  const shelf = await aShelf();
  const { engine, readiness } = aSearch(shelf.db, undefined);
  expect(await readiness()).toEqual({ ready: true });
  await publish(shelf);
  await work(shelf.db, intoIt(shelf.db, engine));
  expect(await foundBy({ db: shelf.db, engine }, null, "?q=分数")).toMatchObject({ total: 1, standIn: false });
});

test("what was given up on is tried again when what it wanted is there, and until it is done is known to be lacking", async () => {
  const shelf = await aShelf();
  const { db, engine } = shelf;
  const id = await publish(shelf);
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    await work(db, () => Promise.reject(new Error("away")));
    await db.update(jobs).set({ runAt: new Date() });
  }
  expect((await listWaitingJobs(db)).filter((job) => job.kind === "search.index")).toEqual([]);
  expect(await foundBy(shelf, null, "?q=分数")).toMatchObject({ total: 0 });
  await retryNow(db, "search.index");
  expect(await isRetried(db, "search.index")).toBe(true);
  await work(db, intoIt(db, engine));
  expect(await isRetried(db, "search.index")).toBe(false);
  expect(await foundBy(shelf, null, "?q=分数")).toMatchObject({ total: 1, hits: [{ id }] });
});

test("told to stop while its index is swapped, it goes through what was written meanwhile all the same", async () => {
  const shelf = await aShelf();
  const { db, engine } = shelf;
  const stopping = new AbortController();
  const swapped: SearchEngine = Object.assign(Object.create(engine) as SearchEngine, {
    beginRebuild: async (): Promise<Rebuild> => {
      const rebuild = await engine.beginRebuild();
      const finish = async () => {
        await publish(shelf);
        await rebuild.finish();
        stopping.abort();
      };
      return { put: (documents) => rebuild.put(documents), abandon: () => rebuild.abandon(), finish };
    },
  });
  await rebuildIndex(db, swapped, stopping.signal, new Date(60_000));
  expect(await foundBy(shelf, null, "?q=分数")).toMatchObject({ total: 1 });
});

if (meilisearchIsHere()) {
  let server: RunningMeilisearch;
  beforeAll(async () => {
    server = await startMeilisearch();
  });
  afterAll(() => server.end());

  test("the index is made on the server, kept in step, survives an outage and is made again when it is lost", async () => {
    const shelf = await aShelf();
    const { db } = shelf;
    const first = await publish(shelf);
    const others = await server.indexes("tongyan_");
    const line = await aLine(server.url);
    const { engine, readiness } = aSearch(db, line.url, server.apiKey);
    const answered = async () => (({ total, standIn }) => ({ total, standIn }))(await foundBy({ db, engine }, null, "?q=分数"));
    await expect.poll(answered, PATIENT).toEqual({ total: 1, standIn: false });
    expect(await readiness()).toEqual({ ready: true });

    line.cut();
    expect(await answered()).toEqual({ total: 1, standIn: true });
    expect((await readiness()).reason).toContain("the embedded engine answers");
    await withdraw(shelf, first);
    await work(db, intoIt(db, engine));
    expect(await answered()).toEqual({ total: 0, standIn: true });

    await line.mend();
    await expect.poll(async () => {
      await work(db, intoIt(db, engine));
      return answered();
    }, PATIENT).toEqual({ total: 0, standIn: false });

    const second = await publish(shelf, { title: "分数的再认识" });
    await work(db, intoIt(db, engine));
    expect(await foundBy({ db, engine }, null, "?q=分数")).toMatchObject({ total: 1, hits: [{ id: second }], standIn: false });
    for (const uid of await server.indexes("tongyan_")) if (!others.includes(uid)) await server.request(`/indexes/${uid}`, "DELETE");
    await expect.poll(answered, PATIENT).toEqual({ total: 1, standIn: true });
    await expect.poll(answered, PATIENT).toEqual({ total: 1, standIn: false });
  });
} else {
  test.skip("the index on a real Meilisearch, kept in step through the outbox: not tested, for there is no server (MEILISEARCH_URL, or meilisearch on the PATH)");
}

function aSearch(db: Db, url: string | undefined, apiKey?: string) {
  const dataDir = mkdtempSync(join(tmpdir(), "tongyan-search-"));
  const search = openSearch({ dataDir, mode: "production", meilisearch: { url, apiKey } }, { db, secret: dataDir.repeat(2), log: silent });
  onTestFinished(async () => {
    await search.stop();
    rmSync(dataDir, { recursive: true, force: true });
  });
  void search.begin();
  return search;
}

/** The jobs of the index that are due, by the worker. */
async function work(db: Db, index: (one: Indexed) => Promise<void>): Promise<void> {
  const worker = startJobs(db, { "search.index": index }, silent);
  await worker.drain();
  await worker.stop();
}

function intoIt(db: Db, engine: SearchEngine): (one: Indexed) => Promise<void> {
  return (one) => indexOne(db, engine, one);
}

async function withdraw({ db, lead }: Shelf, id: string): Promise<void> {
  await withdrawResource(db, lead, await resourceFor(db, lead, "withdraw", id), "");
}

/** A line to the server that can be cut and mended. */
async function aLine(url: string) {
  const { hostname, port } = new URL(url);
  const ends = new Set<Socket>();
  const join = (near: Socket) => {
    const far = connect(Number(port), hostname);
    for (const [one, other] of [[near, far], [far, near]] as const) {
      ends.add(one);
      one.on("error", () => other.destroy()).on("close", () => other.destroy());
      one.pipe(other);
    }
  };
  let relay = createServer(join);
  const at = await freePort();
  const mend = () => new Promise<void>((resolve) => void (relay = createServer(join)).listen(at, "127.0.0.1", resolve));
  const cut = () => {
    relay.close();
    for (const one of ends) one.destroy();
    ends.clear();
  };
  onTestFinished(cut);
  await mend();
  return { url: `http://127.0.0.1:${at}`, cut, mend };
}
