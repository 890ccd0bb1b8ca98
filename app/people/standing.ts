import type { GovernanceRole, Viewer, ViewerSeat } from "#db/viewer.ts";

/** The viewer's seat in a studio, or undefined. */
export function seatIn(viewer: Viewer, studioId: string | null | undefined): ViewerSeat | undefined {
  return studioId ? viewer.seats.find((seat) => seat.studioId === studioId) : undefined;
}

/** Whether this seat heads that group. */
export function heads(seat: ViewerSeat | undefined, groupId: string | null | undefined): boolean {
  return seat?.role === "subject_lead" && seat.groupId !== null && seat.groupId === groupId;
}

/** Whether the viewer holds a governance role, in the system or over one of these places. */
export function holds(viewer: Viewer, role: GovernanceRole, over: { regionPath?: readonly string[]; schoolId?: string | null; studioId?: string | null } = {}): boolean {
  return viewer.grants.some((grant) => {
    if (grant.role !== role) return false;
    switch (grant.scopeType) {
      case "system":
        return true;
      case "region":
        return over.regionPath?.includes(grant.scopeId) ?? false;
      case "school":
        return over.schoolId === grant.scopeId;
      case "studio":
        return over.studioId === grant.scopeId;
    }
  });
}
