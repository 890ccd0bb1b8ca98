import { audit } from "#db/audit.ts";
import { listRegions } from "#db/regions.ts";
import { findSchoolByName, insertSchool, updateSchool } from "#db/schools.ts";
import type { Db } from "#db/types.ts";
import type { Viewer } from "#db/viewer.ts";
import type { Permitted } from "../http/permitted.ts";
import type { RegionSeen } from "./access.server.ts";
import { type LineProblem, readSchoolTable } from "./school-table.ts";

export type ImportOutcome = { problems: LineProblem[] } | { problems?: undefined; made: number; changed: number; same: number };

/** Brings in a table of schools: all of it, or nothing with every faulty line named. A school that is known by region and name takes the table's tags; twice is once. */
export async function importSchools(db: Db, viewer: Viewer, region: Permitted<"importSchools", RegionSeen>, text: string): Promise<ImportOutcome> {
  const { counties, elsewhere } = await placesAround(db, region.id);
  const { schools, problems } = readSchoolTable(text, counties, elsewhere);
  if (problems.length > 0) return { problems };
  return db.transaction(async (tx) => {
    const told = { made: 0, changed: 0, same: 0 };
    for (const { line: _, ...school } of schools) {
      const known = await findSchoolByName(tx, school.regionId, school.name);
      if (!known) {
        await insertSchool(tx, school, viewer.id);
        told.made += 1;
      } else if (known.kind !== school.kind || known.locale !== school.locale || known.remote !== school.remote || known.smallRural !== school.smallRural) {
        await updateSchool(tx, known.id, school);
        told.changed += 1;
      } else told.same += 1;
    }
    await audit(tx, { personId: viewer.id, act: "schools.imported", object: { type: "region", id: region.id }, detail: told });
    return told;
  });
}

/** Counties below a region, by code and by name, and the codes and names of every other region. */
async function placesAround(db: Db, regionId: string): Promise<{ counties: Map<string, string>; elsewhere: Set<string> }> {
  const all = await listRegions(db);
  const parents = new Map(all.map((one) => [one.id, one.parentId]));
  const below = (id: string | null): boolean => id !== null && (id === regionId || below(parents.get(id) ?? null));
  const counties = new Map<string, string>();
  const elsewhere = new Set<string>();
  for (const one of all) {
    if (one.level !== "county") continue;
    for (const name of [one.code, one.name]) below(one.id) ? counties.set(name, one.id) : elsewhere.add(name);
  }
  return { counties, elsewhere };
}
