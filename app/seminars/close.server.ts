import { enqueue } from "#db/jobs.ts";
import { lastSeenIn } from "#db/seminar-presence.ts";
import { findSeminar, listRunningSeminars, type Seminar } from "#db/seminars.ts";
import type { Db } from "#db/types.ts";
import { closeRoom, writeEnd } from "./end.server.ts";
import type { RoomServices } from "./seminar-rooms.ts";

/** A running seminar in which nobody was seen for this long is over; not before its time, for a host may open early and go for a cup of tea. */
export const DESERTED_MS = 10 * 60_000;
/** A seminar that nobody ended is over this long after its time. */
export const OVERTIME_MS = 2 * 3_600_000;

/** Looks for running seminars that are over without anybody having said so, and asks for each to be closed. */
export async function findForgottenSeminars(db: Db, now = new Date()): Promise<void> {
  for (const seminar of await listRunningSeminars(db)) {
    if (await endOfForgotten(db, seminar, now)) await enqueue(db, "seminar.close", { seminarId: seminar.id }, { key: seminar.id });
  }
}

/** The job `seminar.close`: ends a seminar that everybody left, at the moment when the last was seen, or that is far past its time. It asks again whether that is so. */
export async function closeForgottenSeminar(services: RoomServices, seminarId: string, now = new Date()): Promise<void> {
  const closed = await services.db.transaction(async (tx) => {
    const seminar = await findSeminar(tx, seminarId);
    const end = seminar && (await endOfForgotten(tx, seminar, now));
    return end ? writeEnd(tx, seminarId, null, end) : false;
  });
  if (closed) await closeRoom(services, seminarId);
}

async function endOfForgotten(db: Db, seminar: Seminar, now: Date): Promise<Date | undefined> {
  if (!seminar.startedAt || (seminar.state !== "live" && seminar.state !== "paused")) return undefined;
  const seen = await lastSeenIn(db, seminar.id);
  const lastSign = seen && seen > seminar.startedAt ? seen : seminar.startedAt;
  if (now.getTime() - Math.max(lastSign.getTime(), seminar.startsAt.getTime()) >= DESERTED_MS) return lastSign;
  return now.getTime() - seminar.endsAt.getTime() >= OVERTIME_MS ? now : undefined;
}
