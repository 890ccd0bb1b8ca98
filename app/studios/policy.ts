import type { SeatRole } from "#db/schema/studios.ts";
import type { Viewer } from "#db/viewer.ts";
import { heads, holds, seatIn } from "../people/standing.ts";

/** Roles that an invitation can offer: a master is named when the studio is approved, or succeeds another. */
export const INVITED_ROLES = ["subject_lead", "young_teacher", "studio_assistant", "guest_expert", "trainee"] as const satisfies readonly SeatRole[];
export type InvitedRole = (typeof INVITED_ROLES)[number];

/** What a master is after the seat has passed on; `leave`: nothing in this studio. */
export const AFTERWARDS = ["guest_expert", "subject_lead", "leave"] as const;

export type StudioAct =
  | "approve"
  | "return"
  | "edit"
  | "setQuota"
  | `invite.${InvitedRole}`
  | "withdrawInvitation"
  | "apply"
  | "seeApplications"
  | "admit"
  | "decline"
  | "seeMembers"
  | "seeQuiet"
  | "changeRole"
  | "handOver"
  | "endSeat"
  | "assignGroup"
  | "makeGroup"
  | "announce"
  | "startPrep";

/** What rules look at in a studio. */
export interface StudioFacts {
  id: string;
  status: "draft" | "active" | "probation" | "suspended" | "under_review" | "closed";
  subject: string;
  createdBy: string | null;
  recruitPolicy: "open" | "approve" | "invite" | "closed";
  /** Ids from the studio's region up to the province. */
  regionPath: readonly string[];
}

/** Who may draft a studio: confirmed teachers without a seat, leads and masters, and the administrators of its region. */
export function canDraftStudio(viewer: Viewer, regionPath: readonly string[] = []): boolean {
  if (holds(viewer, "region_admin", { regionPath })) return true;
  return viewer.verified && (viewer.seats.length === 0 || viewer.seats.some((seat) => seat.role === "master" || seat.role === "subject_lead"));
}

export function canOnStudio(viewer: Viewer, act: StudioAct, studio: StudioFacts): boolean {
  const seat = seatIn(viewer, studio.id);
  const works = studio.status === "active" || studio.status === "probation" || studio.status === "under_review";
  const master = works && seat?.role === "master";
  const assistant = works && seat?.role === "studio_assistant";
  const lead = works && seat?.role === "subject_lead";
  const administers = holds(viewer, "region_admin", { regionPath: studio.regionPath });
  const researches = holds(viewer, "teaching_researcher", { regionPath: studio.regionPath }) && viewer.subjects.includes(studio.subject);
  switch (act) {
    case "approve":
    case "return":
      return studio.status === "draft" && administers;
    case "edit":
      return studio.status === "draft" ? studio.createdBy === viewer.id || administers : master || assistant;
    case "setQuota":
      return works && administers;
    case "invite.subject_lead":
    case "invite.young_teacher":
    case "invite.studio_assistant":
      return master;
    case "invite.guest_expert":
    case "invite.trainee":
    case "withdrawInvitation":
      return master || assistant;
    case "apply":
      return works && !seat && (studio.recruitPolicy === "open" || studio.recruitPolicy === "approve");
    case "seeApplications":
    case "admit":
    case "decline":
      return master || assistant || (lead && seat.groupId !== null);
    case "seeMembers":
      return studio.status !== "draft" && (seat !== undefined || administers || researches);
    case "seeQuiet":
      return master || assistant;
    case "changeRole":
    case "endSeat":
      return master;
    case "handOver":
      return master || (works && administers);
    case "assignGroup":
    case "makeGroup":
    case "announce":
      return master || assistant;
    case "startPrep":
      return works && (seat?.role === "young_teacher" || lead || master || assistant);
  }
}

/** Into which group somebody may admit: those who see to the whole studio into any or none, a lead into the own group only. */
export function mayAdmitInto(viewer: Viewer, studio: StudioFacts, groupId: string | null): boolean {
  if (!canOnStudio(viewer, "admit", studio)) return false;
  const seat = seatIn(viewer, studio.id);
  return seat?.role !== "subject_lead" || heads(seat, groupId);
}

/** What is done to one seat of a studio. The master's seat never just ends: it passes to a successor. */
export function canOnSeat(viewer: Viewer, act: "end" | "changeRole" | "assignGroup" | "makeHome" | "seeHistory", studio: StudioFacts, seat: { personId: string; role: SeatRole; groupId: string | null }): boolean {
  const own = seat.personId === viewer.id;
  const headed = seat.role === "trainee" && heads(seatIn(viewer, studio.id), seat.groupId);
  switch (act) {
    case "end":
      return seat.role !== "master" && (own || canOnStudio(viewer, "endSeat", studio) || (seat.role === "trainee" && (canOnStudio(viewer, "assignGroup", studio) || headed)));
    case "changeRole":
      return seat.role !== "master" && canOnStudio(viewer, "changeRole", studio);
    case "assignGroup":
      return seat.role !== "master" && canOnStudio(viewer, "assignGroup", studio) && (seat.role !== "subject_lead" || canOnStudio(viewer, "changeRole", studio));
    case "makeHome":
      return own;
    case "seeHistory":
      return own || canOnStudio(viewer, "assignGroup", studio) || canOnStudio(viewer, "handOver", studio);
  }
}
