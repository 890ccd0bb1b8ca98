import { audit } from "#db/audit.ts";
import { findRegionPath } from "#db/regions.ts";
import { findSchool, findSchoolByName, insertSchool, type SchoolFacts, updateSchool } from "#db/schools.ts";
import type { Db } from "#db/types.ts";
import type { Viewer } from "#db/viewer.ts";
import type { Permitted } from "../http/permitted.ts";
import type { RegionSeen } from "./access.server.ts";

/** What was known of a school when its form was shown, in one word: a school has no version. */
export function seenOf({ name, regionId, kind, locale, remote, smallRural }: SchoolFacts): string {
  return JSON.stringify([name, regionId, kind, locale, remote, smallRural]);
}

/** A school is entered, or mended (`before`: which, and what was seen of it). @returns its id, or why not: another of that name in its county, a county that is not below this region, somebody who saved meanwhile */
export function saveSchool(db: Db, viewer: Viewer, region: Permitted<"editSchools", RegionSeen>, school: SchoolFacts, before: { id: string; seen: string } | null): Promise<{ id: string } | { refused: "twice" | "county" | "stale" }> {
  const schoolId = before?.id ?? null;
  return db.transaction(async (tx) => {
    const now = schoolId === null ? undefined : await findSchool(tx, schoolId);
    if (before && (!now || seenOf(now) !== before.seen)) return { refused: "stale" };
    const path = await findRegionPath(tx, school.regionId);
    if (!path.some((one) => one.id === region.id)) return { refused: "county" };
    const namesake = await findSchoolByName(tx, school.regionId, school.name);
    if (namesake && namesake.id !== schoolId) return { refused: "twice" };
    if (schoolId) await updateSchool(tx, schoolId, school);
    const id = schoolId ?? (await insertSchool(tx, school, viewer.id));
    await audit(tx, { personId: viewer.id, act: schoolId ? "school.changed" : "school.entered", object: { type: "school", id }, detail: { ...school } });
    return { id };
  });
}
