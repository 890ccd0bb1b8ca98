import { expect, test } from "vitest";
import { closeForgottenSeminar, DESERTED_MS } from "#app/seminars/close.server.ts";
import { enterSeminar } from "#app/seminars/enter.server.ts";
import { follow, readOrder } from "#app/seminars/follow-order.server.ts";
import { seminarFor, seminarSeenBy } from "#app/seminars/access.server.ts";
import { EARLY_MS } from "#app/seminars/policy.ts";
import { roomPage } from "#app/seminars/room/room-page.server.ts";
import { listStays, openStay, seeStays } from "#db/seminar-presence.ts";
import { findSeminar } from "#db/seminars.ts";
import { aDatabase } from "#tests/database.ts";
import { plainDocuments } from "#tests/plain-documents.ts";
import { anEvening, EVENING, quietServices } from "./setting.ts";

test("a host opens a seminar up to a day ahead, and no earlier", async () => {
  const db = await aDatabase();
  const { host, seminar } = await anEvening(db);
  const services = quietServices(db);
  expect(await follow(services, host, seminar.id, { type: "start" }, new Date(EVENING.getTime() - EARLY_MS - 1))).toEqual({ refused: "too_early" });
  expect(await findSeminar(db, seminar.id)).toMatchObject({ state: "scheduled" });
  expect(await follow(services, host, seminar.id, { type: "start" }, new Date(EVENING.getTime() - EARLY_MS))).toEqual({});
  expect(await findSeminar(db, seminar.id)).toMatchObject({ state: "live" });
});

test("a seminar that was opened early and left is not over before its time; when nobody has come by then, it is", async () => {
  const db = await aDatabase();
  const { host, seminar } = await anEvening(db, { state: "live", startedAt: new Date(EVENING.getTime() - 30 * 60_000) });
  await openStay(db, { seminarId: seminar.id, personId: host.id, channel: "text", sourceId: "早" }, new Date(EVENING.getTime() - 30 * 60_000));
  await closeForgottenSeminar(quietServices(db), seminar.id, new Date(EVENING.getTime() + DESERTED_MS - 1));
  expect(await findSeminar(db, seminar.id)).toMatchObject({ state: "live" });
  await closeForgottenSeminar(quietServices(db), seminar.id, new Date(EVENING.getTime() + DESERTED_MS));
  expect(await findSeminar(db, seminar.id)).toMatchObject({ state: "ended" });
});

test("an order that is none is none, and one that is not theirs is refused", async () => {
  const db = await aDatabase();
  const { trainee, seminar } = await anEvening(db, { state: "live", startedAt: EVENING });
  await enterSeminar(db, trainee, await seminarFor(db, trainee, "enter", seminar.id), EVENING);
  expect(readOrder("{")).toBeUndefined();
  expect(readOrder(JSON.stringify({ type: "dance" }))).toBeUndefined();
  expect(await follow(quietServices(db), trainee, seminar.id, { type: "agenda", position: 1 })).toEqual({ refused: "not_allowed" });
  expect(await findSeminar(db, seminar.id)).toMatchObject({ agendaAt: 0 });
});

test("the room's page says who is there, by which channel, and shows the lobby to hosts alone; whoever has not been seen for long is not counted", async () => {
  const db = await aDatabase();
  const { host, colleague, trainee, seminar } = await anEvening(db, { state: "live", startedAt: EVENING, lobby: true });
  await enterSeminar(db, trainee, await seminarFor(db, trainee, "enter", seminar.id), EVENING);
  const stay = (personId: string, channel: "text" | "webrtc", sourceId: string) => openStay(db, { seminarId: seminar.id, personId, channel, sourceId }, EVENING);
  await stay(host.id, "text", "主文");
  await stay(host.id, "webrtc", "主像");
  await stay(colleague.id, "text", "同");
  const at = new Date(EVENING.getTime() + 300_000);
  await seeStays(db, ["主文", "主像"], at);
  const services = { db, documents: plainDocuments(db), live: quietServices(db).live };
  const seenBy = async (who: typeof host) => roomPage(services, who, await seminarSeenBy(db, who, seminar.id), at);
  expect((await seenBy(host)).room).toMatchObject({ people: { count: 1, listed: [{ id: host.id, role: "host", channel: "webrtc" }] }, lobby: [{ personId: trainee.id }], may: { host: true } });
  expect((await seenBy(colleague)).room).toMatchObject({ lobby: [], removed: [], may: { host: false, speak: false } });
});

test("whose page can have no line is there by its letters; what they leave out for too long is not counted, and whoever was not let in is not there", async () => {
  const db = await aDatabase();
  const { trainee, colleague, seminar } = await anEvening(db, { state: "live", startedAt: EVENING });
  await enterSeminar(db, trainee, await seminarFor(db, trainee, "enter", seminar.id), EVENING);
  const after = (seconds: number) => new Date(EVENING.getTime() + seconds * 1_000);
  const beat = (who: typeof trainee, seconds: number) => follow(quietServices(db), who, seminar.id, { type: "beat" }, after(seconds));
  for (const seconds of [0, 15, 30, 110, 500, 515]) await beat(trainee, seconds);
  await beat(colleague, 20);
  const stays = await listStays(db, seminar.id);
  expect(stays.map(({ personId, channel, joinedAt, seenAt, leftAt }) => ({ personId, channel, joinedAt, seenAt, leftAt }))).toEqual([
    { personId: trainee.id, channel: "text", joinedAt: after(0), seenAt: after(110), leftAt: after(110) },
    { personId: trainee.id, channel: "text", joinedAt: after(500), seenAt: after(515), leftAt: null },
  ]);
});
