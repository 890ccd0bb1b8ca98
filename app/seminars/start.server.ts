import { enqueue } from "#db/jobs.ts";
import { notify } from "#db/notices.ts";
import { listRegistered, recordSeminarEvent, seminarRolesOf } from "#db/seminar-people.ts";
import { moveSeminar, type SeminarSeen } from "#db/seminars.ts";
import type { Viewer } from "#db/viewer.ts";
import type { Permitted } from "../http/permitted.ts";
import type { RoomServices } from "./seminar-rooms.ts";

/** Goes live. Starting twice keeps the first time; after a pause it goes on, and the session began when it first did. Whoever registered or has a part is told. */
export async function startSeminar({ db, rooms }: RoomServices, starter: Viewer, seminar: Permitted<"start", SeminarSeen>, at = new Date()): Promise<void> {
  await db.transaction(async (tx) => {
    const now = await moveSeminar(tx, seminar.id, ["scheduled", "lobby", "paused"], { state: "live", startedAt: seminar.startedAt ?? at });
    if (!now) return;
    await recordSeminarEvent(tx, seminar.id, "started", { byId: starter.id }, at);
    const expected = [...(await listRegistered(tx, seminar.id, "registered", 150)).map((one) => one.personId), ...[...(await seminarRolesOf(tx, seminar.id)).keys()].slice(0, 49)];
    const others = expected.filter((personId) => personId !== starter.id);
    await notify(tx, others, { kind: "seminar.started", params: { title: seminar.title }, href: `/seminars/${seminar.id}`, lessonId: seminar.lessonId, within: seminar.visibility === "public" ? null : seminar.studioId, key: `seminar.started:${seminar.id}` }, at);
    await enqueue(tx, "search.index", { kind: "seminar", id: seminar.id });
  });
  rooms.changed(seminar.id, "seminar");
}
