import { expect, test } from "vitest";
import { seminarFor } from "#app/seminars/access.server.ts";
import { endSeminar } from "#app/seminars/end.server.ts";
import { enterSeminar } from "#app/seminars/enter.server.ts";
import { giveFloor, putHandUp } from "#app/seminars/hands.server.ts";
import { writeReport } from "#app/seminars/report.server.ts";
import { say } from "#app/seminars/say.server.ts";
import { listEvidence } from "#db/evidence.ts";
import { listWaitingJobs } from "#db/jobs.ts";
import { listNotices } from "#db/notices.ts";
import { closeStay, keepMediaEvent, MICROPHONE_OPENED, openStay, seeStays } from "#db/seminar-presence.ts";
import { listReports } from "#db/seminar-reports.ts";
import { findSeminar } from "#db/seminars.ts";
import type { Viewer } from "#db/viewer.ts";
import { aDatabase } from "#tests/database.ts";
import { anEvening, EVENING, quietServices } from "./setting.ts";

const minute = (n: number) => new Date(EVENING.getTime() + n * 60_000);

test("the report says who was there how long and what they did, and its evidence is written once, however often it runs", async () => {
  const db = await aDatabase();
  const services = quietServices(db);
  const { host, colleague, trainee, seminar } = await anEvening(db, { state: "live", startedAt: EVENING });
  const there = (person: Viewer, channel: "webrtc" | "text", sourceId: string) => ({ seminarId: seminar.id, personId: person.id, channel, sourceId });
  for (const person of [host, colleague, trainee]) await enterSeminar(db, person, await seminarFor(db, person, "enter", seminar.id), EVENING);
  // The host all the time and still there; the colleague by picture and text with a minute's cut; the trainee half the time, in text alone.
  await openStay(db, there(host, "webrtc", "主"), minute(-5));
  await closeStay(db, there(colleague, "webrtc", "甲一"), minute(0), minute(30));
  await closeStay(db, there(colleague, "webrtc", "甲二"), minute(31), minute(58));
  await closeStay(db, there(colleague, "text", "甲三"), minute(1), minute(20));
  await closeStay(db, there(trainee, "text", "乙"), minute(30), minute(60));
  await seeStays(db, ["主"], minute(60));
  await keepMediaEvent(db, { id: "事件", event: MICROPHONE_OPENED, room: seminar.id, participant: colleague.id, sid: "甲一", at: minute(3), receivedAt: minute(3) });
  await say(services, trainee, await seminarFor(db, trainee, "say", seminar.id), { body: "量的和率怎么区分？", clientKey: "一" }, minute(40));
  await putHandUp(services, colleague, await seminarFor(db, colleague, "raise_hand", seminar.id), minute(10));
  await giveFloor(services, host, await seminarFor(db, host, "give_floor", seminar.id), colleague.id, minute(11));
  await endSeminar(services, host, await seminarFor(db, host, "end", seminar.id), minute(60));

  const begun: string[] = [];
  for (let run = 0; run < 2; run += 1) await writeReport(db, seminar.id, { beginMinutes: async (one) => void begun.push(one.title) }, minute(61));

  const reports = Object.fromEntries((await listReports(db, seminar.id)).map((report) => [report.name, report]));
  expect(reports["何立夏"]).toMatchObject({ presentMs: 3_600_000, sessionMs: 3_600_000, attended: true, spoke: false });
  expect(reports["林雨桐"]).toMatchObject({ presentMs: 58 * 60_000, attended: true, spoke: true, hands: 1, intervals: [{ from: minute(0).toISOString(), to: minute(58).toISOString(), channel: "text+webrtc" }] });
  expect(reports["陈静好"]).toMatchObject({ presentMs: 1_800_000, attended: false, spoke: true, messages: 1 });
  expect(await findSeminar(db, seminar.id)).toMatchObject({ state: "reported" });
  const evidence = async (person: Viewer) => (await listEvidence(db, person.id, { limit: 20 })).map((event) => event.kind).sort();
  expect(await evidence(host)).toEqual(["seminar.attended", "seminar.hosted"]);
  expect(await evidence(colleague)).toEqual(["seminar.attended", "seminar.question_asked", "seminar.spoke"]);
  expect(await evidence(trainee)).toEqual(["seminar.question_asked", "seminar.spoke"]);
  expect((await listEvidence(db, colleague.id, { limit: 20 })).find((event) => event.kind === "seminar.attended")).toMatchObject({ quantity: 58, unit: "minute", objectId: seminar.id });
  expect(begun).toEqual(["“分数的意义”集体研讨"]);
  expect((await listWaitingJobs(db)).filter((job) => job.kind === "search.index")).toHaveLength(1);
  expect((await listNotices(db, trainee.id, { limit: 9 })).map((notice) => notice.kind)).toEqual(["seminar.reported"]);
});

test("a report that was cut off in the middle is finished by the next run, and what was written stands", async () => {
  const db = await aDatabase();
  const { host, colleague, seminar } = await anEvening(db, { state: "ended", startedAt: EVENING, endedAt: minute(60) });
  for (const person of [host, colleague]) await closeStay(db, { seminarId: seminar.id, personId: person.id, channel: "webrtc", sourceId: person.id }, EVENING, minute(60));
  let broken = true;
  const flaky: typeof db = Object.assign(Object.create(db), { transaction: (work: never) => (broken ? ((broken = false), db.transaction(work)) : Promise.reject(new Error("断电"))) });
  await expect(writeReport(flaky, seminar.id, {}, minute(61))).rejects.toThrow("断电");
  expect(await listReports(db, seminar.id)).toHaveLength(1);
  await writeReport(db, seminar.id, {}, minute(62));
  expect((await listReports(db, seminar.id)).map((report) => report.writtenAt).sort()).toEqual([minute(61), minute(62)]);
  for (const person of [host, colleague]) expect((await listEvidence(db, person.id, { limit: 9 })).filter((event) => event.kind === "seminar.attended")).toHaveLength(1);
});
