import { and, asc, eq } from "drizzle-orm";
import { identities, seminarReports } from "./schema/index.ts";
import type { Db } from "./types.ts";

export type SeminarReport = typeof seminarReports.$inferSelect;

/** Keeps the report of one person. A report that is kept already stands. @returns whether it was new */
export async function insertReport(tx: Db, report: SeminarReport): Promise<boolean> {
  const written = await tx.insert(seminarReports).values(report).onConflictDoNothing().returning({ personId: seminarReports.personId });
  return written.length > 0;
}

/** The reports of a seminar with names, in order of name. */
export async function listReports(db: Db, seminarId: string): Promise<(SeminarReport & { name: string })[]> {
  const rows = await db
    .select({ report: seminarReports, name: identities.name })
    .from(seminarReports)
    .leftJoin(identities, eq(identities.personId, seminarReports.personId))
    .where(eq(seminarReports.seminarId, seminarId))
    .orderBy(asc(identities.name), asc(seminarReports.personId));
  return rows.map((row) => ({ ...row.report, name: row.name ?? "" }));
}

export async function findReport(db: Db, seminarId: string, personId: string): Promise<SeminarReport | undefined> {
  const [row] = await db.select().from(seminarReports).where(and(eq(seminarReports.seminarId, seminarId), eq(seminarReports.personId, personId)));
  return row;
}

/** A whole seminar in numbers: how many people came, counted as attended and spoke, and what was said. */
export async function summariseReports(db: Db, seminarId: string): Promise<{ people: number; attended: number; spoke: number; messages: number; hands: number }> {
  const rows = await db.select({ attended: seminarReports.attended, spoke: seminarReports.spoke, messages: seminarReports.messages, hands: seminarReports.hands }).from(seminarReports).where(eq(seminarReports.seminarId, seminarId));
  const sum = (of: (row: (typeof rows)[number]) => number) => rows.reduce((total, row) => total + of(row), 0);
  return { people: rows.length, attended: sum((row) => Number(row.attended)), spoke: sum((row) => Number(row.spoke)), messages: sum((row) => row.messages), hands: sum((row) => row.hands) };
}
