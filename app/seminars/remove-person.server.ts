import { enqueue } from "#db/jobs.ts";
import { recordSeminarEvent, setRegistration } from "#db/seminar-people.ts";
import { lowerHand } from "#db/seminar-talk.ts";
import type { SeminarSeen } from "#db/seminars.ts";
import type { Viewer } from "#db/viewer.ts";
import type { Permitted } from "../http/permitted.ts";
import { unlessUnreachable } from "./live-rooms.ts";
import type { RoomServices } from "./seminar-rooms.ts";

export type RemoveAnswer = { removed: true } | { removed: false; reason: "host" | "self" };

/**
 * Sends somebody out of a seminar, and they stay out, with the old ticket or a new one, until a host admits them again.
 * The seminar's host cannot be removed, and nobody removes themselves. Their line is cut now; the job says it once more should that fail.
 */
export async function removePerson({ db, live, rooms }: RoomServices, host: Viewer, seminar: Permitted<"remove", SeminarSeen>, personId: string, at = new Date()): Promise<RemoveAnswer> {
  if (personId === host.id) return { removed: false, reason: "self" };
  if (personId === seminar.hostId) return { removed: false, reason: "host" };
  await db.transaction(async (tx) => {
    await setRegistration(tx, seminar.id, personId, "removed", host.id, at);
    await lowerHand(tx, seminar.id, personId, at);
    await recordSeminarEvent(tx, seminar.id, "removed", { personId, byId: host.id }, at);
    await enqueue(tx, "access.changed", { personIds: [personId], seminarId: seminar.id });
  });
  rooms.changed(seminar.id, "people", [personId]);
  await unlessUnreachable(live.remove(seminar.id, personId));
  return { removed: true };
}
