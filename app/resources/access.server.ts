import { isId } from "#db/ids.ts";
import { regionPath } from "#db/regions.ts";
import { findVisibleResource, type Resource } from "#db/resources.ts";
import type { Db } from "#db/types.ts";
import type { Viewer } from "#db/viewer.ts";
import { type Permitted, permitted } from "../http/permitted.ts";
import { refuse } from "../http/refusals.ts";
import { canOnResource, type ResourceAct } from "./policy.ts";

/** A publication with the regions that its owner belongs to, from the county up. */
export type ResourceSeen = Resource & { regionPath: readonly string[] };

/** A publication for a person or a visitor. @throws the refusal `notThere` */
export async function resourceSeenBy(db: Db, viewer: Viewer | null, resourceId: string | undefined): Promise<ResourceSeen> {
  const resource = isId(resourceId) ? await findVisibleResource(db, viewer, resourceId) : undefined;
  if (!resource) throw refuse("notThere");
  return { ...resource, regionPath: await regionPath(db, resource.regionId) };
}

/** The same, to do something to it. @throws `notThere`, or `notAllowed` for whoever sees it and may not */
export async function resourceFor<Act extends ResourceAct>(db: Db, viewer: Viewer, act: Act, resourceId: string | undefined): Promise<Permitted<Act, ResourceSeen>> {
  const resource = await resourceSeenBy(db, viewer, resourceId);
  if (!canOnResource(viewer, act, resource)) throw refuse("notAllowed");
  return permitted(resource);
}
