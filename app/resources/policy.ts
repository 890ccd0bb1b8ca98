import type { Resource } from "#db/resources.ts";
import type { Licence } from "#db/schema/resources.ts";
import type { Viewer } from "#db/viewer.ts";
import { heads, holds, seatIn } from "../people/standing.ts";

export type ResourceAct = "decide" | "withdraw" | "report" | "moderate" | "use" | "offerAgain";

export type ResourceForRules = Pick<Resource, "ownerId" | "createdBy" | "studioId" | "groupId" | "state" | "licence"> & { regionPath: readonly string[] };

/** What somebody who sees a publication may do with it. Nobody decides on their own work, nor on what they submitted for its author. */
export function canOnResource(viewer: Viewer, act: ResourceAct, resource: ResourceForRules): boolean {
  const own = resource.ownerId === viewer.id;
  switch (act) {
    case "decide":
      return !own && resource.createdBy !== viewer.id && (resource.state === "submitted" || resource.state === "in_review") && decides(viewer, resource);
    case "withdraw":
      return own && (resource.state === "published" || resource.state === "submitted" || resource.state === "revising");
    case "offerAgain":
      return own && (resource.state === "returned" || resource.state === "withdrawn");
    case "report":
      return !own && resource.state === "published";
    case "moderate":
      return holds(viewer, "moderator", { studioId: resource.studioId });
    case "use":
      return resource.state === "published" && mayTake(resource.licence) && (resource.licence !== "studio_only" || seatIn(viewer, resource.studioId) !== undefined);
  }
}

/** Whether a licence lets a reader make a plan of her own from it. */
export function mayTake(licence: Licence): boolean {
  return licence !== "all_rights";
}

/**
 * Whether somebody (null: a visitor) who sees a publication may carry it off: save its files, print it. What may only be read leaves its page
 * in the hands of its author and her studio alone, and of those who have to judge it.
 */
export function mayCarryOff(viewer: Viewer | null, resource: ResourceForRules): boolean {
  if (mayTake(resource.licence)) return true;
  if (!viewer) return false;
  return resource.ownerId === viewer.id || seatIn(viewer, resource.studioId) !== undefined || canOnResource(viewer, "decide", resource) || canOnResource(viewer, "moderate", resource);
}

function decides(viewer: Viewer, resource: ResourceForRules): boolean {
  if (resource.studioId) return seatIn(viewer, resource.studioId)?.role === "master" || heads(seatIn(viewer, resource.studioId), resource.groupId);
  return holds(viewer, "teaching_researcher", { regionPath: resource.regionPath });
}
