import type { GovernanceRole, Viewer } from "#db/viewer.ts";
import { holds } from "./standing.ts";

/** Who holds what over what; `regionPath` of a region or of a school's county, up to the province. */
export interface GrantFacts {
  role: GovernanceRole;
  scopeType: "system" | "region" | "school" | "studio";
  regionPath: readonly string[];
}

/** Roles that are appointed on pages so far, each with the kind of place that it is held over. */
export const OPERATOR_ROLES = { region_admin: "region", moderator: "system", system_operator: "system" } as const;
export const REGION_ROLES = { school_coordinator: "school", teaching_researcher: "region" } as const;

/** Who appoints, and who ends: the same people. System operators appoint those who govern regions and the system, the administrators of a region those below. */
export function mayGrant(viewer: Viewer, grant: GrantFacts): boolean {
  switch (grant.role) {
    case "region_admin":
      return grant.scopeType === "region" && holds(viewer, "system_operator");
    case "moderator":
    case "system_operator":
      return grant.scopeType === "system" && holds(viewer, "system_operator");
    case "school_coordinator":
      return grant.scopeType === "school" && holds(viewer, "region_admin", { regionPath: grant.regionPath });
    case "teaching_researcher":
      return grant.scopeType === "region" && holds(viewer, "region_admin", { regionPath: grant.regionPath });
    case "credit_auditor":
    case "data_protection_officer":
      return false;
  }
}
