import { and, desc, eq, gt, ne } from "drizzle-orm";
import { authSessions } from "./schema/index.ts";
import type { Db } from "./types.ts";

/** A sign-in of a person on one device. Its token is nobody's but the browser's: it is not read here. */
export interface SessionSeen {
  id: string;
  userAgent: string;
  begunAt: Date;
  /** To the day: it is written once a day. */
  usedAt: Date;
}

/** Sessions of a person that still open something, the one used last first. @param begunAfter older ones are over in any case */
export async function listSessions(db: Db, personId: string, begunAfter: Date, now: Date): Promise<SessionSeen[]> {
  const rows = await db
    .select({ id: authSessions.id, userAgent: authSessions.userAgent, begunAt: authSessions.createdAt, usedAt: authSessions.updatedAt })
    .from(authSessions)
    .where(and(eq(authSessions.userId, personId), gt(authSessions.expiresAt, now), gt(authSessions.createdAt, begunAfter)))
    .orderBy(desc(authSessions.updatedAt), desc(authSessions.id))
    .limit(200);
  return rows.map((row) => ({ ...row, userAgent: row.userAgent ?? "" }));
}

/** Ends sessions of a person: all, this one, or all but this one. @returns how many */
export async function endSessions(tx: Db, personId: string, which: { only?: string; except?: string } = {}): Promise<number> {
  const ended = await tx
    .delete(authSessions)
    .where(and(eq(authSessions.userId, personId), which.only === undefined ? undefined : eq(authSessions.id, which.only), which.except === undefined ? undefined : ne(authSessions.id, which.except)))
    .returning({ id: authSessions.id });
  return ended.length;
}
