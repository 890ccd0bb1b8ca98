import { and, asc, eq, isNull, type SQL } from "drizzle-orm";
import { freezes, identities, persons } from "./schema/index.ts";
import type { Db } from "./types.ts";

/** An account that is frozen now. */
export interface Freeze {
  personId: string;
  name: string;
  reason: string;
  from: Date;
  /** The language of whose account it is. */
  locale: "zh-CN" | "en";
}

export async function findFreeze(db: Db, personId: string): Promise<Freeze | undefined> {
  const [row] = await frozen(db, eq(freezes.personId, personId), 1);
  return row;
}

/** All that are frozen now, the first first. */
export function listFreezes(db: Db, limit = 200): Promise<Freeze[]> {
  return frozen(db, undefined, limit);
}

/** @returns whether this call froze it: an account that is not active cannot be */
export async function insertFreeze(tx: Db, freeze: { personId: string; reason: string; frozenBy: string }, at: Date): Promise<boolean> {
  const done = await tx.update(persons).set({ status: "frozen" }).where(and(eq(persons.id, freeze.personId), eq(persons.status, "active"))).returning({ id: persons.id });
  if (done.length === 1) await tx.insert(freezes).values({ ...freeze, from: at });
  return done.length === 1;
}

/** @returns whether this call lifted it */
export async function endFreeze(tx: Db, personId: string, liftedBy: string, at: Date): Promise<boolean> {
  const done = await tx.update(freezes).set({ to: at, liftedBy }).where(and(eq(freezes.personId, personId), isNull(freezes.to))).returning({ id: freezes.id });
  if (done.length === 1) await tx.update(persons).set({ status: "active" }).where(and(eq(persons.id, personId), eq(persons.status, "frozen")));
  return done.length === 1;
}

/** The few freezes first, and then their people: SQLite would rather go through all people and look whether each is frozen. */
function frozen(db: Db, which: SQL | undefined, limit: number): Promise<Freeze[]> {
  const now = db.select().from(freezes).where(and(isNull(freezes.to), which)).orderBy(asc(freezes.id)).limit(limit).as("now");
  return db
    .select({ personId: now.personId, name: identities.name, reason: now.reason, from: now.from, locale: persons.locale })
    .from(now)
    .innerJoin(persons, eq(persons.id, now.personId))
    .innerJoin(identities, eq(identities.personId, now.personId))
    .orderBy(asc(now.id));
}
