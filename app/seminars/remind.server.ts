import { enqueue } from "#db/jobs.ts";
import { notify } from "#db/notices.ts";
import { listRegistered, seminarRolesOf } from "#db/seminar-people.ts";
import { findSeminar } from "#db/seminars.ts";
import type { Db } from "#db/types.ts";

const BEFORE_MS = 30 * 60_000;
/** A reminder that comes later than this after the start helps nobody. */
const LATE_MS = 15 * 60_000;

/** Half an hour before, and when it begins. A seminar that is moved is reminded of anew; the reminder of its old time finds it elsewhere and says nothing. */
export async function scheduleSeminarReminders(tx: Db, seminarId: string, startsAt: Date, at: Date): Promise<void> {
  for (const runAt of [new Date(startsAt.getTime() - BEFORE_MS), startsAt]) {
    if (runAt > at) await enqueue(tx, "seminar.remind", { seminarId }, { key: `${seminarId}:${runAt.toISOString()}`, runAt });
  }
}

/** The job `seminar.remind`: tells those who have a part or registered. Each of the two reminders reaches a person once, however often it runs. */
export async function remindOfSeminar(db: Db, seminarId: string, now = new Date()): Promise<void> {
  const seminar = await findSeminar(db, seminarId);
  if (!seminar || seminar.state !== "scheduled") return;
  const ahead = seminar.startsAt.getTime() - now.getTime();
  if (ahead > BEFORE_MS || ahead < -LATE_MS) return;
  const kind = ahead > 0 ? "seminar.soon" : "seminar.begins";
  const people = await peopleConcerned(db, seminarId);
  await db.transaction((tx) => notify(tx, people, { kind, params: { title: seminar.title, at: seminar.startsAt.toISOString() }, href: `/seminars/${seminarId}`, lessonId: seminar.lessonId, within: seminar.visibility === "public" ? null : seminar.studioId, key: `${kind}:${seminarId}:${seminar.startsAt.toISOString()}` }, now));
}

/** Those who have a part or said that they come, at most as many as may be told at once. */
export async function peopleConcerned(db: Db, seminarId: string): Promise<string[]> {
  const parts = [...(await seminarRolesOf(db, seminarId)).keys()];
  const registered = (await listRegistered(db, seminarId, "registered", 200)).map((one) => one.personId);
  return [...new Set([...parts, ...registered])].slice(0, 200);
}
