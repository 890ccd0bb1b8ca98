import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { ActionFunctionArgs } from "@remix-run/node";
import { expect, onTestFinished, test } from "vitest";
import WebSocket from "ws";
import { seminarFor } from "#app/seminars/access.server.ts";
import { enterSeminar } from "#app/seminars/enter.server.ts";
import { action as ticketAt } from "#app/routes/seminars.$seminarId.ticket/route.ts";
import { Allowances } from "#server/allowances.ts";
import { makeGate } from "#server/live/gate.ts";
import { aDatabase } from "#tests/database.ts";
import { stranger } from "#tests/people.ts";
import { anEvening } from "#tests/seminars/setting.ts";

test("whoever asks for handshakes without end is told to wait before anything is looked up, and nobody else is", async () => {
  const allowances = new Allowances();
  let asked = 0;
  const gate = makeGate({
    server: () => ((asked += 1), undefined),
    ownOrigin: () => true,
    viewerOf: async (request) => stranger(String(request.headers["x-person"])),
    spend: (viewer) => allowances.take("person", viewer.id, "live", 1, 0),
    mayEnter: async () => ({ in: false }),
  });
  const server = createServer((request, response) => void gate.validate(request, response)).on("upgrade", (request, socket, head) => void gate.upgrade(request, socket, head));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void server.close());
  const address = `127.0.0.1:${(server.address() as AddressInfo).port}`; // it listens on TCP
  const shakes = (person: string) => new Promise<number>((resolve) => new WebSocket(`ws://${address}/rtc`, { headers: { "x-person": person } }).on("error", () => undefined).once("unexpected-response", (_request, response) => (response.resume(), resolve(response.statusCode ?? 0))));
  const answers: number[] = [];
  for (let no = 0; no < 130; no += 1) answers.push(await shakes("one"));
  // Without a media server everybody is told so, as long as they are heard.
  expect(answers).toEqual([...Array<number>(120).fill(503), ...Array<number>(10).fill(429)]);
  expect(asked).toBe(120);
  expect((await fetch(`http://${address}/rtc/validate`, { headers: { "x-person": "one" } })).status).toBe(429);
  expect(await shakes("another")).toBe(503);
});

test("of tickets as well", async () => {
  const db = await aDatabase();
  const { host, seminar } = await anEvening(db, { state: "live", startsAt: new Date(Date.now() - 600_000), endsAt: new Date(Date.now() + 3_600_000), startedAt: new Date(Date.now() - 600_000) });
  await enterSeminar(db, host, await seminarFor(db, host, "enter", seminar.id));
  const asks = (spend: boolean) => ticketAt({ request: new Request("http://localhost:3000", { method: "POST" }), params: { seminarId: seminar.id }, context: { db, viewer: async () => host, spend: () => spend, live: { state: () => ({ ready: false, reason: "missing" }) } } } as unknown as ActionFunctionArgs); // only what the route asks for
  const [heard, told] = [await asks(true).catch((refused: unknown) => refused as Response), await asks(false).catch((refused: unknown) => refused as Response)];
  expect([heard.status, told.status]).toEqual([503, 429]);
});
