import { listApplicationsOf } from "#db/applications.ts";
import { countEvidence } from "#db/evidence.ts";
import { listSeatsOf } from "#db/people.ts";
import { schoolDay, schoolYear, startOfSchoolDay } from "#db/school-day.ts";
import { listComingSeminars } from "#db/seminars.ts";
import { listStudiosById } from "#db/studios.ts";
import type { Db } from "#db/types.ts";
import type { Viewer } from "#db/viewer.ts";
import { leftOff } from "./left-off.server.ts";
import { lessonsUnderWay } from "./under-way.server.ts";
import { waitsFor } from "./waits.server.ts";

const WEEK_MS = 7 * 86_400_000;

/** Everything that the signed-in home answers. */
export async function myDay(db: Db, viewer: Viewer, now = new Date()) {
  const [waits, seminars, lessons, last, evidence, seats, applications] = await Promise.all([
    waitsFor(db, viewer, now),
    listComingSeminars(db, viewer, {}, { limit: 5 }),
    lessonsUnderWay(db, viewer, 6),
    leftOff(db, viewer),
    countEvidence(db, viewer.id),
    listSeatsOf(db, viewer.id),
    listApplicationsOf(db, viewer.id),
  ]);
  const applied = await listStudiosById(db, viewer, applications.map((one) => one.studioId));
  const coming = seminars.map((one) => ({ id: one.id, title: one.title, startsAt: one.startsAt, days: daysTo(one.startsAt, now), host: one.hostName, mine: one.hostId === viewer.id, studio: one.studioName, now: one.state === "live" || one.state === "paused" || one.state === "lobby" }));
  return { name: viewer.name, verified: viewer.verified, today: now, week: weekOf(now), waits, coming, lessons, leftOff: last, evidence, seats, applied: applied.map(({ id, name }) => ({ id, name })) };
}

/** School days from one instant to another: 0 today, 1 tomorrow. */
function daysTo(at: Date, now: Date): number {
  return Math.round((startOfSchoolDay(schoolDay(at)).getTime() - startOfSchoolDay(schoolDay(now)).getTime()) / 86_400_000);
}

/** Week of the school year, from 1: its first week is the one in which 1 September lies. */
export function weekOf(now: Date): number {
  const first = startOfSchoolDay(`${schoolYear(now)}-09-01`);
  const monday = first.getTime() - ((first.getUTCDay() + 7) % 7) * 86_400_000;
  return Math.floor((startOfSchoolDay(schoolDay(now)).getTime() - monday) / WEEK_MS) + 1;
}
