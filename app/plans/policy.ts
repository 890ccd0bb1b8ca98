import type { Plan } from "#db/plans.ts";
import { FINALISED_STATES } from "#db/preps.ts";
import type { PrepState } from "#db/schema/lessons.ts";
import type { SeatRole } from "#db/schema/studios.ts";
import type { Viewer } from "#db/viewer.ts";
import { heads, seatIn } from "../people/standing.ts";

export type PlanAct = "write" | "comment" | "settle" | "fork" | "teach";

export type PlanForRules = Pick<Plan, "kind" | "ownerId" | "state" | "mine" | "note"> & { prep: { studioId: string; groupId: string | null; state: PrepState; discussed: boolean } | null };

const WRITERS: readonly SeatRole[] = ["master", "subject_lead", "young_teacher"];
const FORKERS: readonly SeatRole[] = [...WRITERS, "trainee"];

/**
 * What somebody who sees a plan may do with it. `write` covers its head, its imports and named versions; `settle` is resolving and reopening
 * of comments (the author of a thread may always); `teach` is saying that it was taught.
 */
export function canOnPlan(viewer: Viewer, act: PlanAct, plan: PlanForRules): boolean {
  switch (plan.kind) {
    case "personal":
    case "standalone":
      return plan.ownerId === viewer.id && act !== "fork" && (plan.state !== "superseded" || act === "teach");
    case "individual":
      return canOnDraft(viewer, act, plan);
    case "common":
      return canOnCommon(viewer, act, plan);
  }
}

function canOnDraft(viewer: Viewer, act: PlanAct, plan: PlanForRules): boolean {
  const revealed = plan.note?.state === "revealed";
  if (!revealed) return plan.ownerId === viewer.id && plan.state !== "superseded" && (act === "write" || act === "comment" || act === "settle");
  return (act === "comment" || act === "settle") && inCircle(viewer, plan) && underWay(plan.prep?.state);
}

function canOnCommon(viewer: Viewer, act: PlanAct, plan: PlanForRules): boolean {
  const { prep, mine } = plan;
  const seat = seatIn(viewer, prep?.studioId);
  if (!prep || !seat) return false;
  switch (act) {
    case "write":
      return mayWrite();
    case "comment":
      return mayWrite() || (prep.discussed && underWay(prep.state) && inCircle(viewer, plan));
    case "settle":
      return mayWrite() || (prep.discussed && underWay(prep.state) && guidesIt());
    case "fork":
    case "teach":
      return mayTakeToClass(viewer, prep);
  }
  function mayWrite(): boolean {
    if (!seat || !prep || !WRITERS.includes(seat.role) || mine?.answer !== "accepted" || mine.part === "observer") return false;
    if (prep.state === "discussion" || prep.state === "revision") return true;
    return mine.part === "lead_preparer" && (prep.state === "planned" || prep.state === "individual_draft");
  }
  function guidesIt(): boolean {
    return seat?.role === "master" || heads(seat, prep?.groupId);
  }
}

/** Whether this person may make the common plan of a prep her own and teach it. */
export function mayTakeToClass(viewer: Viewer, prep: { studioId: string; state: PrepState }): boolean {
  const seat = seatIn(viewer, prep.studioId);
  return seat !== undefined && isFinalised(prep.state) && FORKERS.includes(seat.role);
}

function inCircle(viewer: Viewer, plan: PlanForRules): boolean {
  const seat = seatIn(viewer, plan.prep?.studioId);
  if (!seat) return false;
  return (plan.mine !== null && plan.mine.answer !== "declined") || seat.role === "master" || heads(seat, plan.prep?.groupId);
}

function underWay(state: PrepState | undefined): boolean {
  return state === "individual_draft" || state === "discussion" || state === "revision";
}

export function isFinalised(state: PrepState): boolean {
  return (FINALISED_STATES as readonly PrepState[]).includes(state);
}
