import { and, countDistinct, eq } from "drizzle-orm";
import { hasEvidence, recordEvidence } from "#db/evidence.ts";
import { enqueue } from "#db/jobs.ts";
import { notify } from "#db/notices.ts";
import { listTemplates } from "#db/plan-templates.ts";
import { findCurrentVersion } from "#db/resources.ts";
import { lessonPlans, lessons, resourceReuses, resources } from "#db/schema/index.ts";
import { isDuplicate } from "#db/errors.ts";
import type { Db } from "#db/types.ts";
import type { Viewer } from "#db/viewer.ts";
import type { Permitted } from "../http/permitted.ts";
import { copyPlan } from "../plans/copy-plan.server.ts";
import type { Documents } from "../plans/documents.ts";
import type { ResourceSeen } from "./access.server.ts";

/**
 * "Use this case": a lesson and a plan of one's own, with the publication's words and files, that knows where it comes from.
 *
 * @param lessonId made by the page: the same press twice makes one plan
 * @returns the plan
 */
export async function useResource(db: Db, documents: Documents, reader: Viewer, resource: Permitted<"use", ResourceSeen>, lessonId: string, at = new Date()): Promise<string | undefined> {
  const version = await findCurrentVersion(db, resource);
  const [source] = await db.select({ templateId: lessonPlans.templateId, periods: lessonPlans.periods }).from(lessonPlans).where(eq(lessonPlans.id, resource.planId));
  const templateId = source?.templateId ?? (await listTemplates(db))[0]?.id;
  if (!version || !templateId) return undefined;
  try {
    return await db.transaction(async (tx) => {
      await tx.insert(lessons).values({ id: lessonId, title: resource.title, lessonNodeId: resource.lessonNodeId, ownerId: reader.id, createdAt: at, createdBy: reader.id });
      const plan = { lessonId, kind: "personal" as const, ownerId: reader.id, title: resource.title, templateId, periods: source?.periods ?? 1, header: { teacher: reader.name }, createdBy: reader.id, upstream: { planId: resource.planId, resourceId: resource.id, versionId: version.id } };
      const { planId } = await copyPlan(tx, documents, { ownerType: "resource_version", ownerId: version.id }, version.content, plan, at);
      await tx.update(lessonPlans).set({ secondPrep: "forked" }).where(eq(lessonPlans.id, planId));
      await tx.insert(resourceReuses).values({ resourceId: resource.id, versionId: version.id, personId: reader.id, planId, at });
      const [taken] = await tx.select({ people: countDistinct(resourceReuses.personId) }).from(resourceReuses).where(eq(resourceReuses.resourceId, resource.id));
      await tx.update(resources).set({ reuseCount: taken?.people ?? 0 }).where(eq(resources.id, resource.id));
      await credit(tx, reader, resource, at);
      return planId;
    });
  } catch (error) {
    if (!isDuplicate(error)) throw error;
    const [made] = await db.select({ id: lessonPlans.id }).from(lessonPlans).where(and(eq(lessonPlans.lessonId, lessonId), eq(lessonPlans.ownerId, reader.id)));
    return made?.id;
  }
}

/** Once per person and publication, for both of them. Taking up one's own work is nobody's evidence. */
async function credit(tx: Db, reader: Viewer, resource: ResourceSeen, at: Date): Promise<void> {
  await enqueue(tx, "search.index", { kind: resource.kind, id: resource.id }, { key: resource.id });
  if (resource.studioId) await enqueue(tx, "studio.figures", { studioId: resource.studioId }, { key: resource.studioId });
  if (reader.id === resource.ownerId || (await hasEvidence(tx, reader.id, "resource.reused", resource.id))) return;
  const object = { type: "resource", id: resource.id };
  await recordEvidence(tx, { personId: reader.id, kind: "resource.reused", occurredAt: at, lessonId: resource.lessonId, object });
  await recordEvidence(tx, { personId: resource.ownerId, kind: "resource.reused_by_others", occurredAt: at, lessonId: resource.lessonId, studioId: resource.studioId, object, corroboratedBy: reader.id });
  await notify(tx, [resource.ownerId], { kind: "resource.reused", params: { title: resource.title, name: reader.name }, href: `/resources/${resource.id}`, lessonId: resource.lessonId, key: `resource.reused:${resource.id}:${reader.id}` }, at);
}
