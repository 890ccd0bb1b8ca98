import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { seatFor, studioFor } from "#app/studios/access.server.ts";
import { admit, admitConfirmed, declineApplications } from "#app/studios/admit.server.ts";
import { applyTo, withdrawApplication } from "#app/studios/apply.server.ts";
import { endSeat } from "#app/studios/end-seat.server.ts";
import { listOpenApplications } from "#db/applications.ts";
import { confirmIdentity } from "#db/people.ts";
import { notifications, studios } from "#db/schema/index.ts";
import { findOpenSeat } from "#db/seats.ts";
import type { Db } from "#db/types.ts";
import type { Viewer } from "#db/viewer.ts";
import { aDatabase } from "#tests/database.ts";
import { aMember, asViewer, aStudio, aTeacher, EVENING, type StudioSetting } from "#tests/factories.ts";

const apply = async (db: Db, who: Viewer, studio: StudioSetting) => applyTo(db, who, await studioFor(db, who, "apply", studio.id), "教五年级，想学怎么改作业", EVENING);
const queue = async (db: Db, studio: StudioSetting) => listOpenApplications(db, studio.id, { limit: 50 });
const kinds = async (db: Db, who: Viewer) => (await db.select({ kind: notifications.kind }).from(notifications).where(eq(notifications.personId, who.id))).map((one) => one.kind);
const openDoors = (db: Db, studio: StudioSetting) => db.update(studios).set({ recruitPolicy: "open" }).where(eq(studios.id, studio.id));

test("applications queue, are admitted together in their order as far as places go, and the others wait", async () => {
  const db = await aDatabase();
  const studio = await aStudio(db, { quota: { subjectLead: 10, youngTeacher: 20, trainee: 2 } });
  const people = [await aTeacher(db), await aTeacher(db), await aTeacher(db)];
  for (const one of people) expect(await apply(db, one, studio)).toBe("pending");
  expect(await apply(db, people[0] as Viewer, studio)).toBe("pending");
  const unconfirmed = await aTeacher(db, { verified: false });
  expect(await apply(db, unconfirmed, studio)).toBe("pending");
  expect(await kinds(db, studio.master)).toEqual(["applied"]);

  const ids = (await queue(db, studio)).map((one) => one.id);
  expect(ids).toHaveLength(4);
  const desk = await studioFor(db, studio.master, "admit", studio.id);
  expect(await admit(db, studio.master, desk, [...ids].reverse(), studio.groupId, EVENING)).toEqual({ admitted: 2, waitlisted: 1, unconfirmed: 1, groupFull: 0 });
  expect(await findOpenSeat(db, studio.id, (people[0] as Viewer).id)).toMatchObject({ role: "trainee", groupId: studio.groupId, givenBy: studio.master.id });
  expect(await findOpenSeat(db, studio.id, (people[2] as Viewer).id)).toBeUndefined();
  expect((await queue(db, studio)).map((one) => one.state)).toEqual(["waitlisted", "pending"]);
  expect(await kinds(db, people[1] as Viewer)).toEqual(["admitted"]);
  expect(await admit(db, studio.master, desk, ids.slice(0, 2), null, EVENING)).toMatchObject({ admitted: 0 });

  expect(await declineApplications(db, studio.master, await studioFor(db, studio.master, "decline", studio.id), [ids[2] ?? ""], "今年只收乡村老师", EVENING)).toBe(1);
  expect(await kinds(db, people[2] as Viewer)).toEqual(["applicationDeclinedBecause"]);
  await withdrawApplication(db, unconfirmed, studio.id);
  expect(await queue(db, studio)).toEqual([]);
});

test("two desks admit at once: the last place goes to one", async () => {
  const db = await aDatabase();
  const studio = await aStudio(db, { quota: { subjectLead: 10, youngTeacher: 20, trainee: 1 } });
  for (const one of [await aTeacher(db), await aTeacher(db)]) await apply(db, one, studio);
  const [first, second] = (await queue(db, studio)).map((one) => one.id);
  const desk = await studioFor(db, studio.master, "admit", studio.id);
  const told = await Promise.all([admit(db, studio.master, desk, [first ?? ""], null, EVENING), admit(db, studio.master, desk, [second ?? ""], null, EVENING)]);
  expect(told.map((one) => one.admitted).sort()).toEqual([0, 1]);
});

test("a lead admits into the own group and nowhere else", async () => {
  const db = await aDatabase();
  const studio = await aStudio(db);
  const lead = await aMember(db, studio, "subject_lead", { groupId: studio.groupId });
  await apply(db, await aTeacher(db), studio);
  const ids = (await queue(db, studio)).map((one) => one.id);
  const desk = await studioFor(db, lead, "admit", studio.id);
  expect(() => admit(db, lead, desk, ids, studio.otherGroupId)).toThrow();
  expect(() => admit(db, lead, desk, ids, null)).toThrow();
  expect(await admit(db, lead, desk, ids, studio.groupId)).toMatchObject({ admitted: 1 });
});

test("open doors: in at once, on the list when it is full, in by itself when a place is free", async () => {
  const db = await aDatabase();
  const studio = await aStudio(db, { quota: { subjectLead: 10, youngTeacher: 20, trainee: 1 } });
  await openDoors(db, studio);
  const [one, other] = [await aTeacher(db), await aTeacher(db)];
  expect(await apply(db, one, studio)).toBe("admitted");
  expect(await apply(db, other, studio)).toBe("waitlisted");
  expect(await findOpenSeat(db, studio.id, other.id)).toBeUndefined();
  const seated = await asViewer(db, one);
  await endSeat(db, seated, await seatFor(db, seated, "end", studio.id, seated.seats[0]?.id), "", EVENING);
  expect(await findOpenSeat(db, studio.id, other.id)).toMatchObject({ role: "trainee", givenBy: null });
  expect(await kinds(db, other)).toEqual(["admitted"]);
});

test("open doors are open to whom a school has confirmed, and open by themselves when it does", async () => {
  const db = await aDatabase();
  const studio = await aStudio(db);
  await openDoors(db, studio);
  const unconfirmed = await aTeacher(db, { verified: false });
  expect(await apply(db, unconfirmed, studio)).toBe("pending");
  await admitConfirmed(db, unconfirmed.id, EVENING);
  expect(await findOpenSeat(db, studio.id, unconfirmed.id)).toBeUndefined();
  await confirmIdentity(db, unconfirmed.id, studio.master.id, EVENING);
  await admitConfirmed(db, unconfirmed.id, EVENING);
  expect(await findOpenSeat(db, studio.id, unconfirmed.id)).toMatchObject({ role: "trainee" });
});
