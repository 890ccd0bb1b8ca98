import { expect, test } from "vitest";
import { mayEnter, personMayEnter, seminarFor } from "#app/seminars/access.server.ts";
import { admit, admitAll, deny } from "#app/seminars/admit.server.ts";
import { closeForgottenSeminar, DESERTED_MS, findForgottenSeminars, OVERTIME_MS } from "#app/seminars/close.server.ts";
import { endSeminar } from "#app/seminars/end.server.ts";
import { enterSeminar } from "#app/seminars/enter.server.ts";
import { giveFloor, putHandDown, putHandUp, takeFloor } from "#app/seminars/hands.server.ts";
import { LiveUnreachable } from "#app/seminars/live-rooms.ts";
import { moveAgenda } from "#app/seminars/move-agenda.server.ts";
import { removePerson } from "#app/seminars/remove-person.server.ts";
import { FLOOD_COUNT, say, takeMessageAway } from "#app/seminars/say.server.ts";
import { startSeminar } from "#app/seminars/start.server.ts";
import { listWaitingJobs } from "#db/jobs.ts";
import { listNotices } from "#db/notices.ts";
import { listSeminarEvents, setRegistration } from "#db/seminar-people.ts";
import { openStay } from "#db/seminar-presence.ts";
import { listLatestMessages, listOpenHands } from "#db/seminar-talk.ts";
import { findSeminar } from "#db/seminars.ts";
import type { Db } from "#db/types.ts";
import type { Viewer } from "#db/viewer.ts";
import { aDatabase } from "#tests/database.ts";
import { aMember } from "#tests/factories.ts";
import { anEvening, aSeminar, EVENING, quietServices } from "./setting.ts";

const later = (minutes: number) => new Date(EVENING.getTime() + minutes * 60_000);
const enter = async (db: Db, viewer: Viewer, seminarId: string, at = EVENING) => enterSeminar(db, viewer, await seminarFor(db, viewer, "enter", seminarId), at);
const refusal = async (asked: Promise<unknown>) => asked.then(() => "allowed", (error: unknown) => (error instanceof Response ? error.status : error));

test("whoever is removed is out, stays out when they come again, and comes back when the host admits them", async () => {
  const db = await aDatabase();
  const { host, trainee, seminar } = await anEvening(db, { state: "live", startedAt: EVENING });
  const services = quietServices(db);
  expect(await enter(db, trainee, seminar.id)).toEqual({ entry: "in" });
  expect(await mayEnter(db, trainee, seminar.id, EVENING)).toMatchObject({ in: true, grants: { speak: false, shareScreen: false } });

  await removePerson(services, host, await seminarFor(db, host, "remove", seminar.id), trainee.id, EVENING);
  expect(services.said).toContain(`remove ${seminar.id} ${trainee.id}`);
  expect(await mayEnter(db, trainee, seminar.id, EVENING)).toMatchObject({ in: false, waiting: false });
  expect(await refusal(enter(db, trainee, seminar.id))).toBe(403);
  expect(await listWaitingJobs(db)).toMatchObject([{ kind: "access.changed", payload: { personIds: [trainee.id], seminarId: seminar.id } }]);

  await admit(services, host, await seminarFor(db, host, "admit", seminar.id), trainee.id, EVENING);
  expect(await personMayEnter(db, trainee.id, seminar.id, EVENING)).toMatchObject({ in: true });
});

test("a removal holds although the media server is away", async () => {
  const db = await aDatabase();
  const { host, trainee, seminar } = await anEvening(db, { state: "live", startedAt: EVENING });
  await enter(db, trainee, seminar.id);
  const services = quietServices(db, { remove: async () => { throw new LiveUnreachable("连不上"); } });
  expect(await removePerson(services, host, await seminarFor(db, host, "remove", seminar.id), trainee.id, EVENING)).toEqual({ removed: true });
  expect(await mayEnter(db, trainee, seminar.id, EVENING)).toMatchObject({ in: false });
});

test("nobody but a host removes, and the host cannot be removed", async () => {
  const db = await aDatabase();
  const { host, colleague, stranger, trainee, seminar } = await anEvening(db, { state: "live", startedAt: EVENING });
  await enter(db, colleague, seminar.id);
  expect(await refusal(seminarFor(db, colleague, "remove", seminar.id))).toBe(403);
  expect(await refusal(seminarFor(db, stranger, "remove", seminar.id))).toBe(404);
  expect(await refusal(seminarFor(db, trainee, "remove", "不是编号"))).toBe(404);
  expect(await removePerson(quietServices(db), host, await seminarFor(db, host, "remove", seminar.id), host.id)).toEqual({ removed: false, reason: "self" });
});

test("the last place is given once, and whoever registered keeps theirs", async () => {
  const db = await aDatabase();
  const { studio, host, seminar } = await anEvening(db, { state: "live", startedAt: EVENING, capacity: 3 });
  const people = await Promise.all(Array.from({ length: 6 }, () => aMember(db, studio, "trainee")));
  const answers = await Promise.all(people.map((person) => enter(db, person, seminar.id)));
  expect(answers.filter((answer) => answer.entry === "in")).toHaveLength(3);
  expect(answers.filter((answer) => answer.entry === "refused")).toEqual(Array.from({ length: 3 }, () => ({ entry: "refused", reason: "full" })));
  expect(await enter(db, host, seminar.id)).toEqual({ entry: "in" });
  const came = people.find((_, index) => answers[index]?.entry === "in");
  if (came) expect(await enter(db, came, seminar.id)).toEqual({ entry: "in" });
});

test("in the lobby one waits until the host opens or turns one away", async () => {
  const db = await aDatabase();
  const { host, colleague, trainee, seminar } = await anEvening(db, { state: "live", startedAt: EVENING, lobby: true });
  const services = quietServices(db);
  expect(await enter(db, trainee, seminar.id)).toEqual({ entry: "waiting" });
  expect(await enter(db, colleague, seminar.id)).toEqual({ entry: "waiting" });
  expect(await mayEnter(db, trainee, seminar.id, EVENING)).toMatchObject({ in: false, waiting: true });
  expect(await refusal(seminarFor(db, trainee, "say", seminar.id))).toBe(403);
  await deny(services, host, await seminarFor(db, host, "admit", seminar.id), colleague.id, EVENING);
  await admitAll(services, host, await seminarFor(db, host, "admit", seminar.id), EVENING);
  expect(await mayEnter(db, trainee, seminar.id, EVENING)).toMatchObject({ in: true });
  expect(await refusal(enter(db, colleague, seminar.id))).toBe(403);
});

test("a trainee raises her hand, is given the floor, may speak, and may not when it is taken back", async () => {
  const db = await aDatabase();
  const { host, trainee, seminar } = await anEvening(db, { state: "live", startedAt: EVENING });
  const grants: unknown[] = [];
  const services = quietServices(db, { allow: async (_seminarId, _personId, given) => void grants.push(given) });
  await enter(db, trainee, seminar.id);
  for (let twice = 0; twice < 2; twice += 1) await putHandUp(services, trainee, await seminarFor(db, trainee, "raise_hand", seminar.id), later(1));
  expect(await listOpenHands(db, seminar.id)).toMatchObject([{ name: "陈静好", calledAt: null }]);
  await giveFloor(services, host, await seminarFor(db, host, "give_floor", seminar.id), trainee.id, later(2));
  expect(await listOpenHands(db, seminar.id)).toMatchObject([{ name: "陈静好", calledAt: later(2) }]);
  expect(await refusal(seminarFor(db, trainee, "speak", seminar.id))).toBe("allowed");
  await takeFloor(services, host, await seminarFor(db, host, "give_floor", seminar.id), trainee.id, later(3));
  expect(await refusal(seminarFor(db, trainee, "speak", seminar.id))).toBe(403);
  expect(grants).toEqual([{ speak: true, shareScreen: false }, { speak: false, shareScreen: false }]);
  await putHandUp(services, trainee, await seminarFor(db, trainee, "raise_hand", seminar.id), later(4));
  await putHandDown(services, trainee, await seminarFor(db, trainee, "raise_hand", seminar.id), later(5));
  expect(await listOpenHands(db, seminar.id)).toEqual([]);
});

test("the floor is nothing that can be given to somebody outside", async () => {
  const db = await aDatabase();
  const { host, stranger, trainee, seminar } = await anEvening(db, { state: "live", startedAt: EVENING });
  for (const person of [stranger, trainee]) await giveFloor(quietServices(db), host, await seminarFor(db, host, "give_floor", seminar.id), person.id, EVENING);
  expect(await listOpenHands(db, seminar.id)).toEqual([]);
});

test("a message sent twice over a bad line is kept once; empty, too long and a flood are answered kindly", async () => {
  const db = await aDatabase();
  const { host, colleague, seminar } = await anEvening(db, { state: "live", startedAt: EVENING });
  const services = quietServices(db);
  await enter(db, colleague, seminar.id);
  const permitted = await seminarFor(db, colleague, "say", seminar.id);
  const first = await say(services, colleague, permitted, { body: "单位“1”不一定是一个物体。", clientKey: "甲" }, later(1));
  expect(await say(services, colleague, permitted, { body: "单位“1”不一定是一个物体。", clientKey: "甲" }, later(2))).toEqual(first);
  expect(await say(services, colleague, permitted, { body: " \n ", clientKey: "乙" }, later(2))).toEqual({ refused: "empty" });
  expect(await say(services, colleague, permitted, { body: "分".repeat(2001), clientKey: "丙" }, later(2))).toEqual({ refused: "too_long" });
  expect(await say(services, colleague, permitted, { body: "𠮷".repeat(2000), clientKey: "丁" }, later(3))).toHaveProperty("messageId");
  let answer: Awaited<ReturnType<typeof say>> | undefined;
  for (let sent = 0; sent <= FLOOD_COUNT; sent += 1) answer = await say(services, colleague, permitted, { body: "快", clientKey: `快${sent}` }, later(10));
  expect(answer).toEqual({ refused: "slow_down" });
  expect(await say(services, colleague, permitted, { body: "快", clientKey: "快0" }, later(10))).toHaveProperty("messageId");
  expect(await listLatestMessages(db, seminar.id, { limit: 50 })).toHaveLength(2 + FLOOD_COUNT);

  const messageId = "messageId" in first ? first.messageId : "";
  await takeMessageAway(services, host, await seminarFor(db, host, "remove_message", seminar.id), messageId, later(11));
  expect((await listLatestMessages(db, seminar.id, { limit: 50 }))[0]).toMatchObject({ id: messageId, body: "", removed: true });
});

test("the agenda stands where the host put it, and nowhere else", async () => {
  const db = await aDatabase();
  const { host, seminar } = await anEvening(db, { state: "live", startedAt: EVENING });
  for (const position of [1, 7, -1, 1.5]) await moveAgenda(quietServices(db), host, await seminarFor(db, host, "move_agenda", seminar.id), position, EVENING);
  expect((await findSeminar(db, seminar.id))?.agendaAt).toBe(1);
  expect((await listSeminarEvents(db, seminar.id)).map((event) => event.kind)).toEqual(["agenda_moved"]);
});

test("starting tells whoever is expected, once; ending asks for the report, once, and empties the room", async () => {
  const db = await aDatabase();
  const { host, colleague, seminar } = await anEvening(db);
  const services = quietServices(db);
  await setRegistration(db, seminar.id, colleague.id, "registered", colleague.id, EVENING);
  const start = await seminarFor(db, host, "start", seminar.id);
  await startSeminar(services, host, start, later(2));
  await startSeminar(services, host, start, later(3));
  expect(await findSeminar(db, seminar.id)).toMatchObject({ state: "live", startedAt: later(2) });
  expect(await listNotices(db, colleague.id, { limit: 9 })).toMatchObject([{ kind: "seminar.started", href: `/seminars/${seminar.id}` }]);
  expect(await listNotices(db, host.id, { limit: 9 })).toEqual([]);

  const end = await seminarFor(db, host, "end", seminar.id);
  await endSeminar(services, host, end, later(80));
  await endSeminar(services, host, end, later(85));
  expect(await findSeminar(db, seminar.id)).toMatchObject({ state: "ended", endedAt: later(80) });
  expect((await listWaitingJobs(db)).filter((job) => job.kind === "seminar.report")).toHaveLength(1);
  expect(services.said).toContain(`close ${seminar.id}`);
});

test("a seminar that everybody left is closed at the moment when the last was seen, one far past its time at once, one with people in it not at all", async () => {
  const db = await aDatabase();
  const { studio, host, colleague, seminar } = await anEvening(db, { state: "live", startedAt: EVENING });
  const lively = await aSeminar(db, studio, colleague, { state: "live", startedAt: EVENING });
  const stay = (seminarId: string) => ({ seminarId, personId: host.id, channel: "text" as const, sourceId: `源${seminarId}` });
  await openStay(db, stay(seminar.id), later(20));
  const now = new Date(later(20).getTime() + DESERTED_MS);
  await openStay(db, stay(lively.id), now);
  await findForgottenSeminars(db, now);
  await findForgottenSeminars(db, now);
  expect(await listWaitingJobs(db)).toMatchObject([{ kind: "seminar.close", payload: { seminarId: seminar.id } }]);
  for (const { id } of [seminar, lively]) await closeForgottenSeminar(quietServices(db), id, now);
  expect(await findSeminar(db, seminar.id)).toMatchObject({ state: "ended", endedAt: later(20) });
  expect(await findSeminar(db, lively.id)).toMatchObject({ state: "live" });
  const late = new Date(later(90).getTime() + OVERTIME_MS);
  await openStay(db, { ...stay(lively.id), sourceId: "还在" }, late);
  await closeForgottenSeminar(quietServices(db), lively.id, late);
  expect(await findSeminar(db, lively.id)).toMatchObject({ state: "ended", endedAt: late });
});
