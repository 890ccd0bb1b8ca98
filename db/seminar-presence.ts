import { and, asc, eq, gte, inArray, isNull, lt, lte, max } from "drizzle-orm";
import { mediaEvents, presenceIntervals } from "./schema/index.ts";
import type { Db } from "./types.ts";

export type PresenceInterval = typeof presenceIntervals.$inferSelect;
export type PresenceChannel = PresenceInterval["channel"];

/** One stay as its source knows it: LiveKit's participant sid, or the id of our own socket. */
export interface Stay {
  seminarId: string;
  personId: string;
  channel: PresenceChannel;
  sourceId: string;
}

/** Somebody came. A stay that is known already, ended or not, is left as it is: news may come twice or late. */
export async function openStay(tx: Db, stay: Stay, joinedAt: Date): Promise<void> {
  await tx.insert(presenceIntervals).values({ ...stay, joinedAt, seenAt: joinedAt }).onConflictDoNothing();
}

/** Somebody left. Where the coming was never heard of, the whole stay is written now; where it has ended already, the earlier end stands. */
export async function closeStay(tx: Db, stay: Stay, joinedAt: Date, leftAt: Date): Promise<void> {
  const end = leftAt < joinedAt ? joinedAt : leftAt;
  const [known] = await tx
    .update(presenceIntervals)
    .set({ leftAt: end, seenAt: end })
    .where(and(eq(presenceIntervals.seminarId, stay.seminarId), eq(presenceIntervals.sourceId, stay.sourceId), isNull(presenceIntervals.leftAt)))
    .returning({ id: presenceIntervals.id });
  if (!known) await tx.insert(presenceIntervals).values({ ...stay, joinedAt, seenAt: end, leftAt: end }).onConflictDoNothing();
}

/** The sources say that these are still there. */
export async function seeStays(db: Db, sourceIds: readonly string[], at: Date): Promise<void> {
  for (let from = 0; from < sourceIds.length; from += 500) {
    await db.update(presenceIntervals).set({ seenAt: at }).where(and(inArray(presenceIntervals.sourceId, sourceIds.slice(from, from + 500)), isNull(presenceIntervals.leftAt), lt(presenceIntervals.seenAt, at)));
  }
}

/** The room is over for this channel: whoever was in it has left, unless they came after `at`. */
export async function closeStaysOf(tx: Db, seminarId: string, channel: PresenceChannel, at: Date): Promise<void> {
  await tx
    .update(presenceIntervals)
    .set({ leftAt: at, seenAt: at })
    .where(and(eq(presenceIntervals.seminarId, seminarId), eq(presenceIntervals.channel, channel), isNull(presenceIntervals.leftAt), lte(presenceIntervals.joinedAt, at)));
}

/** Ends stays whose source is gone without having said so: they lasted until they were last seen. */
export async function closeUnseen(db: Db, unseen: readonly PresenceInterval[]): Promise<void> {
  for (const stay of unseen) {
    await db.update(presenceIntervals).set({ leftAt: stay.seenAt }).where(and(eq(presenceIntervals.id, stay.id), isNull(presenceIntervals.leftAt), eq(presenceIntervals.seenAt, stay.seenAt)));
  }
}

/** A stay that was taken for ended before `before` goes on: its source still lists it. */
export async function reopenStay(db: Db, seminarId: string, sourceId: string, before: Date, at: Date): Promise<void> {
  await db.update(presenceIntervals).set({ leftAt: null, seenAt: at }).where(and(eq(presenceIntervals.seminarId, seminarId), eq(presenceIntervals.sourceId, sourceId), lt(presenceIntervals.leftAt, before)));
}

/** Stays of one channel that have not ended, of one seminar or all. */
export function listOpenStays(db: Db, channel: PresenceChannel, seminarId?: string): Promise<PresenceInterval[]> {
  return db.select().from(presenceIntervals).where(and(eq(presenceIntervals.channel, channel), isNull(presenceIntervals.leftAt), seminarId ? eq(presenceIntervals.seminarId, seminarId) : undefined));
}

/** Every stay in a seminar, in order of coming. */
export function listStays(db: Db, seminarId: string, personId?: string): Promise<PresenceInterval[]> {
  return db
    .select()
    .from(presenceIntervals)
    .where(and(eq(presenceIntervals.seminarId, seminarId), personId ? eq(presenceIntervals.personId, personId) : undefined))
    .orderBy(asc(presenceIntervals.joinedAt), asc(presenceIntervals.id));
}

/** Who is in a seminar now, in order of coming, and by which channel: picture and sound where somebody has both. Whoever was not seen since is not counted. */
export async function listPeopleInside(db: Db, seminarId: string, since: Date): Promise<Map<string, "text" | "webrtc">> {
  const open = await db.select({ personId: presenceIntervals.personId, channel: presenceIntervals.channel }).from(presenceIntervals).where(and(eq(presenceIntervals.seminarId, seminarId), isNull(presenceIntervals.leftAt), gte(presenceIntervals.seenAt, since))).orderBy(asc(presenceIntervals.id));
  const inside = new Map<string, "text" | "webrtc">();
  for (const { personId, channel } of open) inside.set(personId, channel === "webrtc" || inside.get(personId) === "webrtc" ? "webrtc" : "text");
  return inside;
}

/** When somebody was last known to be in a seminar, or undefined when nobody ever was. */
export async function lastSeenIn(db: Db, seminarId: string): Promise<Date | undefined> {
  const [row] = await db.select({ at: max(presenceIntervals.seenAt) }).from(presenceIntervals).where(eq(presenceIntervals.seminarId, seminarId));
  return row?.at ?? undefined;
}

export type MediaEvent = typeof mediaEvents.$inferInsert;

/** @returns false when an event of this id is kept already: a replay, which must change nothing */
export async function keepMediaEvent(tx: Db, event: MediaEvent): Promise<boolean> {
  const kept = await tx.insert(mediaEvents).values(event).onConflictDoNothing().returning({ id: mediaEvents.id });
  return kept.length > 0;
}

/** How the opening of a microphone is kept in `media_events`. */
export const MICROPHONE_OPENED = "track_published.microphone";

/** People whose microphone the media server saw opened in this seminar. */
export async function peopleHeard(db: Db, seminarId: string): Promise<Set<string>> {
  const rows = await db.selectDistinct({ participant: mediaEvents.participant }).from(mediaEvents).where(and(eq(mediaEvents.room, seminarId), eq(mediaEvents.event, MICROPHONE_OPENED)));
  return new Set(rows.flatMap((row) => (row.participant ? [row.participant] : [])));
}
