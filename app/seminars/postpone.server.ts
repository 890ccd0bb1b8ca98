import { enqueue } from "#db/jobs.ts";
import { notify } from "#db/notices.ts";
import { changeSeminar } from "#db/seminar-writes.ts";
import type { SeminarSeen } from "#db/seminars.ts";
import type { Db } from "#db/types.ts";
import type { Viewer } from "#db/viewer.ts";
import type { Permitted } from "../http/permitted.ts";
import type { EditAnswer } from "./edit.server.ts";
import { peopleConcerned, scheduleSeminarReminders } from "./remind.server.ts";
import { timeProblems } from "./timetable.server.ts";

/** Moves a seminar to another time, with a reason that everybody who has a part or registered is told. It stays the same seminar; calendars follow. */
export function postponeSeminar(db: Db, who: Viewer, seminar: Permitted<"edit", SeminarSeen>, wish: { startsAt: Date; endsAt: Date; reason: string; version: number }, at = new Date()): Promise<EditAnswer> {
  return db.transaction(async (tx): Promise<EditAnswer> => {
    const problems = await timeProblems(tx, seminar.hostId, wish, at, seminar.id);
    if (Object.keys(problems).length > 0) return { saved: false, problems };
    const saved = await changeSeminar(tx, seminar.id, wish.version, { startsAt: wish.startsAt, endsAt: wish.endsAt, state: "scheduled", stateReason: wish.reason });
    if (saved === undefined) return { saved: false, stale: true };
    const told = (await peopleConcerned(tx, seminar.id)).filter((id) => id !== who.id);
    await notify(tx, told, { kind: "seminar.postponed", params: { title: seminar.title, at: wish.startsAt.toISOString(), reason: wish.reason }, href: `/seminars/${seminar.id}`, lessonId: seminar.lessonId, within: seminar.visibility === "public" ? null : seminar.studioId, key: `seminar.postponed:${seminar.id}:${saved}` }, at);
    await scheduleSeminarReminders(tx, seminar.id, wish.startsAt, at);
    await enqueue(tx, "search.index", { kind: "seminar", id: seminar.id });
    return { saved: true };
  });
}
