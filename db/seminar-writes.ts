import { and, eq } from "drizzle-orm";
import { minutes, seminarRoles, seminars } from "./schema/index.ts";
import type { SeminarRoleName } from "./seminars.ts";
import type { Db } from "./types.ts";

export type NewSeminar = typeof seminars.$inferInsert;
export type SeminarChange = Partial<Pick<NewSeminar, "title" | "intro" | "kind" | "mode" | "place" | "startsAt" | "endsAt" | "hostId" | "capacity" | "visibility" | "lobby" | "state" | "agenda" | "agendaAt" | "stateReason">>;

/** Writes a new seminar with its parts, host included. @throws a duplicate when the id is known */
export async function insertSeminar(tx: Db, seminar: NewSeminar & { id: string }, parts: ReadonlyMap<string, SeminarRoleName>): Promise<void> {
  await tx.insert(seminars).values(seminar);
  await insertParts(tx, seminar.id, parts);
}

/** Changes a seminar and raises its version, unless somebody else saved first. @returns the new version, or undefined when the one read is no longer current */
export async function changeSeminar(tx: Db, seminarId: string, version: number, change: SeminarChange): Promise<number | undefined> {
  const [row] = await tx.update(seminars).set({ ...change, version: version + 1 }).where(and(eq(seminars.id, seminarId), eq(seminars.version, version))).returning({ version: seminars.version });
  return row?.version;
}

/** Sets who has which part, host included, instead of all parts before. */
export async function replaceParts(tx: Db, seminarId: string, parts: ReadonlyMap<string, SeminarRoleName>): Promise<void> {
  await tx.delete(seminarRoles).where(eq(seminarRoles.seminarId, seminarId));
  await insertParts(tx, seminarId, parts);
}

/** The minutes of a seminar, or undefined before they were begun. */
export async function findMinutes(db: Db, seminarId: string): Promise<typeof minutes.$inferSelect | undefined> {
  const [row] = await db.select().from(minutes).where(eq(minutes.seminarId, seminarId));
  return row;
}

/** Ties a document to a seminar as its minutes. @returns false when it has minutes already */
export async function insertMinutes(tx: Db, row: typeof minutes.$inferInsert): Promise<boolean> {
  const written = await tx.insert(minutes).values(row).onConflictDoNothing().returning({ seminarId: minutes.seminarId });
  return written.length > 0;
}

async function insertParts(tx: Db, seminarId: string, parts: ReadonlyMap<string, SeminarRoleName>): Promise<void> {
  if (parts.size > 0) await tx.insert(seminarRoles).values([...parts].map(([personId, role]) => ({ seminarId, personId, role })));
}
