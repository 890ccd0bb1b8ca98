import { eq } from "drizzle-orm";
import { isId } from "#db/ids.ts";
import { regionPath } from "#db/regions.ts";
import { schools } from "#db/schema/index.ts";
import type { Db } from "#db/types.ts";
import type { Viewer } from "#db/viewer.ts";
import { refuse } from "../http/refusals.ts";
import { holds } from "./standing.ts";

/** A school for its coordinator or the administrators of its regions. @throws `notThere` for everybody else */
export async function schoolOfficeFor(db: Db, viewer: Viewer, schoolId: string | undefined): Promise<{ school: typeof schools.$inferSelect; mayIssueLinks: boolean }> {
  const [school] = isId(schoolId) ? await db.select().from(schools).where(eq(schools.id, schoolId)) : [];
  if (!school) throw refuse("notThere");
  const coordinates = holds(viewer, "school_coordinator", { schoolId: school.id });
  if (!coordinates && !holds(viewer, "region_admin", { regionPath: await regionPath(db, school.regionId) })) throw refuse("notThere");
  return { school, mayIssueLinks: coordinates };
}
