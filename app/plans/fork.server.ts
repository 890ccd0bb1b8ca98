import { and, desc, eq } from "drizzle-orm";
import { findTemplate } from "#db/plan-templates.ts";
import type { Plan } from "#db/plans.ts";
import { docVersions, lessonPlans } from "#db/schema/index.ts";
import type { Db } from "#db/types.ts";
import type { Viewer } from "#db/viewer.ts";
import type { Permitted } from "../http/permitted.ts";
import { copyPlan } from "./copy-plan.server.ts";
import type { Documents } from "./documents.ts";
import { fitContent } from "./new-plan.server.ts";

/** Begins the second prep: a plan of one's own from the finalised common plan, which it remembers. Who has one from this version gets that. */
export async function forkPlan(db: Db, documents: Documents, teacher: Viewer, common: Permitted<"fork", Plan>, at = new Date()): Promise<string> {
  const { sections } = await documents.read(common.docId);
  const template = await findTemplate(db, common.templateId);
  return db.transaction(async (tx) => {
    const [version] = await tx.select({ id: docVersions.id }).from(docVersions).where(and(eq(docVersions.docId, common.docId), eq(docVersions.kind, "stage"))).orderBy(desc(docVersions.no)).limit(1);
    const known = await tx.select({ id: lessonPlans.id, upstreamVersionId: lessonPlans.upstreamVersionId }).from(lessonPlans).where(and(eq(lessonPlans.ownerId, teacher.id), eq(lessonPlans.kind, "personal"), eq(lessonPlans.upstreamPlanId, common.id))).orderBy(desc(lessonPlans.id));
    const same = known.find((one) => one.upstreamVersionId === (version?.id ?? null)) ?? (common.prep?.state === "finalised" ? undefined : known[0]);
    if (same) return same.id;
    const plan = {
      lessonId: common.lessonId, kind: "personal" as const, ownerId: teacher.id, title: common.title, templateId: common.templateId, periods: common.periods,
      upstream: { planId: common.id, ...(version && { versionId: version.id }) }, header: { ...common.header, teacher: teacher.name }, createdBy: teacher.id,
    };
    const { planId } = await copyPlan(tx, documents, { ownerType: "plan", ownerId: common.id }, fitContent(sections, template?.sections ?? [], common.periods), plan, at);
    return planId;
  });
}
