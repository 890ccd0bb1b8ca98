import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import express from "express";
import { expect, onTestFinished, test } from "vitest";
import { visitsDaily } from "#db/schema/index.ts";
import { addVisits, type VisitsOfDay } from "#db/visits.ts";
import { countVisits, type Seen } from "#server/visits/counter.ts";
import { markVisits } from "#server/visits/mark.ts";
import { aDatabase } from "#tests/database.ts";

const NEVER = 1_000_000;

test("what two processes counted of a day is added up, and the day begins in Shanghai", async () => {
  const db = await aDatabase();
  for (const _process of [1, 2]) {
    const visits = countVisits((ofDay) => addVisits(db, ofDay), fail, NEVER);
    visits.count("visit", new Date("2027-03-01T15:59:59Z"));
    visits.count("page", new Date("2027-03-01T15:59:59Z"));
    visits.count("visit", new Date("2027-03-01T16:00:00Z"));
    visits.count("bot", new Date("2027-03-01T16:00:00Z"));
    await visits.stop();
  }
  expect(await db.select().from(visitsDaily).orderBy(visitsDaily.day)).toEqual([
    { day: "2027-03-01", visits: 2, pages: 4, botPages: 0 },
    { day: "2027-03-02", visits: 2, pages: 2, botPages: 2 },
  ]);
});

test("pages are counted without a write for each, and what could not be written is written later", async () => {
  const written: VisitsOfDay[] = [];
  const reported: unknown[] = [];
  let full = true;
  const write = async (ofDay: VisitsOfDay) => {
    if (full) throw new Error("the disk is full");
    written.push(ofDay);
  };
  const visits = countVisits(write, (error) => reported.push(error), 5);
  for (let page = 0; page < 1_000; page += 1) visits.count("visit");
  await expect.poll(() => reported.length).toBeGreaterThan(0);
  full = false;
  await visits.stop();
  expect(written.map((one) => one.visits)).toEqual([1_000]);
});

test("a browser is on one visit until it pauses; machines, data, refusals and what is fetched ahead are none", async () => {
  const { seen, open } = await aPlatform();
  const first = await open("/studios");
  expect(first).toMatch(/^visit=1; Path=\/; Max-Age=1800; HttpOnly; SameSite=Lax$/);
  await open("/studios", { cookie: "locale=en; visit=1" });
  await open("/studios", { "if-none-match": "*", cookie: "visit=1" });
  await open("/studios", { "user-agent": "Googlebot/2.1" });
  for (const [path, headers] of [["/nowhere", {}], ["/studios.data", {}], ["/studios", { "sec-purpose": "prefetch" }]] as const) expect(await open(path, headers)).toBeNull();
  expect(seen).toEqual(["visit", "page", "page", "bot"]);
});

async function aPlatform() {
  const seen: Seen[] = [];
  const app = express();
  app.use(markVisits({ count: (one) => void seen.push(one) }, "http://localhost:3000"));
  app.get("/studios", (request, response) => void (request.headers["if-none-match"] ? response.status(304).end() : response.type("html").send("名师工作室")));
  app.get("/studios.data", (_request, response) => void response.json({}));
  const server = createServer(app).listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => void server.close());
  const { port } = server.address() as AddressInfo; // it listens on a port
  const open = async (path: string, headers: Record<string, string> = {}) => (await fetch(`http://127.0.0.1:${port}${path}`, { headers: { "user-agent": "Mozilla/5.0 Firefox/140.0", ...headers } })).headers.get("set-cookie");
  return { seen, open };
}

function fail(error: unknown): never {
  throw error;
}
