import { and, asc, count, eq, isNull } from "drizzle-orm";
import { keptAnswer } from "./kept-answers.ts";
import { given, keptStatement } from "./kept-statements.ts";
import { seats, studioGroups } from "./schema/index.ts";
import type { Db } from "./types.ts";

export type StudioGroup = typeof studioGroups.$inferSelect;

export const listGroups = keptAnswer((db: Db, studioId: string): Promise<StudioGroup[]> => groupsOf(db, { studioId }));

const groupsOf = keptStatement((db) => db.select().from(studioGroups).where(eq(studioGroups.studioId, given("studioId", studioGroups.studioId))).orderBy(asc(studioGroups.id)).limit(200));

/** One group of this very studio. */
export async function findGroup(db: Db, studioId: string, groupId: string): Promise<StudioGroup | undefined> {
  const [row] = await db.select().from(studioGroups).where(and(eq(studioGroups.id, groupId), eq(studioGroups.studioId, studioId)));
  return row;
}

/** How many sit in each group now, by group id; an empty group is absent. */
export async function countByGroup(db: Db, studioId: string): Promise<Map<string, number>> {
  const rows = await db.select({ groupId: seats.groupId, n: count() }).from(seats).where(and(eq(seats.studioId, studioId), isNull(seats.to))).groupBy(seats.groupId);
  return new Map(rows.flatMap((row) => (row.groupId ? [[row.groupId, row.n] as const] : [])));
}

/** @throws a duplicate (see `isDuplicate`) when the studio has a group of that name */
export async function insertGroup(tx: Db, group: { studioId: string; name: string; kind: StudioGroup["kind"]; capacity: number | null; createdBy: string }): Promise<string> {
  const [row] = await tx.insert(studioGroups).values(group).returning({ id: studioGroups.id });
  if (!row) throw new Error("an insert returned nothing");
  return row.id;
}

/** @returns whether it was saved; @throws a duplicate when the studio has a group of that name */
export async function updateGroup(tx: Db, groupId: string, version: number, change: { name: string; kind: StudioGroup["kind"]; capacity: number | null }): Promise<boolean> {
  const saved = await tx.update(studioGroups).set({ ...change, version: version + 1 }).where(and(eq(studioGroups.id, groupId), eq(studioGroups.version, version))).returning({ id: studioGroups.id });
  return saved.length === 1;
}
