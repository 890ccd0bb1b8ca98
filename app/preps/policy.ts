import type { Prep, PrepParticipant } from "#db/preps.ts";
import type { SeatRole } from "#db/schema/studios.ts";
import type { Viewer } from "#db/viewer.ts";
import { heads, seatIn } from "../people/standing.ts";

export type PrepAct = "answer" | "bring" | "submit" | "move" | "confirm" | "cancel" | "replaceLead" | "moveDeadlines" | "changeParticipants" | "countNotes";

/** Who may write a common plan, and so be lead preparer or co-preparer. Everybody else in the studio may observe. */
export const WRITING_ROLES: readonly SeatRole[] = ["master", "subject_lead", "young_teacher"];

/** Who may start a prep in a studio. */
export function canStartPrep(viewer: Viewer, studioId: string): boolean {
  const seat = seatIn(viewer, studioId);
  return seat !== undefined && (WRITING_ROLES.includes(seat.role) || seat.role === "studio_assistant");
}

export type PrepForRules = Pick<Prep, "studioId" | "groupId" | "state"> & { participants: readonly Pick<PrepParticipant, "personId" | "part" | "answer">[] };

export function canOnPrep(viewer: Viewer, act: PrepAct, prep: PrepForRules): boolean {
  if (!seatIn(viewer, prep.studioId) || prep.state === "archived" || prep.state === "cancelled") return false;
  const mine = prep.participants.find((one) => one.personId === viewer.id);
  const accepted = mine?.answer === "accepted";
  switch (act) {
    case "answer":
      return mine?.answer === "waiting";
    case "bring":
    case "submit":
      return accepted && mine.part === "co_preparer" && prep.state === "individual_draft";
    case "move":
      return (accepted && mine.part === "lead_preparer") || guides(viewer, prep);
    case "confirm":
      return accepted && prep.state === "revision";
    case "cancel":
    case "replaceLead":
    case "moveDeadlines":
    case "changeParticipants":
      return guides(viewer, prep);
    case "countNotes":
      return (mine !== undefined && mine.answer !== "declined") || guides(viewer, prep);
  }
}

/** Heads the prep's group, or is the master of its studio. */
export function guides(viewer: Viewer, prep: { studioId: string; groupId: string | null }): boolean {
  const seat = seatIn(viewer, prep.studioId);
  return seat?.role === "master" || heads(seat, prep.groupId);
}
