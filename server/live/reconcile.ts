import { closeUnseen, listOpenStays, openStay, reopenStay, seeStays } from "#db/seminar-presence.ts";
import { findSeminar } from "#db/seminars.ts";
import type { Db } from "#db/types.ts";
import { findViewer } from "#db/viewer.ts";
import type { LiveKitRooms } from "./rooms.ts";

/** Reports of the media server count whole seconds: one that is this much older than our question may be about the same moment. */
const CLOCK_MS = 2_000;
/** A text line is seen every quarter of a minute; one not seen for this long belongs to a process that is gone. */
export const TEXT_LOST_MS = 45_000;

/**
 * Makes up for reports that never came: who is in the media server's rooms now is there, who is not has left when they were last seen.
 *
 * @returns those found inside of whom no report had come, to be asked whether they may be there
 * @throws LiveUnreachable; nothing is changed then, because nothing is known
 */
export async function reconcile(db: Db, rooms: Pick<LiveKitRooms, "present">): Promise<{ seminarId: string; personId: string }[]> {
  const askedAt = new Date();
  const openBefore = await listOpenStays(db, "webrtc");
  const present = await rooms.present();
  const listed = new Set([...present.values()].flat().map((one) => one.sid));
  const known = new Set(openBefore.map((stay) => stay.sourceId));
  const unheard: { seminarId: string; personId: string }[] = [];
  for (const [seminarId, people] of present) {
    const news = people.filter((one) => !known.has(one.sid));
    if (news.length === 0 || !(await findSeminar(db, seminarId))) continue;
    for (const { sid, personId, joinedAt } of news) {
      if (!(await findViewer(db, personId))) continue;
      await openStay(db, { seminarId, personId, channel: "webrtc", sourceId: sid }, joinedAt);
      await reopenStay(db, seminarId, sid, new Date(askedAt.getTime() - CLOCK_MS), askedAt);
      unheard.push({ seminarId, personId });
    }
  }
  await seeStays(db, [...listed], askedAt);
  // Only stays that were open before the question: somebody who came since is not in the answer, and has not left.
  await closeUnseen(db, openBefore.filter((stay) => !listed.has(stay.sourceId) && stay.joinedAt < askedAt));
  return unheard;
}

/** Ends text stays whose socket went down with its process: they lasted until they were last seen. */
export async function closeLostText(db: Db, now = new Date()): Promise<void> {
  const open = await listOpenStays(db, "text");
  await closeUnseen(db, open.filter((stay) => now.getTime() - stay.seenAt.getTime() > TEXT_LOST_MS));
}
