import { and, count, eq, gt, isNull } from "drizzle-orm";
import { expect, test } from "vitest";
import { evidenceEvents, lessonPlans, persons, resources, seats, seminars } from "#db/schema/index.ts";
import { SCHOOL_ZONE } from "#db/school-day.ts";
import { DocLog } from "#server/collab/log.ts";
import { LiveDocs } from "#server/collab/live-docs.ts";
import { documentsOn } from "#server/collab/documents.ts";
import { demoId } from "#server/demo/ids.ts";
import { seedDemo } from "#server/demo/seed.ts";
import { loadDictionaries } from "#server/dictionaries.ts";
import { makeSessions } from "#server/sessions.ts";
import { appendUpdates } from "#db/documents.ts";
import { SECRET } from "#tests/context.ts";
import { anOpenDatabase } from "#tests/database.ts";

async function theDemonstrationOf(now: Date) {
  const open = await anOpenDatabase();
  await loadDictionaries(open.db);
  const documents = documentsOn(open.db, new DocLog((batch) => appendUpdates(open.db, batch)), new LiveDocs());
  expect(await seedDemo(open.db, makeSessions(open, SECRET, "http://localhost:3000"), documents, now)).toBe(true);
  return open.db;
}

const hourOf = (at: Date) => Number(new Intl.DateTimeFormat("en-GB", { timeZone: SCHOOL_ZONE, hour: "2-digit", hourCycle: "h23" }).format(at));

test.each([
  ["before dawn", "2026-11-25T20:40:00Z"],
  ["just after midnight", "2026-11-25T16:05:00Z"],
  ["late on the last day of a school year", "2026-08-31T15:50:00Z"],
])("a demonstration begun %s is a studio at work, at hours when teachers work", async (_when, instant) => {
  const now = new Date(instant);
  const db = await theDemonstrationOf(now);
  const seated = await db.select({ role: seats.role, people: count() }).from(seats).where(and(eq(seats.studioId, demoId("studio", "wenlan")), isNull(seats.to))).groupBy(seats.role);
  expect(Object.fromEntries(seated.map(({ role, people }) => [role, people]))).toMatchObject({ master: 1, subject_lead: 10, young_teacher: 20, trainee: 60 });
  expect((await db.select().from(persons)).length).toBeGreaterThan(90);
  expect((await db.select().from(lessonPlans)).length).toBeGreaterThanOrEqual(12);
  expect((await db.select().from(resources).where(and(eq(resources.state, "published"), eq(resources.kind, "teaching_case")))).length).toBeGreaterThanOrEqual(3);

  const all = await db.select().from(seminars);
  const minutesAhead = (at: Date) => (at.getTime() - now.getTime()) / 60_000;
  expect(all.filter((one) => one.state === "scheduled" && minutesAhead(one.startsAt) > 0 && minutesAhead(one.startsAt) <= 30)).toHaveLength(1);
  expect(all.filter((one) => one.state === "reported").length).toBeGreaterThanOrEqual(1);
  const others = all.filter((one) => Math.abs(minutesAhead(one.startsAt)) > 12 * 60);
  expect(others.length).toBeGreaterThanOrEqual(4);
  expect(others.filter((one) => hourOf(one.startsAt) < 7 || hourOf(one.startsAt) > 21).map((one) => one.title)).toEqual([]);

  expect(await db.select({ kind: evidenceEvents.kind, at: evidenceEvents.occurredAt }).from(evidenceEvents).where(gt(evidenceEvents.occurredAt, now))).toEqual([]);
});
