import { and, eq } from "drizzle-orm";
import { notify } from "#db/notices.ts";
import type { Prep } from "#db/preps.ts";
import type { PrepDeadlines } from "#db/schema/lessons.ts";
import { lessonPreps, prepChanges } from "#db/schema/index.ts";
import type { Db } from "#db/types.ts";
import type { Viewer } from "#db/viewer.ts";
import type { Permitted } from "../http/permitted.ts";
import { scheduleReminders } from "./reminders.server.ts";

/** Sets the deadlines of a prep anew, with a reason that everybody who takes part is told. False when somebody saved first. */
export function moveDeadlines(db: Db, guide: Viewer, prep: Permitted<"moveDeadlines", Prep>, wish: { deadlines: PrepDeadlines; reason: string; version: number }, at = new Date()): Promise<boolean> {
  return db.transaction(async (tx) => {
    const saved = await tx.update(lessonPreps).set({ deadlines: wish.deadlines, version: wish.version + 1 }).where(and(eq(lessonPreps.id, prep.id), eq(lessonPreps.version, wish.version))).returning({ id: lessonPreps.id });
    if (saved.length === 0) return false;
    await tx.insert(prepChanges).values({ prepId: prep.id, kind: "deadlines_moved", byId: guide.id, at, reason: wish.reason, detail: { from: prep.deadlines, to: wish.deadlines } });
    const people = prep.participants.filter((one) => one.answer !== "declined" && one.personId !== guide.id).map((one) => one.personId);
    await notify(tx, people, { kind: "prep.deadlinesMoved", params: { title: prep.title, reason: wish.reason }, href: `/lessons/${prep.lessonId}`, lessonId: prep.lessonId, within: prep.studioId }, at);
    await scheduleReminders(tx, prep.id, wish.deadlines);
    return true;
  });
}
