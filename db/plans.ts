import { and, asc, desc, eq, exists, inArray, isNotNull, lt, or, type SQL, sql } from "drizzle-orm";
import type { PLAN_KINDS, PrepState } from "./schema/lessons.ts";
import { docSections, docVersions, identities, individualNotes, lessonPlans, lessonPreps, lessons, prepMoves, prepParticipants } from "./schema/index.ts";
import { FINALISED_STATES, guidesPrep, type PrepAnswer, type PrepPart, takesPart, wasDiscussed } from "./preps.ts";
import type { Db } from "./types.ts";
import type { Viewer } from "./viewer.ts";

export type PlanKind = (typeof PLAN_KINDS)[number];
export type PlanRow = typeof lessonPlans.$inferSelect;

/** A plan as a viewer sees it, with what its rules look at. */
export interface Plan extends PlanRow {
  ownerName: string;
  lessonTitle: string;
  lessonNodeId: string | null;
  studioId: string | null;
  prep: { id: string; studioId: string; groupId: string | null; state: PrepState; iteration: number; title: string; discussed: boolean } | null;
  /** The viewer's own part in the prep. */
  mine: { part: PrepPart; answer: PrepAnswer } | null;
  /** Of an individual draft: whether it has been revealed, and whether its author has handed it in. */
  note: { state: "draft" | "submitted" | "revealed" } | null;
}

/** One plan, or undefined when it does not exist or the viewer may not know that it does. */
export async function findVisiblePlan(db: Db, viewer: Viewer, planId: string): Promise<Plan | undefined> {
  const [plan] = await selectPlans(db, viewer, and(eq(lessonPlans.id, planId), plansVisibleTo(db, viewer)), 1);
  return plan;
}

/** The plan whose body is this document, under the same rule. */
export async function findVisiblePlanByDoc(db: Db, viewer: Viewer, docId: string): Promise<Plan | undefined> {
  const [plan] = await selectPlans(db, viewer, and(eq(lessonPlans.docId, docId), plansVisibleTo(db, viewer)), 1);
  return plan;
}

/** The plans of a lesson that the viewer may see: the common plan, drafts once revealed, one's own. */
export function listPlansOfLesson(db: Db, viewer: Viewer, lessonId: string): Promise<Plan[]> {
  return selectPlans(db, viewer, and(eq(lessonPlans.lessonId, lessonId), plansVisibleTo(db, viewer)), 100);
}

/** Plans that a person keeps for herself (not common ones), newest first, keyset-paged by id. */
export function listOwnPlans(db: Db, viewer: Viewer, page: { before?: string; limit: number; kinds?: readonly PlanKind[] }): Promise<Plan[]> {
  const kinds = [...(page.kinds ?? (["individual", "personal", "standalone"] as const))];
  return selectPlans(db, viewer, and(eq(lessonPlans.ownerId, viewer.id), inArray(lessonPlans.kind, kinds), page.before ? lt(lessonPlans.id, page.before) : undefined), page.limit);
}

/**
 * The one place that says which plans a viewer may know exist. Private ones: their owner alone. A draft: its author alone until the move G1
 * reveals it, then those who take part, the head of the group and the master. The common plan: the lead preparer alone before G1, then the
 * same circle, and every member of the studio once it is finalised. No governance role opens any of them.
 */
export function plansVisibleTo(db: Db, viewer: Viewer): SQL {
  const seated = inArray(lessonPreps.studioId, viewer.seats.map((seat) => seat.studioId));
  const circle = or(takesPart(db, viewer), guidesPrep(viewer));
  const common = exists(
    db.select({ one: sql`1` }).from(lessonPreps).where(and(eq(lessonPreps.id, lessonPlans.prepId), seated, or(inArray(lessonPreps.state, [...FINALISED_STATES]), takesPart(db, viewer, "lead_preparer"), and(wasDiscussed(db), circle)))),
  );
  const revealed = exists(
    db.select({ one: sql`1` }).from(individualNotes).innerJoin(lessonPreps, eq(lessonPreps.id, individualNotes.prepId)).where(and(eq(individualNotes.planId, lessonPlans.id), isNotNull(individualNotes.revealedAt), seated, circle)),
  );
  return or(
    and(eq(lessonPlans.ownerId, viewer.id), inArray(lessonPlans.kind, ["individual", "personal", "standalone"])),
    and(eq(lessonPlans.kind, "common"), common),
    and(eq(lessonPlans.kind, "individual"), revealed),
  ) as SQL; // `or` of three is never undefined
}

async function selectPlans(db: Db, viewer: Viewer, where: SQL | undefined, limit: number): Promise<Plan[]> {
  const rows = await db
    .select({
      plan: lessonPlans, ownerName: identities.name, lessonTitle: lessons.title, lessonNodeId: lessons.lessonNodeId, studioId: lessons.studioId,
      prep: lessonPreps, part: prepParticipants.part, answer: prepParticipants.answer, leftAt: prepParticipants.leftAt, noteState: individualNotes.state,
    })
    .from(lessonPlans)
    .innerJoin(lessons, eq(lessons.id, lessonPlans.lessonId))
    .innerJoin(identities, eq(identities.personId, lessonPlans.ownerId))
    .leftJoin(lessonPreps, eq(lessonPreps.id, lessonPlans.prepId))
    .leftJoin(prepParticipants, and(eq(prepParticipants.prepId, lessonPlans.prepId), eq(prepParticipants.personId, viewer.id)))
    .leftJoin(individualNotes, eq(individualNotes.planId, lessonPlans.id))
    .where(where)
    .orderBy(desc(lessonPlans.id))
    .limit(limit);
  const prepIds = rows.flatMap((row) => (row.prep ? [row.prep.id] : []));
  const discussed = prepIds.length === 0 ? [] : await db.selectDistinct({ prepId: prepMoves.prepId }).from(prepMoves).where(and(inArray(prepMoves.prepId, prepIds), eq(prepMoves.to, "discussion")));
  return rows.map(({ plan, prep, part, answer, leftAt, noteState, ...rest }) => ({
    ...plan,
    ...rest,
    prep: prep && { id: prep.id, studioId: prep.studioId, groupId: prep.groupId, state: prep.state, iteration: prep.iteration, title: prep.title, discussed: discussed.some((one) => one.prepId === prep.id) },
    mine: part && answer && !leftAt ? { part, answer } : null,
    note: noteState ? { state: noteState } : null,
  }));
}

export interface SectionFill {
  key: string;
  title: string;
  text: string;
  charCount: number;
}

/** The sections of some documents as last projected, in their order. */
export async function listSections(db: Db, docIds: readonly string[]): Promise<(SectionFill & { docId: string })[]> {
  if (docIds.length === 0) return [];
  return db.select({ docId: docSections.docId, key: docSections.key, title: docSections.title, text: docSections.text, charCount: docSections.charCount }).from(docSections).where(inArray(docSections.docId, [...docIds])).orderBy(asc(docSections.docId), asc(docSections.position));
}

export interface VersionHead {
  id: string;
  no: number;
  name: string;
  kind: "auto" | "stage" | "named" | "restore";
  by: string | null;
  at: Date;
}

/** Versions of a document, newest first. Access to them is access to the plan. */
export function listVersions(db: Db, docId: string): Promise<VersionHead[]> {
  return db.select({ id: docVersions.id, no: docVersions.no, name: docVersions.name, kind: docVersions.kind, by: identities.name, at: docVersions.at }).from(docVersions).leftJoin(identities, eq(identities.personId, docVersions.byId)).where(eq(docVersions.docId, docId)).orderBy(desc(docVersions.no));
}

export async function findVersion(db: Db, docId: string, no: number) {
  const [row] = await db
    .select({ id: docVersions.id, no: docVersions.no, name: docVersions.name, kind: docVersions.kind, by: identities.name, at: docVersions.at, content: docVersions.content })
    .from(docVersions)
    .leftJoin(identities, eq(identities.personId, docVersions.byId))
    .where(and(eq(docVersions.docId, docId), eq(docVersions.no, no)));
  return row;
}
