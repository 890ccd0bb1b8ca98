import { and, asc, count, eq, gt, inArray, isNotNull, isNull, ne, notExists, type SQL, sql } from "drizzle-orm";
import { inSubtree } from "./regions.ts";
import { identities, persons, regions, roleGrants, schools, seats, studios } from "./schema/index.ts";
import type { Db } from "./types.ts";

/** Language and appearance of a person's pages, on every device. */
export async function setPreferences(db: Db, personId: string, preferences: { locale?: "zh-CN" | "en"; theme?: "system" | "light" | "dark" }): Promise<void> {
  if (Object.keys(preferences).length === 0) return;
  await db.update(persons).set(preferences).where(eq(persons.id, personId));
}

export interface PersonCard {
  id: string;
  name: string;
  schoolId: string | null;
  school: string | null;
  /** The county of the school. */
  regionId: string | null;
  region: string | null;
  stages: string[];
  subjects: string[];
  intro: string;
  startedTeachingOn: string | null;
  titleRank: string | null;
  verified: boolean;
  version: number;
}

/** What any signed-in person may see of a person: never an address or a number. */
export async function findPersonCard(db: Db, personId: string): Promise<PersonCard | undefined> {
  const [row] = await selectCards(db).where(and(eq(persons.id, personId), eq(persons.status, "active")));
  return row && cardOf(row);
}

/** Names of people for lists, by id. Ids that nobody has are left out. */
export async function findNames(db: Db, personIds: readonly string[]): Promise<Map<string, string>> {
  const wanted = [...new Set(personIds)];
  if (wanted.length === 0) return new Map();
  const rows = await db.select({ id: identities.personId, name: identities.name }).from(identities).where(inArray(identities.personId, wanted));
  return new Map(rows.map((row) => [row.id, row.name]));
}

/** Open seats of a person with the names of the studios. */
export function listSeatsOf(db: Db, personId: string): Promise<{ studioId: string; studio: string; role: (typeof seats.$inferSelect)["role"]; level: string; isHome: boolean }[]> {
  return db
    .select({ studioId: studios.id, studio: studios.name, role: seats.role, level: studios.level, isHome: seats.isHome })
    .from(seats)
    .innerJoin(studios, eq(studios.id, seats.studioId))
    .where(and(eq(seats.personId, personId), isNull(seats.to)))
    .orderBy(asc(seats.from));
}

/** Teachers of a school, unconfirmed ones first, keyset-paged by person id within each. */
export async function listTeachersOfSchool(db: Db, schoolId: string, page: { confirmed: boolean; after?: string; limit: number }): Promise<PersonCard[]> {
  const standing = page.confirmed ? isNotNull(identities.verifiedAt) : isNull(identities.verifiedAt);
  const rows = await selectCards(db)
    .where(and(eq(persons.schoolId, schoolId), eq(persons.status, "active"), standing, page.after ? gt(persons.id, page.after) : undefined))
    .orderBy(asc(persons.id))
    .limit(page.limit);
  return rows.map(cardOf);
}

/** How many teachers of a school wait to be confirmed, the one who asks not counted. */
export async function countUnconfirmedOfSchool(db: Db, schoolId: string, exceptPersonId: string): Promise<number> {
  const [row] = await db.select({ n: count() }).from(persons).innerJoin(identities, eq(identities.personId, persons.id)).where(and(eq(persons.schoolId, schoolId), eq(persons.status, "active"), isNull(identities.verifiedAt), ne(persons.id, exceptPersonId)));
  return row?.n ?? 0;
}

/** Teachers below a region who wait to be confirmed and whose school has no coordinator: nobody but the region's administrators can, longest waiting first. */
export async function listUnconfirmedBelow(db: Db, regionId: string, limit: number): Promise<PersonCard[]> {
  return (await selectCards(db).where(unconfirmedBelow(db, regionId)).orderBy(asc(persons.id)).limit(limit)).map(cardOf);
}

export async function countUnconfirmedBelow(db: Db, regionId: string): Promise<number> {
  const [row] = await db.select({ n: count() }).from(persons).innerJoin(identities, eq(identities.personId, persons.id)).innerJoin(schools, eq(schools.id, persons.schoolId)).where(unconfirmedBelow(db, regionId));
  return row?.n ?? 0;
}

/** Saves a profile unless somebody saved since `version` was read. @returns whether it was saved */
export async function updateProfile(
  tx: Db,
  personId: string,
  version: number,
  profile: { name: string; schoolId: string | null; stages: string[]; subjects: string[]; intro: string; startedTeachingOn: string | null; titleRank: string | null },
): Promise<boolean> {
  const { name, ...rest } = profile;
  const saved = await tx.update(persons).set({ ...rest, version: version + 1 }).where(and(eq(persons.id, personId), eq(persons.version, version))).returning({ id: persons.id });
  if (saved.length === 0) return false;
  await tx.update(identities).set({ name }).where(eq(identities.personId, personId));
  return true;
}

/** Confirms who somebody is; confirming twice keeps the first. @returns whether this call did it */
export async function confirmIdentity(tx: Db, personId: string, by: string, at: Date): Promise<boolean> {
  const done = await tx.update(identities).set({ verifiedBy: by, verifiedAt: at }).where(and(eq(identities.personId, personId), isNull(identities.verifiedAt))).returning({ id: identities.personId });
  return done.length === 1;
}

/** A changed name or school has to be confirmed again. */
export async function withdrawConfirmation(tx: Db, personId: string): Promise<void> {
  await tx.update(identities).set({ verifiedBy: null, verifiedAt: null }).where(eq(identities.personId, personId));
}

/** Whether the account of a person can be entered: not frozen, left or erased. */
export async function isActive(db: Db, personId: string): Promise<boolean> {
  const [row] = await db.select({ id: persons.id }).from(persons).where(and(eq(persons.id, personId), eq(persons.status, "active")));
  return row !== undefined;
}

/** Whether a person holds any governance role now. */
export async function governs(db: Db, personId: string): Promise<boolean> {
  const [row] = await db.select({ id: roleGrants.id }).from(roleGrants).where(and(eq(roleGrants.personId, personId), isNull(roleGrants.to))).limit(1);
  return row !== undefined;
}

function unconfirmedBelow(db: Db, regionId: string): SQL | undefined {
  const coordinated = db.select({ one: sql`1` }).from(roleGrants).where(and(eq(roleGrants.role, "school_coordinator"), eq(roleGrants.scopeType, "school"), eq(roleGrants.scopeId, schools.id), isNull(roleGrants.to)));
  return and(eq(persons.status, "active"), isNull(identities.verifiedAt), inSubtree(db, schools.regionId, [regionId]), notExists(coordinated));
}

function selectCards(db: Db) {
  return db
    .select({
      id: persons.id,
      name: identities.name,
      schoolId: persons.schoolId,
      school: schools.name,
      regionId: schools.regionId,
      region: regions.name,
      stages: persons.stages,
      subjects: persons.subjects,
      intro: persons.intro,
      startedTeachingOn: persons.startedTeachingOn,
      titleRank: persons.titleRank,
      verifiedAt: identities.verifiedAt,
      version: persons.version,
    })
    .from(persons)
    .innerJoin(identities, eq(identities.personId, persons.id))
    .leftJoin(schools, eq(schools.id, persons.schoolId))
    .leftJoin(regions, eq(regions.id, schools.regionId))
    .$dynamic();
}

function cardOf<Row extends { verifiedAt: Date | null }>(row: Row): Omit<Row, "verifiedAt"> & { verified: boolean } {
  const { verifiedAt, ...rest } = row;
  return { ...rest, verified: verifiedAt !== null };
}

