import { and, asc, eq, exists, isNotNull, isNull, not, or, type SQL, sql } from "drizzle-orm";
import { contains } from "./like.ts";
import { foldedName, partBegins } from "./name-parts.ts";
import { inSubtree } from "./regions.ts";
import { consents, identities, nameParts, persons, regions, schools } from "./schema/index.ts";
import type { Db } from "./types.ts";

/** What tells one teacher from another of the same name. Never contact data. */
export interface PersonFound {
  id: string;
  name: string;
  school: string;
  county: string;
}

/**
 * Confirmed teachers below a region (as a rule the province) who agreed to be found by name, and whose name contains what was typed: in the
 * order of the name from there on, read until there are enough, for 王 may be thirty thousand. Who may ask is a matter of the rooms.
 */
export function searchTeachers(db: Db, regionId: string, name: string, limit = 20): Promise<PersonFound[]> {
  const typed = foldedName(name);
  // A name may contain it twice: the first place counts.
  const before = sql`substr(lower(${identities.name}), 1, length(${identities.name}) - length(${nameParts.part}) + ${[...typed].length - 1})`;
  return selectTeachers(db)
    .innerJoin(nameParts, eq(nameParts.personId, persons.id))
    .where(and(partBegins(typed), not(contains(before, typed)), confirmedBelow(db, regionId), mayBeFound(db)))
    .orderBy(asc(nameParts.part), asc(nameParts.personId))
    .limit(limit);
}

/** The same with the whole name. Whoever asks finds themselves in any case. */
export function findTeachersNamed(db: Db, regionId: string, name: string, askerId: string): Promise<PersonFound[]> {
  return selectTeachers(db)
    .where(and(confirmedBelow(db, regionId), or(mayBeFound(db), eq(persons.id, askerId)), eq(identities.name, name)))
    .orderBy(asc(persons.id))
    .limit(20);
}

/** The same by id: whether somebody may be invited. */
export async function findTeacher(db: Db, regionId: string, personId: string): Promise<PersonFound | undefined> {
  const [row] = await selectTeachers(db).where(and(confirmedBelow(db, regionId), mayBeFound(db), eq(persons.id, personId)));
  return row;
}

/** Anybody with an account whose name is exactly this, confirmed or not, below a region where one is given: for those who appoint. */
export function findPeopleNamed(db: Db, name: string, regionId: string | null): Promise<PersonFound[]> {
  return selectPeople(db, and(eq(identities.name, name), regionId ? inSubtree(db, schools.regionId, [regionId]) : undefined));
}

export async function findPersonFound(db: Db, personId: string, regionId: string | null): Promise<PersonFound | undefined> {
  const [row] = await selectPeople(db, and(eq(persons.id, personId), regionId ? inSubtree(db, schools.regionId, [regionId]) : undefined));
  return row;
}

/** In a query over `persons`: they agreed that colleagues find them by name, and have not taken it back. */
function mayBeFound(db: Db): SQL {
  return exists(db.select({ one: sql`1` }).from(consents).where(and(eq(consents.personId, persons.id), eq(consents.purpose, "display_name"), isNull(consents.withdrawnAt))));
}

function confirmedBelow(db: Db, regionId: string): SQL | undefined {
  return and(eq(persons.status, "active"), isNotNull(identities.verifiedAt), inSubtree(db, schools.regionId, [regionId]));
}

function selectTeachers(db: Db) {
  return db
    .select({ id: persons.id, name: identities.name, school: schools.name, county: regions.name })
    .from(persons)
    .innerJoin(identities, eq(identities.personId, persons.id))
    .innerJoin(schools, eq(schools.id, persons.schoolId))
    .innerJoin(regions, eq(regions.id, schools.regionId))
    .$dynamic();
}

/** People without a school are found too: officers of a region have none. */
async function selectPeople(db: Db, which: SQL | undefined): Promise<PersonFound[]> {
  const rows = await db
    .select({ id: persons.id, name: identities.name, school: schools.name, county: regions.name })
    .from(persons)
    .innerJoin(identities, eq(identities.personId, persons.id))
    .leftJoin(schools, eq(schools.id, persons.schoolId))
    .leftJoin(regions, eq(regions.id, schools.regionId))
    .where(and(eq(persons.status, "active"), which))
    .orderBy(asc(persons.id))
    .limit(20);
  return rows.map((row) => ({ ...row, school: row.school ?? "", county: row.county ?? "" }));
}
