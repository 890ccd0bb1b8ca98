import { enqueue } from "#db/jobs.ts";
import { recordSeminarEvent } from "#db/seminar-people.ts";
import { lowerAllHands } from "#db/seminar-talk.ts";
import { moveSeminar, type SeminarSeen } from "#db/seminars.ts";
import type { Db } from "#db/types.ts";
import type { Viewer } from "#db/viewer.ts";
import type { Permitted } from "../http/permitted.ts";
import { unlessUnreachable } from "./live-rooms.ts";
import type { RoomServices } from "./seminar-rooms.ts";

/** Ends the seminar for everybody, at once; its report follows within a minute. Ending twice keeps the first end. */
export async function endSeminar(services: RoomServices, host: Viewer, seminar: Permitted<"end", SeminarSeen>, at = new Date()): Promise<void> {
  await services.db.transaction((tx) => writeEnd(tx, seminar.id, host.id, at));
  await closeRoom(services, seminar.id);
}

/** The rows of an end, by a host or (null) by the platform. @returns whether it ended now */
export async function writeEnd(tx: Db, seminarId: string, byId: string | null, at: Date): Promise<boolean> {
  const ended = await moveSeminar(tx, seminarId, ["live", "paused"], { state: "ended", endedAt: at });
  if (!ended) return false;
  await lowerAllHands(tx, seminarId, at);
  await recordSeminarEvent(tx, seminarId, "ended", { byId }, at);
  await enqueue(tx, "seminar.report", { seminarId }, { key: seminarId });
  return true;
}

/** Sends everybody out of picture, sound and room. Without a media server there is nothing to close there. */
export async function closeRoom({ live, rooms }: Pick<RoomServices, "live" | "rooms">, seminarId: string): Promise<void> {
  rooms.changed(seminarId, "seminar");
  await unlessUnreachable(live.close(seminarId));
}
