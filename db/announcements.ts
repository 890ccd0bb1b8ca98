import { and, desc, eq, gt, sql } from "drizzle-orm";
import { keptAnswer } from "./kept-answers.ts";
import { given, keptStatement } from "./kept-statements.ts";
import { announcements, identities } from "./schema/index.ts";
import type { Db } from "./types.ts";

export interface AnnouncementSeen {
  id: string;
  body: string;
  by: string;
  createdAt: Date;
}

/** What a studio told its members, newest first. */
export const listAnnouncements = keptAnswer((db: Db, studioId: string, limit: number): Promise<AnnouncementSeen[]> => saidIn(db, { studioId, limit }));

const saidIn = keptStatement((db) =>
  db
    .select({ id: announcements.id, body: announcements.body, by: identities.name, createdAt: announcements.createdAt })
    .from(announcements)
    .innerJoin(identities, eq(identities.personId, announcements.createdBy))
    .where(eq(announcements.studioId, given("studioId", announcements.studioId)))
    .orderBy(desc(announcements.createdAt), desc(announcements.id))
    .limit(sql.placeholder("limit")),
);

/** The same words by the same person a moment ago: a form that was sent twice. */
export async function saidSince(db: Db, studioId: string, personId: string, body: string, since: Date): Promise<boolean> {
  const [row] = await db
    .select({ id: announcements.id })
    .from(announcements)
    .where(and(eq(announcements.studioId, studioId), eq(announcements.createdBy, personId), eq(announcements.body, body), gt(announcements.createdAt, since)))
    .limit(1);
  return row !== undefined;
}

export async function insertAnnouncement(tx: Db, announcement: { studioId: string; body: string; createdBy: string }, at: Date): Promise<string> {
  const [row] = await tx.insert(announcements).values({ ...announcement, createdAt: at }).returning({ id: announcements.id });
  if (!row) throw new Error("an insert returned nothing");
  return row.id;
}
