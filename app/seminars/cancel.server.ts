import { enqueue } from "#db/jobs.ts";
import { notify } from "#db/notices.ts";
import { changeSeminar } from "#db/seminar-writes.ts";
import { findSeminar, type SeminarSeen } from "#db/seminars.ts";
import type { Db } from "#db/types.ts";
import type { Viewer } from "#db/viewer.ts";
import type { Permitted } from "../http/permitted.ts";
import { peopleConcerned } from "./remind.server.ts";

/** Cancels a seminar that has not begun, with a reason that everybody who has a part or registered is told. Twice is once. */
export function cancelSeminar(db: Db, who: Viewer, seminar: Permitted<"cancel", SeminarSeen>, reason: string, at = new Date()): Promise<void> {
  return db.transaction(async (tx) => {
    const now = await findSeminar(tx, seminar.id);
    if (!now || (now.state !== "scheduled" && now.state !== "postponed" && now.state !== "draft" && now.state !== "lobby")) return;
    if ((await changeSeminar(tx, now.id, now.version, { state: "cancelled", stateReason: reason })) === undefined) return;
    const told = (await peopleConcerned(tx, now.id)).filter((id) => id !== who.id);
    await notify(tx, told, { kind: "seminar.cancelled", params: { title: now.title, reason }, href: `/seminars/${now.id}`, lessonId: now.lessonId, within: now.visibility === "public" ? null : now.studioId, key: `seminar.cancelled:${now.id}` }, at);
    await enqueue(tx, "access.changed", { seminarId: now.id });
    await enqueue(tx, "search.index", { kind: "seminar", id: now.id });
  });
}
