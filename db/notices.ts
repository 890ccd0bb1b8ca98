import { and, count, desc, eq, inArray, isNull, lt, or } from "drizzle-orm";
import { keptAnswer } from "./kept-answers.ts";
import { given, keptStatement } from "./kept-statements.ts";
import { notifications, seats } from "./schema/index.ts";
import type { Db } from "./types.ts";

/** What a notice says, as a key of the dictionary room `notices`; `params` fill its sentence. */
export interface Notice {
  kind: string;
  params: Record<string, string | number>;
  href: string;
  lessonId?: string | null;
  /** The same notice about the same thing reaches a person once. */
  key?: string;
  /** The studio whose own business it is: whose seat there ended hears no more of it, whatever they took part in. */
  within?: string | null;
}

export type Notification = typeof notifications.$inferSelect;

/** Most people that one act may tell directly; a whole studio is told by the job `notice.studio`. */
export const DIRECT_NOTICES = 200;

/**
 * Puts a notice into some people's inboxes, in the transaction of the act.
 *
 * @throws RangeError for more than 200 people: that would be O(members) inside a request
 */
export async function notify(tx: Db, personIds: readonly string[], notice: Notice, at = new Date()): Promise<void> {
  const people = [...new Set(personIds)];
  if (people.length > DIRECT_NOTICES) throw new RangeError(`${people.length} people are told by a job, not in a request`);
  const meant = notice.within ? await withoutLeft(tx, notice.within, people) : people;
  if (meant.length === 0) return;
  await tx
    .insert(notifications)
    .values(meant.map((personId) => ({ personId, kind: notice.kind, params: notice.params, href: notice.href, lessonId: notice.lessonId ?? null, key: notice.key ?? null, at })))
    .onConflictDoNothing();
}

async function withoutLeft(tx: Db, studioId: string, people: readonly string[]): Promise<string[]> {
  if (people.length === 0) return [];
  const held = await tx.select({ personId: seats.personId, to: seats.to }).from(seats).where(and(eq(seats.studioId, studioId), inArray(seats.personId, [...people])));
  return people.filter((one) => {
    const own = held.filter((seat) => seat.personId === one);
    return own.length === 0 || own.some((seat) => seat.to === null);
  });
}

const unreadOf = keptStatement((db) =>
  db
    .select({ n: count() })
    .from(notifications)
    .where(and(eq(notifications.personId, given("personId", notifications.personId)), isNull(notifications.readAt))),
);

export const countUnread = keptAnswer(async (db: Db, personId: string): Promise<number> => {
  const [row] = await unreadOf(db, { personId });
  return row?.n ?? 0;
});

/** A person's notices, newest first, keyset-paged by their time and id; `before` is the id of the last one seen. */
export async function listNotices(db: Db, personId: string, page: { before?: string; limit: number }): Promise<Notification[]> {
  const [last] = page.before ? await db.select({ id: notifications.id, at: notifications.at }).from(notifications).where(and(eq(notifications.personId, personId), eq(notifications.id, page.before))) : [];
  const after = last && or(lt(notifications.at, last.at), and(eq(notifications.at, last.at), lt(notifications.id, last.id)));
  return db.select().from(notifications).where(and(eq(notifications.personId, personId), after)).orderBy(desc(notifications.at), desc(notifications.id)).limit(page.limit);
}

/** Marks one notice, or all, as read. Somebody else's notice is left alone. */
export async function markRead(db: Db, personId: string, noticeId: string | "all", at = new Date()): Promise<void> {
  const which = noticeId === "all" ? undefined : eq(notifications.id, noticeId);
  await db.update(notifications).set({ readAt: at }).where(and(eq(notifications.personId, personId), isNull(notifications.readAt), which));
}
