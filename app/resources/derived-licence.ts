import type { Licence } from "#db/schema/resources.ts";

const ALL: readonly Licence[] = ["all_rights", "studio_only", "province_edu", "cc_by", "cc_by_nc", "cc_by_nc_sa", "cc_by_sa"];

/** What a work made from another may be published under: never laxer than its source. */
const BELOW: Record<Licence, readonly Licence[]> = {
  all_rights: [],
  studio_only: ["studio_only"],
  province_edu: ["all_rights", "studio_only", "province_edu"],
  cc_by: ALL,
  cc_by_nc: ["all_rights", "studio_only", "province_edu", "cc_by_nc", "cc_by_nc_sa"],
  cc_by_nc_sa: ["cc_by_nc_sa"],
  cc_by_sa: ["cc_by_sa"],
};

export interface Upstream {
  licence: Licence;
  studioId: string | null;
}

/** The licences that may be chosen. What comes from inside a studio stays inside that one; without a studio there is no inside. */
export function licencesFor(studioId: string | null, upstream: Upstream | undefined): Licence[] {
  if (upstream?.licence === "studio_only" && upstream.studioId !== studioId) return [];
  return (upstream ? BELOW[upstream.licence] : ALL).filter((licence) => licence !== "studio_only" || studioId !== null);
}
