import { mkdtempSync, rmSync } from "node:fs";
import { createServer, type RequestListener } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import type { SearchEngine } from "#search/engine.ts";
import { openMeilisearch } from "#search/meilisearch.ts";
import { reindex } from "#search/reindex.ts";
import { openSqliteSearch } from "#search/sqlite.ts";
import { type StandInOptions, withStandIn } from "#search/stand-in.ts";
import { freePort } from "#tests/free-port.ts";
import { aDocument } from "./documents.ts";

const inBoth = { id: "plan:1", title: "分数的意义" };
const json = (body: unknown, status = 200): RequestListener => (_request, response) => void response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
const dripping: RequestListener = (_request, response) => void setInterval(() => response.write(" "), 5).unref();
const question = { text: "分数", accessIds: [0] };

test("the server answers as long as nothing is wrong with it", async () => {
  const { engine, server } = await standing();
  expect(await engine.look()).toBeNull();
  await server.put([aDocument({ id: "plan:server", title: "分数的性质" })]);
  const answer = await engine.search(question);
  expect(answer.hits.map((hit) => hit.id).sort()).toEqual(["plan:1", "plan:server"]);
  expect(answer).not.toHaveProperty("standIn");
  expect(await engine.state()).not.toHaveProperty("detail");
});

test("an answer that comes byte by byte is not waited for for ever", async () => {
  const engine = openMeilisearch({ url: await aServer(dripping), name: "test", patience: 100 });
  expect(await engine.state()).toMatchObject({ ready: false, detail: expect.stringContaining("did not answer within 100 ms") });
});

test("before the first look the embedded engine answers", async () => {
  const { engine, server } = await standing();
  await server.put([aDocument({ id: "plan:server", title: "分数的性质" })]);
  expect(await engine.search(question)).toMatchObject({ total: 1, standIn: "away" });
});

test.each<[string, string, RequestListener | null]>([
  ["is not there", "away", null],
  ["hangs up", "away", (request) => void request.socket.destroy()],
  ["is something else", "away", (_request, response) => void response.end("<h1>It works!</h1>")],
  ["refuses the key", "away", json({ message: "The provided API key is invalid.", code: "invalid_api_key" }, 403)],
  ["is of an older version", "other_version", json({ pkgVersion: "1.9.0" })],
  ["is of a version that nobody knows yet", "other_version", json({ pkgVersion: "2.0.0" })],
  ["never answers", "slow", () => undefined],
  ["answers a byte now and then", "slow", dripping],
])("a server that %s is survived, and said", async (_, reason, listener) => {
  const url = listener ? await aServer(listener) : `http://127.0.0.1:${await freePort()}`;
  const server = openMeilisearch({ url, name: "test", ...(reason === "slow" && { patience: 200 }) });
  const { engine } = await before(server, reason === "slow" ? { answerPatience: 100 } : {});
  expect(await engine.look()).toMatchObject({ reason });
  expect(await engine.search(question)).toMatchObject({ total: 1, hits: [{ id: "plan:1" }], engine: "sqlite", standIn: reason });
  expect((await engine.suggest({ text: "分数", accessIds: [0] })).map((one) => one.id)).toEqual(["plan:1"]);
  expect(await engine.state()).toMatchObject({ engine: "sqlite", ready: true, detail: expect.stringContaining("the embedded engine answers") });
  await expect(engine.put([aDocument({ id: "plan:2", title: "分数的性质" })])).rejects.toThrow("only the embedded engine has this change");
  expect((await engine.search(question)).total).toBe(2);
});

test.each(["all", "questions"] as const)("a server that becomes slow (%s) while it is asked is not waited for, and is asked again when it is quick", async (what) => {
  const held = new Held(anIndex());
  const { engine, server } = await standing(held, { answerPatience: 100 });
  expect(await engine.look()).toBeNull();
  await server.put([aDocument({ id: "plan:server", title: "分数的性质" })]);
  held.hold(what);
  expect(await engine.search(question)).toMatchObject({ total: 1, standIn: "slow" });
  expect(await engine.look()).toMatchObject({ reason: "slow" });
  held.release();
  expect(await engine.look()).toBeNull();
  expect((await engine.search(question)).total).toBe(2);
});

test("a look that began before something went wrong does not say that all is well", async () => {
  const held = new Held(anIndex());
  let [behind, open] = aGate(false);
  open();
  const { engine } = await standing(held, { answerPatience: 100, behind: () => behind });
  expect(await engine.look()).toBeNull();
  [behind, open] = aGate(false);
  const looking = engine.look();
  held.hold();
  expect(await engine.search(question)).toMatchObject({ standIn: "slow" });
  held.release();
  open();
  expect(await looking).toMatchObject({ reason: "slow" });
  expect(await engine.look()).toBeNull();
});

test.each([
  ["was never built", async (server: SearchEngine) => void (await server.put([aDocument(inBoth)]))],
  ["is empty where the embedded one is not", async (server: SearchEngine) => void (await reindex(server, []))],
])("an index that %s does not answer", async (_, prepare) => {
  const server = anIndex();
  await prepare(server);
  const { engine } = await before(server);
  expect(await engine.look()).toMatchObject({ reason: "being_made" });
  expect(await engine.search(question)).toMatchObject({ total: 1, standIn: "being_made" });
  await engine.put([aDocument({ id: "plan:2", title: "分数的性质" })]);
  expect((await server.search(question)).total).toBeGreaterThan(0);
});

test("while the server lacks changes the embedded engine answers", async () => {
  let lacking = true;
  const { engine } = await standing(anIndex(), { behind: async () => lacking });
  expect(await engine.look()).toMatchObject({ reason: "behind" });
  expect(await engine.search(question)).toMatchObject({ total: 1, standIn: "behind" });
  lacking = false;
  expect(await engine.look()).toBeNull();
  expect(await engine.search(question)).not.toHaveProperty("standIn");
});

test("a change that the server did not take is found at once, told to the outbox, and the server answers no more until that is settled", async () => {
  const held = new Held(anIndex());
  const { engine } = await standing(held, { writePatience: 50, settling: 3_600_000 });
  expect(await engine.look()).toBeNull();
  held.hold();
  await expect(engine.remove(["plan:1"])).rejects.toThrow("did not store a change within 50 ms");
  held.release();
  expect(await engine.search(question)).toMatchObject({ total: 0, standIn: "behind" });
  expect(await engine.look()).toMatchObject({ reason: "behind" });
});

test("what a person may not know of is known neither to the server nor to the one that stands in", async () => {
  const { engine, server } = await standing(anIndex(), {}, { ...inBoth, accessIds: [7] });
  for (const one of [engine, server]) expect(await one.search({ ...question, accessIds: [7] })).toMatchObject({ total: 1 });
  expect(await engine.search({ ...question, facets: ["kind"] })).toMatchObject({ total: 0, hits: [], facetCounts: { kind: {} }, standIn: "away" });
  expect(await engine.look()).toBeNull();
  expect(await engine.search({ ...question, facets: ["kind"] })).toMatchObject({ total: 0, hits: [], facetCounts: { kind: {} } });
});

/** An engine with a real index, held up on the way to it. */
class Held implements SearchEngine {
  readonly name = "meilisearch";
  private readonly engine: SearchEngine;
  private gate: Promise<unknown> = Promise.resolve();
  private open: () => void = () => {};
  private held: "all" | "questions" = "all";

  constructor(engine: SearchEngine) {
    this.engine = engine;
  }

  hold(what: "all" | "questions" = "all") {
    [this.gate, this.open] = aGate(undefined);
    this.held = what;
  }

  release() {
    this.open();
  }

  private async past<T>(work: () => Promise<T>): Promise<T> {
    await this.gate;
    return work();
  }

  put = (documents: Parameters<SearchEngine["put"]>[0]) => this.past(() => this.engine.put(documents));
  remove = (ids: readonly string[]) => this.past(() => this.engine.remove(ids));
  clear = () => this.past(() => this.engine.clear());
  search = (query: Parameters<SearchEngine["search"]>[0]) => this.past(() => this.engine.search(query));
  suggest = (query: Parameters<SearchEngine["suggest"]>[0]) => this.past(() => this.engine.suggest(query));
  state = () => (this.held === "all" ? this.past(() => this.engine.state()) : this.engine.state());
  beginRebuild = () => this.engine.beginRebuild();
  close = () => this.engine.close();
}

function aGate<T>(value: T): [Promise<T>, () => void] {
  let open = () => {};
  const gate = new Promise<T>((resolve) => {
    open = () => resolve(value);
  });
  return [gate, open];
}

/** Both hold the document. */
async function standing(server: SearchEngine = anIndex(), options: Partial<StandInOptions> = {}, document: Parameters<typeof aDocument>[0] = inBoth) {
  await reindex(server, [aDocument(document)]);
  return before(server, options, document);
}

/** The embedded engine holds the document; the server is what it is. */
async function before(server: SearchEngine, options: Partial<StandInOptions> = {}, document: Parameters<typeof aDocument>[0] = inBoth) {
  const embedded = anIndex();
  await reindex(embedded, [aDocument(document)]);
  return { engine: withStandIn(server, embedded, { behind: async () => false, ...options }), server };
}

function anIndex(): SearchEngine {
  const folder = mkdtempSync(join(tmpdir(), "search-"));
  const engine = openSqliteSearch({ folder });
  onTestFinished(async () => {
    await engine.close();
    rmSync(folder, { recursive: true, force: true });
  });
  return engine;
}

function aServer(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  return new Promise((resolve) => {
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      resolve(`http://127.0.0.1:${typeof address === "object" && address ? address.port : 0}`);
    });
  });
}
