import { findThread } from "#db/comments.ts";
import { isId } from "#db/ids.ts";
import { findVisiblePlan, type Plan } from "#db/plans.ts";
import type { Db } from "#db/types.ts";
import type { Viewer } from "#db/viewer.ts";
import { type Permitted, permitted } from "../http/permitted.ts";
import { refuse } from "../http/refusals.ts";
import { canOnPlan, type PlanAct } from "./policy.ts";

/** @throws Response notThere, also when the viewer may not know of it */
export async function planSeenBy(db: Db, viewer: Viewer, planId: string | undefined): Promise<Plan> {
  const plan = isId(planId) ? await findVisiblePlan(db, viewer, planId) : undefined;
  if (!plan) throw refuse("notThere");
  return plan;
}

/** @throws Response notThere or notAllowed */
export async function planFor<Act extends PlanAct>(db: Db, viewer: Viewer, act: Act, planId: string | undefined): Promise<Permitted<Act, Plan>> {
  const plan = await planSeenBy(db, viewer, planId);
  if (!canOnPlan(viewer, act, plan)) throw refuse("notAllowed");
  return permitted<Act, Plan>(plan);
}

/**
 * A thread that this viewer may resolve or open again: of a plan that she may settle, or begun by herself where she may still comment.
 *
 * @throws Response notThere or notAllowed
 */
export async function threadFor(db: Db, viewer: Viewer, planId: string | undefined, threadId: string | undefined) {
  const plan = await planSeenBy(db, viewer, planId);
  const thread = isId(threadId) ? await findThread(db, plan.docId, threadId) : undefined;
  if (!thread) throw refuse("notThere");
  if (!canOnPlan(viewer, "settle", plan) && !(thread.createdBy === viewer.id && canOnPlan(viewer, "comment", plan))) throw refuse("notAllowed");
  return { plan, thread };
}
