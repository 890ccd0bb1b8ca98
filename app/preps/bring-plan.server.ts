import { and, eq } from "drizzle-orm";
import { findTemplate } from "#db/plan-templates.ts";
import type { Plan } from "#db/plans.ts";
import { findOwnNote, type Prep } from "#db/preps.ts";
import { individualNotes, lessonPlans } from "#db/schema/index.ts";
import type { Db } from "#db/types.ts";
import type { Viewer } from "#db/viewer.ts";
import type { Permitted } from "../http/permitted.ts";
import type { Documents } from "../plans/documents.ts";
import { copyPlan } from "../plans/copy-plan.server.ts";
import { fitContent } from "../plans/new-plan.server.ts";

/**
 * Takes a plan that a teacher wrote by herself as her draft in a prep. The plan itself stays as it is; what she had begun in the draft before
 * is kept as a plan that was replaced. Not after handing in.
 *
 * @returns the draft's plan id, or undefined when the draft has been handed in or there is none
 */
export async function bringPlan(db: Db, documents: Documents, author: Viewer, prep: Permitted<"bring", Prep>, own: Plan, at = new Date()): Promise<string | undefined> {
  const template = await findTemplate(db, prep.templateId);
  const { sections } = await documents.read(own.docId);
  const fitted = fitContent(sections, template?.sections ?? [], prep.periods);
  return db.transaction(async (tx) => {
    const mine = await findOwnNote(tx, author.id, prep);
    if (mine?.state !== "draft") return undefined;
    const [before] = await tx.select({ upstreamPlanId: lessonPlans.upstreamPlanId }).from(lessonPlans).where(eq(lessonPlans.id, mine.planId));
    if (before?.upstreamPlanId === own.id) return mine.planId;
    const draft = { lessonId: prep.lessonId, prepId: prep.id, kind: "individual" as const, ownerId: author.id, title: prep.title, templateId: prep.templateId, periods: prep.periods, upstream: { planId: own.id }, header: own.header, createdBy: author.id };
    const { planId } = await copyPlan(tx, documents, { ownerType: "plan", ownerId: own.id }, fitted, draft, at);
    await tx.update(lessonPlans).set({ state: "superseded" }).where(eq(lessonPlans.id, mine.planId));
    await tx.update(individualNotes).set({ planId }).where(and(eq(individualNotes.id, mine.id), eq(individualNotes.state, "draft")));
    return planId;
  });
}
