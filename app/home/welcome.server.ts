import { and, desc, eq, inArray } from "drizzle-orm";
import { regions, resources, studioFigures, studios } from "#db/schema/index.ts";
import type { Db } from "#db/types.ts";

/** What a visitor sees first: studios that are open, and the newest publications that anybody may read. */
export async function welcome(db: Db) {
  const open = await db
    .select({ id: studios.id, name: studios.name, intro: studios.intro, region: regions.name, members: studioFigures.members })
    .from(studios)
    .innerJoin(regions, eq(regions.id, studios.regionId))
    .leftJoin(studioFigures, eq(studioFigures.studioId, studios.id))
    .where(inArray(studios.status, ["active", "probation"]))
    .orderBy(desc(studioFigures.members))
    .limit(6);
  const newest = await db
    .select({ id: resources.id, title: resources.title, abstract: resources.abstract, licence: resources.licence })
    .from(resources)
    .where(and(eq(resources.state, "published"), inArray(resources.licence, ["all_rights", "province_edu", "cc_by", "cc_by_nc", "cc_by_nc_sa", "cc_by_sa"])))
    .orderBy(desc(resources.publishedAt))
    .limit(6);
  return { studios: open, newest };
}
