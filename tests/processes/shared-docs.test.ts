import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import * as Y from "yjs";
import { textsOf } from "#app/plans/content.ts";
import { appendUpdates, insertDoc, readLog } from "#db/documents.ts";
import { openDb } from "#db/open.ts";
import { openCollab } from "#server/collab/collab.ts";
import { documentsOn } from "#server/collab/documents.ts";
import { LiveDocs } from "#server/collab/live-docs.ts";
import { DocLog } from "#server/collab/log.ts";
import { replayed } from "#server/collab/replay.ts";
import { shareDocs } from "#server/collab/shared-docs.ts";
import { takeHandshakes } from "#server/sockets.ts";
import { redisWire } from "#server/wire/redis.ts";
import { aViewer, joined, sections } from "#tests/collab/setting.ts";
import { aDatabaseAddress } from "#tests/database.ts";
import { aRedis } from "#tests/processes/parts.ts";
import { programOf } from "#tests/processes/programs.ts";

const PATIENT = { timeout: 20_000, interval: 25 };
const people = new Map([["li", aViewer("li", "李雪")], ["wang", aViewer("wang", "王强")]]);

/** What one process has of the documents: its own connections to the database and to Redis. */
async function aProcess(database: string, redis: string, docId: () => string) {
  const { db, close } = await openDb(database);
  const wire = redisWire(redis, () => undefined);
  const live = new LiveDocs();
  const faults: unknown[] = [];
  const report = (fault: unknown) => faults.push(fault);
  const shared = shareDocs({ db, wire, live, report });
  const log = new DocLog(async (batch) => {
    await appendUpdates(db, batch);
    shared.committed(batch);
  });
  const collab = openCollab({ db, log, live, others: true, publicUrl: "http://tongyan.example", report, viewerOf: async (request) => people.get(/person=(\w+)/.exec(request.headers.get("cookie") ?? "")?.[1] ?? "") ?? null, access: async () => ({ docId: docId(), mode: "write" }) });
  const server = createServer();
  takeHandshakes(server, new Map([["/collab", collab.upgrade]]));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo; // a TCP server's address is never a string
  onTestFinished(async () => {
    await collab.close();
    server.closeAllConnections();
    server.close();
    await wire.close();
    await close();
  });
  await expect.poll(() => wire.state().ready, PATIENT).toBe(true);
  return { db, wire, live, faults, documents: documentsOn(db, log, live), join: (person: string) => joined(port, person) };
}

async function twoProcesses() {
  const redis = await aRedis();
  const database = await aDatabaseAddress();
  let docId = "";
  const one = await aProcess(database, redis.url, () => docId);
  const state = await one.documents.stateOf(sections);
  docId = await one.db.transaction((tx) => insertDoc(tx, { purpose: "plan", state, sections: textsOf(sections), createdBy: null }));
  const other = await aProcess(database, redis.url, () => docId);
  const li = one.join("li");
  const wang = other.join("wang");
  await li.synced();
  await wang.synced();
  const inTheLog = async () => replayed(docId, await readLog(one.db, docId)).getText("t").toString();
  return { redis, one, other, li, wang, docId, inTheLog };
}

test.skipIf(!programOf("redis-server"))("two people whose lines end in different processes write one plan and see each other, and where the other is", async () => {
  const { li, wang, one, other, inTheLog } = await twoProcesses();
  for (let word = 0; word < 10; word += 1) {
    li.types("李");
    wang.types("王");
  }
  await expect.poll(li.sees, PATIENT).toHaveLength(20);
  await expect.poll(wang.sees, PATIENT).toBe(li.sees());
  await expect.poll(inTheLog, PATIENT).toBe(li.sees());
  const wangSeesHer = () => [...(wang.provider.awareness?.getStates().values() ?? [])].some((state) => state.focusing === true);
  li.provider.setAwarenessField("focusing", true);
  await expect.poll(wangSeesHer, PATIENT).toBe(true);
  li.leave();
  await expect.poll(wangSeesHer, PATIENT).toBe(false);
  expect([...one.faults, ...other.faults]).toEqual([]);
});

test.skipIf(!programOf("redis-server"))("while Redis is gone both write on and still meet, by the log; nothing is lost when it is back", async () => {
  const { redis, li, wang, one, other, inTheLog } = await twoProcesses();
  await redis.kill();
  await expect.poll(() => one.wire.state().ready || other.wire.state().ready, PATIENT).toBe(false);
  li.types("没有线路时李雪写的");
  wang.types("和王强写的");
  await li.saved();
  await wang.saved();
  await expect.poll(wang.sees, PATIENT).toContain("没有线路时李雪写的");
  await expect.poll(li.sees, PATIENT).toContain("和王强写的");
  // She writes on what he wrote in the other process, before any line is back.
  li.types("，接着写");
  await expect.poll(wang.sees, PATIENT).toContain("，接着写");
  await aRedis(redis.port);
  await expect.poll(() => one.wire.state().ready && other.wire.state().ready, PATIENT).toBe(true);
  wang.types("。");
  await expect.poll(li.sees, PATIENT).toBe(wang.sees());
  await expect.poll(inTheLog, PATIENT).toBe(li.sees());
  expect([li.closes, wang.closes]).toEqual([[], []]);
});

test.skipIf(!programOf("redis-server"))("an update that builds on what this process has not heard of is checked with all of the log, not refused", async () => {
  const { redis, li, wang, one } = await twoProcesses();
  await redis.kill();
  await expect.poll(() => one.wire.state().ready, PATIENT).toBe(false);
  li.types("甲");
  await li.saved();
  // His page has her words already, as one that was connected to her process a moment ago.
  Y.applyUpdate(wang.doc, Y.encodeStateAsUpdate(li.doc));
  wang.types("乙");
  await wang.saved();
  await expect.poll(li.sees, PATIENT).toBe("甲乙");
  expect([li.closes, wang.closes]).toEqual([[], []]);
});
