import { and, asc, eq, inArray, isNull, or, type SQL, type SQLWrapper } from "drizzle-orm";
import type { SQLiteColumn } from "drizzle-orm/sqlite-core";
import { parseNumberedCsv } from "./csv.ts";
import { alias } from "./dialect.ts";
import { keptAnswer } from "./kept-answers.ts";
import { regions } from "./schema/index.ts";
import { REGION_LEVELS } from "./schema/places.ts";
import type { Db } from "./types.ts";

export type Region = typeof regions.$inferSelect;

/**
 * Brings the region tree in step with a table `code,level,parent,name`, parents before children. Twice is once: known codes keep their
 * id, and take a new name or parent. Regions that the table does not name are left alone.
 *
 * @throws Error naming the line that cannot be read: the shipped table is ours, not somebody's upload
 * @returns how many regions are new
 */
export function loadRegions(db: Db, csvText: string, at = new Date()): Promise<number> {
  const { rows, errors } = parseNumberedCsv(csvText);
  if (errors[0]) throw new Error(`regions, line ${errors[0].line}: ${errors[0].message}`);
  return db.transaction(async (tx) => {
    const known = new Map((await tx.select().from(regions)).map((region) => [region.code, region]));
    let made = 0;
    for (const { line, fields } of rows.slice(1)) {
      const [code = "", level = "", parentCode = "", name = ""] = fields;
      const parent = known.get(parentCode);
      if (!code || !isLevel(level) || !name || (parentCode && !parent)) throw new Error(`regions, line ${line}: ${fields.join()}`);
      const parentId = parent?.id ?? null;
      const old = known.get(code);
      if (!old) {
        const [row] = await tx.insert(regions).values({ code, level, parentId, name, from: at }).returning();
        if (row) known.set(code, row);
        made += 1;
      } else if (old.name !== name || old.parentId !== parentId) {
        await tx.update(regions).set({ name, parentId }).where(eq(regions.id, old.id));
      }
    }
    return made;
  });
}

export async function findRegion(db: Db, regionId: string): Promise<Region | undefined> {
  const [row] = await db.select().from(regions).where(eq(regions.id, regionId));
  return row;
}

/** By its GB/T 2260 code. */
export async function findRegionByCode(db: Db, code: string): Promise<Region | undefined> {
  const [row] = await db.select().from(regions).where(eq(regions.code, code));
  return row;
}

/** The regions right below one, by code; for `null` the provinces. */
export function childRegions(db: Db, parentId: string | null): Promise<Region[]> {
  return db.select().from(regions).where(and(parentId ? eq(regions.parentId, parentId) : isNull(regions.parentId), isNull(regions.to))).orderBy(asc(regions.code));
}

/** Provinces, cities and counties in the order of their codes, in which a city is followed by its counties: what forms offer. */
export const listRegions = keptAnswer(
  async (db: Db): Promise<Pick<Region, "id" | "level" | "parentId" | "code" | "name">[]> =>
    db
      .select({ id: regions.id, level: regions.level, parentId: regions.parentId, code: regions.code, name: regions.name })
      .from(regions)
      .where(and(isNull(regions.to), inArray(regions.level, ["province", "city", "county"])))
      .orderBy(asc(regions.code)),
);

/** From the region itself up to the province; empty when there is no such region. One statement: the tree is four levels deep. */
export const findRegionPath = keptAnswer(async (db: Db, regionId: string | null): Promise<{ id: string; name: string }[]> => {
  if (!regionId) return [];
  const [second, third, fourth] = [alias(regions, "second"), alias(regions, "third"), alias(regions, "fourth")];
  const [row] = await db
    .select({ id1: regions.id, name1: regions.name, id2: second.id, name2: second.name, id3: third.id, name3: third.name, id4: fourth.id, name4: fourth.name })
    .from(regions)
    .leftJoin(second, eq(second.id, regions.parentId))
    .leftJoin(third, eq(third.id, second.parentId))
    .leftJoin(fourth, eq(fourth.id, third.parentId))
    .where(eq(regions.id, regionId));
  if (!row) return [];
  const path = [[row.id1, row.name1], [row.id2, row.name2], [row.id3, row.name3], [row.id4, row.name4]] as const;
  return path.flatMap(([id, name]) => (id !== null && name !== null ? [{ id, name }] : []));
});

/** The ids of the same path: what rules about "own subtree" look at. */
export async function regionPath(db: Db, regionId: string | null): Promise<string[]> {
  return (await findRegionPath(db, regionId)).map((region) => region.id);
}

/** The condition that a column names one of these regions or a region anywhere below. */
export function inSubtree(db: Db, column: SQLiteColumn, regionIds: readonly string[]): SQL {
  const first = childrenOf(db, [...regionIds]);
  const second = childrenOf(db, first);
  // `or` of a filled list is never undefined.
  return or(inArray(column, [...regionIds]), inArray(column, first), inArray(column, second), inArray(column, childrenOf(db, second))) as SQL;
}

function childrenOf(db: Db, parents: string[] | SQLWrapper) {
  return db.select({ id: regions.id }).from(regions).where(inArray(regions.parentId, parents));
}

function isLevel(word: string): word is Region["level"] {
  return (REGION_LEVELS as readonly string[]).includes(word);
}

/** Counties of a region and below, or the county itself, in the order of their codes. */
export function listCountiesOf(db: Db, regionId: string): Promise<{ id: string; name: string }[]> {
  return db.select({ id: regions.id, name: regions.name }).from(regions).where(and(eq(regions.level, "county"), isNull(regions.to), inSubtree(db, regions.id, [regionId]))).orderBy(asc(regions.code));
}
