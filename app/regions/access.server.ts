import { isId } from "#db/ids.ts";
import { findRegion, findRegionPath, type Region } from "#db/regions.ts";
import { findSchool, type SchoolInRegion } from "#db/schools.ts";
import type { Db } from "#db/types.ts";
import type { Viewer } from "#db/viewer.ts";
import { type Permitted, permitted } from "../http/permitted.ts";
import { refuse } from "../http/refusals.ts";
import { canOnRegion, type RegionAct } from "./policy.ts";

export interface RegionSeen extends Region {
  /** Ids from the region up to the province, itself first. */
  path: string[];
  /** The names of the same, province first. */
  names: string[];
}

/** A region's administration is known to its administrators alone. @throws the refusal `notThere` */
export async function regionFor<Act extends RegionAct>(db: Db, viewer: Viewer, act: Act, regionId: string | undefined): Promise<Permitted<Act, RegionSeen>> {
  const region = isId(regionId) ? await findRegion(db, regionId) : undefined;
  if (!region) throw refuse("notThere");
  const path = await findRegionPath(db, region.id);
  const seen = { ...region, path: path.map((one) => one.id), names: path.map((one) => one.name).reverse() };
  if (!canOnRegion(viewer, act, seen)) throw refuse("notThere");
  return permitted(seen);
}

/** A school below a region that the viewer administers. @throws the refusal `notThere` */
export async function schoolFor(db: Db, viewer: Viewer, regionId: string | undefined, schoolId: string | undefined): Promise<Permitted<"editSchools", SchoolInRegion>> {
  const region = await regionFor(db, viewer, "editSchools", regionId);
  const school = isId(schoolId) ? await findSchool(db, schoolId) : undefined;
  const path = school ? await findRegionPath(db, school.regionId) : [];
  if (!school || !path.some((one) => one.id === region.id)) throw refuse("notThere");
  return permitted(school);
}
