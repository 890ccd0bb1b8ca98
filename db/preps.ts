import { and, asc, desc, eq, exists, inArray, isNotNull, isNull, lt, ne, notInArray, or, type SQL, sql } from "drizzle-orm";
import { keptAnswer } from "./kept-answers.ts";
import type { PrepState } from "./schema/lessons.ts";
import { identities, individualNotes, lessonPlans, lessonPreps, prepChanges, prepMoves, prepParticipants, studioGroups, studios } from "./schema/index.ts";
import type { Db } from "./types.ts";
import type { Viewer } from "./viewer.ts";

export type PrepPart = "lead_preparer" | "co_preparer" | "observer";
export type PrepAnswer = "waiting" | "accepted" | "declined";

export interface PrepParticipant {
  personId: string;
  name: string;
  part: PrepPart;
  answer: PrepAnswer;
  invitedAt: Date;
  confirmedAt: Date | null;
}

/** A prep as a viewer sees it. Nothing in it tells whose drafts are done. */
export interface Prep {
  id: string;
  lessonId: string;
  studioId: string;
  studioName: string;
  groupId: string | null;
  groupName: string | null;
  title: string;
  periods: number;
  templateId: string;
  state: PrepState;
  stateSince: Date;
  iteration: number;
  deadlines: { draft?: string; discuss?: string; revise?: string; teach?: string; reflect?: string };
  version: number;
  createdAt: Date;
  createdBy: string | null;
  commonPlanId: string;
  commonDocId: string;
  /** Notes have been revealed once: the common plan is no longer the lead preparer's alone. */
  discussed: boolean;
  /** Those who take part now, lead preparer first; people who left are gone from it. */
  participants: PrepParticipant[];
}

/** From here on the common plan is read by every member of the studio. */
export const FINALISED_STATES = ["finalised", "taught", "reflecting", "archived"] as const satisfies readonly PrepState[];

/** One prep, or undefined when it does not exist or the viewer may not know that it does. */
export async function findVisiblePrep(db: Db, viewer: Viewer, prepId: string): Promise<Prep | undefined> {
  const [prep] = await selectPreps(db, and(eq(lessonPreps.id, prepId), prepsVisibleTo(viewer)));
  return prep;
}

export async function findPrepOfLesson(db: Db, viewer: Viewer, lessonId: string): Promise<Prep | undefined> {
  const [prep] = await selectPreps(db, and(eq(lessonPreps.lessonId, lessonId), prepsVisibleTo(viewer)));
  return prep;
}

/** For acts of the platform itself, after access has been settled elsewhere. */
export async function findPrep(db: Db, prepId: string): Promise<Prep | undefined> {
  const [prep] = await selectPreps(db, eq(lessonPreps.id, prepId));
  return prep;
}

/** Preps of a studio, newest first, keyset-paged by id. */
export function listPrepsOfStudio(db: Db, viewer: Viewer, studioId: string, page: { before?: string; limit: number }): Promise<Prep[]> {
  const after = page.before ? lt(lessonPreps.id, page.before) : undefined;
  return selectPreps(db, and(eq(lessonPreps.studioId, studioId), prepsVisibleTo(viewer), after), page.limit);
}

/** Preps of a studio that are not over, those that moved last first. */
export function listPrepsUnderWay(db: Db, viewer: Viewer, studioId: string, limit: number): Promise<Prep[]> {
  // What decides is whether they sit in this very studio: its members share the answer.
  return underWay(db, { seats: viewer.seats.some((seat) => seat.studioId === studioId) ? [{ studioId }] : [] }, studioId, limit);
}

const underWay = keptAnswer((db: Db, sitting: Sitting, studioId: string, limit: number): Promise<Prep[]> =>
  selectPreps(db, and(eq(lessonPreps.studioId, studioId), prepsVisibleTo(sitting), notInArray(lessonPreps.state, ["archived", "cancelled"])), limit, desc(lessonPreps.stateSince)),
);

/** Preps in which the viewer takes part and has not declined, newest first. */
export function listPrepsOfViewer(db: Db, viewer: Viewer, limit = 100): Promise<Prep[]> {
  return selectPreps(db, and(prepsVisibleTo(viewer), takesPart(db, viewer)), limit);
}

/** What of a viewer decides on preps: where they hold a seat. */
interface Sitting {
  seats: readonly { studioId: string }[];
}

/**
 * The one place that says which preps a viewer may know exist: those of studios where they hold a seat. What is inside
 * (drafts, the common plan) has rules of its own in `plansVisibleTo`. Used by lists, single reads, search and sockets.
 */
export function prepsVisibleTo(viewer: Sitting): SQL {
  return inArray(lessonPreps.studioId, viewer.seats.map((seat) => seat.studioId));
}

/** In a query over `lesson_preps`: the viewer takes part, and has not declined. Whoever lost their seat no longer takes part. */
export function takesPart(db: Db, viewer: Viewer, part?: PrepPart): SQL {
  const mine = db
    .select({ one: sql`1` })
    .from(prepParticipants)
    .where(and(eq(prepParticipants.prepId, lessonPreps.id), eq(prepParticipants.personId, viewer.id), isNull(prepParticipants.leftAt), ne(prepParticipants.answer, "declined"), part && eq(prepParticipants.part, part)));
  return exists(mine);
}

/** In a query over `lesson_preps`: the viewer heads its group or is the master of its studio. */
export function guidesPrep(viewer: Viewer): SQL {
  const groups = viewer.seats.flatMap((seat) => (seat.role === "subject_lead" && seat.groupId ? [seat.groupId] : []));
  const studiosOfMaster = viewer.seats.flatMap((seat) => (seat.role === "master" ? [seat.studioId] : []));
  return or(inArray(lessonPreps.groupId, groups), inArray(lessonPreps.studioId, studiosOfMaster)) as SQL; // `or` of two is never undefined
}

/** In a query over `lesson_preps`: its notes have been revealed once. */
export function wasDiscussed(db: Db): SQL {
  return exists(db.select({ one: sql`1` }).from(prepMoves).where(and(eq(prepMoves.prepId, lessonPreps.id), eq(prepMoves.to, "discussion"))));
}

async function selectPreps(db: Db, where: SQL | undefined, limit = 100, ...first: SQL[]): Promise<Prep[]> {
  const rows = await db
    .select({ prep: lessonPreps, studioName: studios.name, groupName: studioGroups.name, commonPlanId: lessonPlans.id, commonDocId: lessonPlans.docId })
    .from(lessonPreps)
    .innerJoin(studios, eq(studios.id, lessonPreps.studioId))
    .innerJoin(lessonPlans, and(eq(lessonPlans.prepId, lessonPreps.id), eq(lessonPlans.kind, "common")))
    .leftJoin(studioGroups, eq(studioGroups.id, lessonPreps.groupId))
    .where(where)
    .orderBy(...first, desc(lessonPreps.id))
    .limit(limit);
  const ids = rows.map((row) => row.prep.id);
  if (ids.length === 0) return [];
  const people = await listParticipants(db, ids);
  const discussed = await db.selectDistinct({ prepId: prepMoves.prepId }).from(prepMoves).where(and(inArray(prepMoves.prepId, ids), eq(prepMoves.to, "discussion")));
  return rows.map(({ prep, ...rest }) => ({
    id: prep.id, lessonId: prep.lessonId, studioId: prep.studioId, groupId: prep.groupId, title: prep.title, periods: prep.periods, templateId: prep.templateId,
    state: prep.state, stateSince: prep.stateSince, iteration: prep.iteration, deadlines: prep.deadlines, version: prep.version, createdAt: prep.createdAt, createdBy: prep.createdBy,
    ...rest,
    discussed: discussed.some((one) => one.prepId === prep.id),
    participants: people.filter((one) => one.prepId === prep.id).map(({ prepId: _, ...person }) => person),
  }));
}

const RANK: Record<PrepPart, number> = { lead_preparer: 0, co_preparer: 1, observer: 2 };

async function listParticipants(db: Db, prepIds: readonly string[]) {
  const rows = await db
    .select({ prepId: prepParticipants.prepId, personId: prepParticipants.personId, name: identities.name, part: prepParticipants.part, answer: prepParticipants.answer, invitedAt: prepParticipants.invitedAt, confirmedAt: prepParticipants.confirmedAt })
    .from(prepParticipants)
    .innerJoin(identities, eq(identities.personId, prepParticipants.personId))
    .where(and(inArray(prepParticipants.prepId, [...prepIds]), isNull(prepParticipants.leftAt)))
    .orderBy(asc(prepParticipants.id));
  return rows.sort((a, b) => RANK[a.part] - RANK[b.part]);
}

/** How many drafts are due and how many are in, as numbers only: before the reveal nobody learns whose. */
export async function countNotes(db: Db, prep: Pick<Prep, "id" | "iteration" | "participants">): Promise<{ due: number; submitted: number }> {
  const writers = prep.participants.filter((one) => one.part === "co_preparer" && one.answer === "accepted").map((one) => one.personId);
  const rows = await db
    .select({ personId: individualNotes.personId })
    .from(individualNotes)
    .where(and(eq(individualNotes.prepId, prep.id), eq(individualNotes.iteration, prep.iteration), inArray(individualNotes.personId, writers), inArray(individualNotes.state, ["submitted", "revealed"])));
  return { due: writers.length, submitted: rows.length };
}

export type IndividualNote = typeof individualNotes.$inferSelect;

/** The viewer's own draft in this round of a prep. */
export async function findOwnNote(db: Db, personId: string, prep: Pick<Prep, "id" | "iteration">): Promise<IndividualNote | undefined> {
  const [note] = await db.select().from(individualNotes).where(and(eq(individualNotes.prepId, prep.id), eq(individualNotes.personId, personId), eq(individualNotes.iteration, prep.iteration)));
  return note;
}

/** The drafts that have been revealed, with their authors; none of the others is in it. */
export function listRevealedNotes(db: Db, prepId: string) {
  return db
    .select({ planId: individualNotes.planId, personId: individualNotes.personId, name: identities.name, iteration: individualNotes.iteration, submittedAt: individualNotes.submittedAt })
    .from(individualNotes)
    .innerJoin(identities, eq(identities.personId, individualNotes.personId))
    .where(and(eq(individualNotes.prepId, prepId), isNotNull(individualNotes.revealedAt)))
    .orderBy(asc(individualNotes.iteration), asc(individualNotes.submittedAt));
}

/** What happened to a prep, oldest first: moves from stage to stage, and changes with their reasons. */
export async function listPrepHistory(db: Db, prepId: string) {
  const moves = await db.select({ id: prepMoves.id, from: prepMoves.from, to: prepMoves.to, iteration: prepMoves.iteration, by: identities.name, at: prepMoves.at, reason: prepMoves.reason, docVersionId: prepMoves.docVersionId }).from(prepMoves).leftJoin(identities, eq(identities.personId, prepMoves.byId)).where(eq(prepMoves.prepId, prepId)).orderBy(asc(prepMoves.id));
  const changes = await db.select({ id: prepChanges.id, kind: prepChanges.kind, by: identities.name, at: prepChanges.at, reason: prepChanges.reason }).from(prepChanges).leftJoin(identities, eq(identities.personId, prepChanges.byId)).where(eq(prepChanges.prepId, prepId)).orderBy(asc(prepChanges.id));
  return { moves, changes };
}
