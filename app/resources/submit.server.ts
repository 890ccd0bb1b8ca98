import { and, eq } from "drizzle-orm";
import { copyAttachments } from "#db/attachments.ts";
import { findLessonNode } from "#db/curriculum.ts";
import { newId } from "#db/ids.ts";
import { enqueue } from "#db/jobs.ts";
import { findVisibleLesson, reflectionsCountedFor } from "#db/lessons.ts";
import { notify } from "#db/notices.ts";
import type { Plan } from "#db/plans.ts";
import { findPrep, FINALISED_STATES, type Prep } from "#db/preps.ts";
import { regionPath } from "#db/regions.ts";
import { findStanding, findUpstream } from "#db/resources.ts";
import { attributions, lessonRuns, reflections, resourceDecisions, resources, resourceVersions } from "#db/schema/index.ts";
import type { Licence } from "#db/schema/resources.ts";
import type { Db } from "#db/types.ts";
import type { Viewer } from "#db/viewer.ts";
import type { Problems } from "../http/problems.ts";
import { heads, seatIn } from "../people/standing.ts";
import type { Documents } from "../plans/documents.ts";
import { repoint } from "../plans/copy-plan.server.ts";
import { charCount } from "../plans/content.ts";
import { decidersOf } from "./deciders.server.ts";
import { licencesFor } from "./derived-licence.ts";
import { processOf } from "./process.server.ts";

export interface Submission {
  kind: "lesson_plan" | "teaching_case";
  title: string;
  abstract: string;
  licence: Licence;
  /** The submitter gives her own reflection along, though she keeps it private otherwise. */
  givesReflection: boolean;
}

/** A plan with less in it is not offered to others. */
const LEAST_CHARACTERS = 100;

/**
 * Who may offer a plan for publication: the owner of a personal one; of a common one its lead preparer, the head of its group, the master.
 * One's own copy of a studio's lesson is decided on in that studio: whoever left it would go round those who decide.
 */
export function maySubmit(viewer: Viewer, plan: Pick<Plan, "kind" | "ownerId" | "studioId" | "prep" | "mine">): boolean {
  if (plan.studioId !== null && !seatIn(viewer, plan.studioId)) return false;
  if (plan.kind === "personal" || plan.kind === "standalone") return plan.ownerId === viewer.id;
  if (plan.kind !== "common" || !plan.prep) return false;
  const seat = seatIn(viewer, plan.prep.studioId);
  return seat !== undefined && (plan.mine?.part === "lead_preparer" || seat.role === "master" || heads(seat, plan.prep.groupId));
}

/** What stands in the way of publishing a plan as such a thing, as sentences of the room `resources`; empty when nothing does. */
export async function missingFor(db: Db, submitter: Viewer, plan: Plan, kind: Submission["kind"]): Promise<string[]> {
  const missing: string[] = [];
  if (plan.kind === "common" && !(FINALISED_STATES as readonly string[]).includes(plan.prep?.state ?? "")) missing.push("resources:missing.finalised");
  if (kind === "teaching_case") {
    const [run] = await db.select({ id: lessonRuns.id }).from(lessonRuns).where(eq(lessonRuns.lessonId, plan.lessonId)).limit(1);
    if (!run) missing.push("resources:missing.run");
    const [reflection] = await db.select({ id: reflections.id }).from(reflections).where(and(eq(reflections.lessonId, plan.lessonId), reflectionsCountedFor(submitter))).limit(1);
    if (!reflection) missing.push("resources:missing.reflection");
  }
  return missing;
}

/**
 * Offers a plan for publication, frozen as it is now, with the process that made it. What is written afterwards does not change it.
 * Offering the same plan as the same kind again while it waits or is published gives the one that stands.
 */
export async function submitResource(db: Db, documents: Documents, submitter: Viewer, plan: Plan, wish: Submission, at = new Date()): Promise<{ resourceId: string } | { problems: Problems }> {
  const missing = await missingFor(db, submitter, plan, wish.kind);
  if (missing[0]) return { problems: { form: { key: missing[0] } } };
  const standing = await findStanding(db, plan.id, wish.kind);
  if (standing) return { resourceId: standing.id };
  const upstream = await findUpstream(db, plan.id);
  if (!licencesFor(plan.studioId, upstream).includes(wish.licence)) return { problems: { form: { key: "resources:missing.licence" } } };
  const { sections } = await documents.read(plan.docId);
  if (sections.reduce((sum, section) => sum + charCount(section.nodes), 0) < LEAST_CHARACTERS) return { problems: { form: { key: "resources:missing.content" } } };

  const lesson = await findVisibleLesson(db, submitter, plan.lessonId);
  const owner = ownerOf(plan, submitter);
  const deciders = await decidersFor(db, submitter, plan);
  if (deciders.length === 0 && needsOwner(plan, submitter)) return { problems: { form: { key: "resources:missing.decider" } } };
  const prep = plan.prep ? await findPrep(db, plan.prep.id) : undefined;
  const node = plan.lessonNodeId ? await findLessonNode(db, plan.lessonNodeId) : undefined;
  const process = await processOf(db, plan.lessonId, plan.docId, prep, { id: submitter.id, givesReflection: wish.givesReflection }, wish.licence);
  const resourceId = newId();
  await db.transaction(async (tx) => {
    const versionId = newId();
    const regionId = submitter.regionId;
    await tx.insert(resources).values({
      id: resourceId, lessonId: plan.lessonId, planId: plan.id, kind: wish.kind, title: wish.title, abstract: wish.abstract, lessonNodeId: plan.lessonNodeId, stage: node?.stage ?? null, subject: node?.subject ?? null, grade: node?.grade ?? null,
      ownerId: owner, studioId: lesson?.studioId ?? null, groupId: lesson?.groupId ?? null, regionId, licence: wish.licence, state: "submitted", currentVersionId: versionId, createdAt: at, createdBy: submitter.id,
    });
    const copies = await copyAttachments(tx, { ownerType: "plan", ownerId: plan.id }, { ownerType: "resource_version", ownerId: versionId }, submitter.id, at);
    await tx.insert(resourceVersions).values({ id: versionId, resourceId, no: 1, content: sections.map((section) => ({ ...section, nodes: section.nodes.map((one) => repoint(one, copies)) })), process, at, byId: submitter.id });
    await tx.insert(attributions).values(namesOf(owner, prep, upstream?.id).map((one, position) => ({ resourceId, position, ...one })));
    await tx.insert(resourceDecisions).values({ resourceId, decision: "submitted", byId: submitter.id, at });
    await notify(tx, deciders, { kind: "resource.submitted", params: { title: wish.title }, href: `/resources/${resourceId}`, lessonId: plan.lessonId, key: `resource.submitted:${resourceId}` }, at);
    await enqueue(tx, "search.index", { kind: wish.kind, id: resourceId });
  });
  return { resourceId };
}

/** Who would decide on a plan if this person submitted it. */
export async function decidersFor(db: Db, submitter: Viewer, plan: Plan): Promise<string[]> {
  const lesson = await findVisibleLesson(db, submitter, plan.lessonId);
  return decidersOf(db, { ownerId: ownerOf(plan, submitter) ?? submitter.id, createdBy: submitter.id, studioId: lesson?.studioId ?? null, groupId: lesson?.groupId ?? null, regionPath: await regionPath(db, submitter.regionId) });
}

/** Whether a plan belongs to somebody else, who can submit it herself when nobody would be left to decide. */
export function needsOwner(plan: Plan, submitter: Viewer): boolean {
  return plan.studioId !== null && ownerOf(plan, submitter) !== submitter.id;
}

function ownerOf(plan: Plan, submitter: Viewer) {
  return plan.kind === "common" ? plan.ownerId : submitter.id;
}

/** The author first, then everybody who prepared with her, then what it was made from. */
function namesOf(ownerId: string, prep: Prep | undefined, upstreamId: string | undefined) {
  const others = (prep?.participants ?? []).filter((one) => one.personId !== ownerId && one.answer === "accepted" && one.part !== "observer");
  return [
    { personId: ownerId as string | null, relation: "author" as const, sourceResourceId: null as string | null },
    ...others.map((one) => ({ personId: one.personId as string | null, relation: "contributor" as const, sourceResourceId: null as string | null })),
    ...(upstreamId ? [{ personId: null, relation: "remix" as const, sourceResourceId: upstreamId as string | null }] : []),
  ];
}
