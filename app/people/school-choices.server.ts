import { and, asc, eq, isNull } from "drizzle-orm";
import { regions, schools } from "#db/schema/index.ts";
import type { Db } from "#db/types.ts";

export interface SchoolChoices {
  counties: { id: string; name: string; city: string }[];
  county: string | null;
  schools: { id: string; name: string }[];
}

/** Counties of the province by city, and the schools of the one that was chosen. */
export async function schoolChoices(db: Db, county: string | null): Promise<SchoolChoices> {
  const all = await db.select().from(regions).where(isNull(regions.to)).orderBy(asc(regions.code));
  const names = new Map(all.map((region) => [region.id, region.name]));
  const counties = all.filter((region) => region.level === "county").map((region) => ({ id: region.id, name: region.name, city: names.get(region.parentId ?? "") ?? "" }));
  const chosen = counties.find((one) => one.id === county)?.id ?? null;
  const found = chosen ? await db.select({ id: schools.id, name: schools.name }).from(schools).where(and(eq(schools.regionId, chosen))).orderBy(asc(schools.name)).limit(500) : [];
  return { counties, county: chosen, schools: found };
}
