import { expect, test } from "vitest";
import { seminarFor } from "#app/seminars/access.server.ts";
import { cancelSeminar } from "#app/seminars/cancel.server.ts";
import { editSeminar } from "#app/seminars/edit.server.ts";
import { postponeSeminar } from "#app/seminars/postpone.server.ts";
import { register, unregister } from "#app/seminars/register.server.ts";
import { remindOfSeminar } from "#app/seminars/remind.server.ts";
import { type NewSeminarWish, scheduleSeminar, studioForSeminar } from "#app/seminars/schedule.server.ts";
import { newId } from "#db/ids.ts";
import { listNotices } from "#db/notices.ts";
import { countPlaces, seminarRolesOf } from "#db/seminar-people.ts";
import { findSeminar } from "#db/seminars.ts";
import type { Db } from "#db/types.ts";
import type { Viewer } from "#db/viewer.ts";
import { aDatabase } from "#tests/database.ts";
import { aMember } from "#tests/factories.ts";
import { anEvening, type Evening, EVENING } from "./setting.ts";

const HOUR = 3_600_000;
const NOON = new Date(EVENING.getTime() - 8 * HOUR);
const hours = (count: number) => new Date(EVENING.getTime() + count * HOUR);

function wishOf({ host }: Evening, given: Partial<NewSeminarWish> = {}): NewSeminarWish {
  return {
    id: newId(), kind: "theme", lessonId: null, title: "怎样让学生自己提出问题", intro: "带一个您课上的例子来。", startsAt: hours(24), endsAt: hours(25), hostId: host.id,
    speakerIds: [], discussantIds: [], scribeId: null, agenda: [{ title: "各说一例", minutes: 40 }], visibility: "studio", capacity: 100, lobby: false, ...given,
  };
}

async function call(db: Db, evening: Evening, given: Partial<NewSeminarWish> = {}, by: Viewer = evening.host) {
  return scheduleSeminar(db, by, await studioForSeminar(db, by, evening.studio.id), wishOf(evening, given), NOON);
}

const kindsOf = async (db: Db, person: Viewer) => (await listNotices(db, person.id, { limit: 20 })).map((notice) => notice.kind);

test("a seminar is called once however often the form is sent, its people have parts and are told", async () => {
  const db = await aDatabase();
  const evening = await anEvening(db);
  const id = newId();
  const parts = { id, speakerIds: [evening.colleague.id], scribeId: evening.trainee.id };
  expect(await call(db, evening, parts)).toEqual({ id });
  expect(await call(db, evening, parts)).toEqual({ id });
  expect(await seminarRolesOf(db, id)).toEqual(new Map([[evening.host.id, "host"], [evening.colleague.id, "speaker"], [evening.trainee.id, "scribe"]]));
  expect(await countPlaces(db, id)).toBe(3);
  expect(await kindsOf(db, evening.colleague)).toEqual(["seminar.called"]);
});

test("a time that cannot be is refused beside its field, and an overlap names the other seminar", async () => {
  const db = await aDatabase();
  const evening = await anEvening(db);
  expect(await call(db, evening, { startsAt: new Date(NOON.getTime() - HOUR) })).toMatchObject({ problems: { start: { key: "seminars:form.past" } } });
  expect(await call(db, evening, { endsAt: hours(23) })).toMatchObject({ problems: { end: { key: "seminars:form.backwards" } } });
  expect(await call(db, evening, { endsAt: hours(33) })).toMatchObject({ problems: { end: { key: "seminars:form.tooLong" } } });
  expect(await call(db, evening, { startsAt: hours(1), endsAt: hours(2) })).toMatchObject({ problems: { start: { key: "seminars:form.overlaps", params: { title: "“分数的意义”集体研讨" } } } });
  expect(await call(db, evening, { startsAt: hours(1.5), endsAt: hours(2) })).toHaveProperty("id");
});

test("who hosts belongs to the studio and is no trainee; a trainee cannot call a seminar, a stranger does not see the studio's form", async () => {
  const db = await aDatabase();
  const evening = await anEvening(db);
  for (const person of [evening.stranger, evening.trainee]) expect(await call(db, evening, { hostId: person.id })).toMatchObject({ problems: { hostId: { key: "seminars:form.hostNoMember" } } });
  expect(await call(db, evening, { visibility: "prep" })).toMatchObject({ problems: { visibility: { key: "seminars:form.noPrep" } } });
  await expect(studioForSeminar(db, evening.trainee, evening.studio.id)).rejects.toMatchObject({ status: 403 });
});

test("two people who want the last place at once: one has it, the other is told that it is full", async () => {
  const db = await aDatabase();
  const evening = await anEvening(db, { capacity: 1 });
  const third = await aMember(db, evening.studio, "trainee", { name: "吴海平" });
  const asked = await Promise.all([evening.trainee, third].map(async (one) => register(db, one, await seminarFor(db, one, "register", evening.seminar.id), NOON)));
  expect(asked.sort()).toEqual(["full", "registered"]);
  expect(await countPlaces(db, evening.seminar.id)).toBe(1);
});

test("a place that is given back is free for the next", async () => {
  const db = await aDatabase();
  const evening = await anEvening(db, { capacity: 1 });
  const seen = (who: Viewer) => seminarFor(db, who, "register", evening.seminar.id);
  expect(await register(db, evening.trainee, await seen(evening.trainee), NOON)).toBe("registered");
  await unregister(db, evening.trainee, await seen(evening.trainee), NOON);
  expect(await register(db, evening.colleague, await seen(evening.colleague), NOON)).toBe("registered");
});

test("of two who save one form the second is told, and a seminar is not made smaller than its places taken", async () => {
  const db = await aDatabase();
  const evening = await anEvening(db);
  await register(db, evening.trainee, await seminarFor(db, evening.trainee, "register", evening.seminar.id), NOON);
  await register(db, evening.colleague, await seminarFor(db, evening.colleague, "register", evening.seminar.id), NOON);
  const seminar = await seminarFor(db, evening.host, "edit", evening.seminar.id);
  expect(await editSeminar(db, evening.host, seminar, 1, wishOf(evening, { capacity: 1 }), NOON)).toMatchObject({ problems: { capacity: { key: "seminars:form.capacityTaken", params: { taken: 2 } } } });
  expect(await editSeminar(db, evening.host, seminar, 1, wishOf(evening, { title: "第一位存的" }), NOON)).toEqual({ saved: true });
  expect(await editSeminar(db, evening.host, seminar, 1, wishOf(evening, { title: "第二位存的" }), NOON)).toEqual({ saved: false, stale: true });
  expect(await findSeminar(db, seminar.id)).toMatchObject({ title: "第一位存的", version: 2 });
});

test("a new time and a cancellation reach those who registered, with the reason; the reminder of the old time says nothing", async () => {
  const db = await aDatabase();
  const evening = await anEvening(db);
  await register(db, evening.trainee, await seminarFor(db, evening.trainee, "register", evening.seminar.id), NOON);
  const seminar = await seminarFor(db, evening.host, "edit", evening.seminar.id);
  expect(await postponeSeminar(db, evening.host, seminar, { startsAt: hours(48), endsAt: hours(49), reason: "学校停电", version: 1 }, NOON)).toEqual({ saved: true });
  await remindOfSeminar(db, seminar.id, hours(-0.5));
  expect(await kindsOf(db, evening.trainee)).toEqual(["seminar.postponed"]);
  await remindOfSeminar(db, seminar.id, hours(47.5));
  await remindOfSeminar(db, seminar.id, hours(47.6));
  await remindOfSeminar(db, seminar.id, hours(48));
  await cancelSeminar(db, evening.host, await seminarFor(db, evening.host, "cancel", seminar.id), "主持人病了", hours(40));
  expect((await kindsOf(db, evening.trainee)).sort()).toEqual(["seminar.begins", "seminar.cancelled", "seminar.postponed", "seminar.soon"]);
});
