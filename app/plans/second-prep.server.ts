import { and, eq, inArray } from "drizzle-orm";
import { hasEvidence, recordEvidence } from "#db/evidence.ts";
import { listSections } from "#db/plans.ts";
import { lessonPlans, lessons } from "#db/schema/index.ts";
import type { Db } from "#db/types.ts";
import { textOf } from "./content.ts";
import { contentTaken } from "./upstream.server.ts";

/** Sections that must differ from the common plan before the second prep is evidence. */
const ENOUGH = 2;

/**
 * Compares a personal plan, as last projected, with the version of the common plan or of the publication that it was made from: `forked` becomes `changed` when a section differs, and two
 * sections are evidence, once. Called when its document was projected and when it was taught; other plans are left alone.
 */
export async function noteSecondPrep(db: Db, docId: string, at = new Date()): Promise<void> {
  const [plan] = await db
    .select({ id: lessonPlans.id, ownerId: lessonPlans.ownerId, lessonId: lessonPlans.lessonId, studioId: lessons.studioId, upstreamPlanId: lessonPlans.upstreamPlanId, upstreamResourceId: lessonPlans.upstreamResourceId, upstreamVersionId: lessonPlans.upstreamVersionId })
    .from(lessonPlans)
    .innerJoin(lessons, eq(lessons.id, lessonPlans.lessonId))
    .where(and(eq(lessonPlans.docId, docId), eq(lessonPlans.kind, "personal")));
  const taken = plan && (await contentTaken(db, plan));
  if (!plan || !taken) return;
  const before = new Map(taken.map((section) => [section.key, textOf(section.nodes)]));
  const changed = (await listSections(db, [docId])).filter((section) => section.text.trim() !== (before.get(section.key) ?? "").trim()).length;
  if (changed === 0) return;
  await db.transaction(async (tx) => {
    await tx.update(lessonPlans).set({ secondPrep: "changed" }).where(and(eq(lessonPlans.id, plan.id), inArray(lessonPlans.secondPrep, ["not_started", "forked"])));
    if (changed < ENOUGH || (await hasEvidence(tx, plan.ownerId, "plan.second_prep_changed", plan.id))) return;
    await recordEvidence(tx, { personId: plan.ownerId, kind: "plan.second_prep_changed", occurredAt: at, lessonId: plan.lessonId, studioId: plan.studioId, object: { type: "plan", id: plan.id }, quantity: changed, unit: "section" });
  });
}
