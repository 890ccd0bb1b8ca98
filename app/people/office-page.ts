import type { GovernanceRole } from "#db/viewer.ts";

/** Where somebody does what an office is for; null where no page is for it alone. */
export function officePage({ role, scopeId }: { role: GovernanceRole; scopeId: string }): string | null {
  switch (role) {
    case "system_operator":
      return "/operations";
    case "region_admin":
      return `/regions/${scopeId}`;
    case "school_coordinator":
      return `/schools/${scopeId}/teachers`;
    case "moderator":
      return "/moderation";
    case "teaching_researcher":
      return "/resources/review";
    case "credit_auditor":
    case "data_protection_officer":
      return null;
  }
}
