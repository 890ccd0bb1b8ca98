import { and, asc, eq, gt } from "drizzle-orm";
import { contains } from "./like.ts";
import { inSubtree } from "./regions.ts";
import { regions, schools } from "./schema/index.ts";
import type { Db } from "./types.ts";

export type School = typeof schools.$inferSelect;
/** What people say about a school; the rest is the platform's. */
export type SchoolFacts = Pick<School, "regionId" | "name" | "kind" | "locale" | "remote" | "smallRural">;

export const SCHOOL_KINDS = schools.kind.enumValues;
export const SCHOOL_LOCALES = schools.locale.enumValues;

export interface SchoolInRegion extends School {
  region: string;
}

/** Schools of a region and everything below it, by name where one is given, keyset-paged by id. */
export function listSchools(db: Db, regionId: string, page: { name?: string; after?: string; limit: number }): Promise<SchoolInRegion[]> {
  return selectSchools(db)
    .where(and(inSubtree(db, schools.regionId, [regionId]), page.name ? contains(schools.name, page.name) : undefined, page.after ? gt(schools.id, page.after) : undefined))
    .orderBy(asc(schools.id))
    .limit(page.limit);
}

/** Schools anywhere whose name contains what was typed. */
export function searchSchools(db: Db, name: string, limit = 20): Promise<SchoolInRegion[]> {
  return selectSchools(db).where(contains(schools.name, name)).orderBy(asc(schools.name), asc(schools.id)).limit(limit);
}

export async function findSchool(db: Db, schoolId: string): Promise<SchoolInRegion | undefined> {
  const [row] = await selectSchools(db).where(eq(schools.id, schoolId));
  return row;
}

/** Two schools of one region do not share a name. */
export async function findSchoolByName(db: Db, regionId: string, name: string): Promise<School | undefined> {
  const [row] = await db.select().from(schools).where(and(eq(schools.regionId, regionId), eq(schools.name, name))).limit(1);
  return row;
}

export async function insertSchool(tx: Db, school: SchoolFacts, createdBy: string | null): Promise<string> {
  const [row] = await tx.insert(schools).values({ ...school, createdBy }).returning({ id: schools.id });
  if (!row) throw new Error("an insert returned nothing");
  return row.id;
}

export async function updateSchool(tx: Db, schoolId: string, school: SchoolFacts): Promise<void> {
  await tx.update(schools).set(school).where(eq(schools.id, schoolId));
}

function selectSchools(db: Db) {
  return db
    .select({
      id: schools.id, regionId: schools.regionId, name: schools.name, kind: schools.kind, locale: schools.locale, remote: schools.remote,
      smallRural: schools.smallRural, lineClass: schools.lineClass, createdAt: schools.createdAt, createdBy: schools.createdBy, region: regions.name,
    })
    .from(schools)
    .innerJoin(regions, eq(regions.id, schools.regionId))
    .$dynamic();
}
