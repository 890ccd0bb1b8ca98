import { and, desc, eq, exists, inArray, isNotNull, lt, ne, or, type SQL, sql } from "drizzle-orm";
import { identities, lessonPlans, lessonRuns, lessons, reflections, studios } from "./schema/index.ts";
import type { Db } from "./types.ts";
import type { Viewer } from "./viewer.ts";

export interface Lesson {
  id: string;
  lessonNodeId: string | null;
  title: string;
  ownerId: string;
  ownerName: string;
  studioId: string | null;
  studioName: string | null;
  groupId: string | null;
  createdAt: Date;
  version: number;
}

/** One lesson, or undefined when it does not exist or the viewer may not know that it does. */
export async function findVisibleLesson(db: Db, viewer: Viewer, lessonId: string): Promise<Lesson | undefined> {
  const [lesson] = await selectLessons(db, and(eq(lessons.id, lessonId), lessonsVisibleTo(viewer)), 1);
  return lesson;
}

/** Lessons that are the viewer's own or hold a plan of hers, newest first, keyset-paged by id. */
export function listLessonsOfViewer(db: Db, viewer: Viewer, page: { before?: string; limit: number }): Promise<Lesson[]> {
  const planned = exists(db.select({ one: sql`1` }).from(lessonPlans).where(and(eq(lessonPlans.lessonId, lessons.id), eq(lessonPlans.ownerId, viewer.id), inArray(lessonPlans.kind, ["personal", "standalone"]))));
  return selectLessons(db, and(lessonsVisibleTo(viewer), or(eq(lessons.ownerId, viewer.id), planned), page.before ? lt(lessons.id, page.before) : undefined), page.limit);
}

/**
 * The one place that says which lessons a viewer may know exist: their own, and those of studios where they hold a seat.
 * Plans, notes, seminars and reflections of a lesson have rules of their own. Used by lists, single reads and search.
 */
export function lessonsVisibleTo(viewer: Viewer): SQL {
  return or(eq(lessons.ownerId, viewer.id), inArray(lessons.studioId, viewer.seats.map((seat) => seat.studioId))) as SQL; // `or` of two is never undefined
}

function selectLessons(db: Db, where: SQL | undefined, limit: number): Promise<Lesson[]> {
  return db
    .select({
      id: lessons.id, lessonNodeId: lessons.lessonNodeId, title: lessons.title, ownerId: lessons.ownerId, ownerName: identities.name,
      studioId: lessons.studioId, studioName: studios.name, groupId: lessons.groupId, createdAt: lessons.createdAt, version: lessons.version,
    })
    .from(lessons)
    .innerJoin(identities, eq(identities.personId, lessons.ownerId))
    .leftJoin(studios, eq(studios.id, lessons.studioId))
    .where(where)
    .orderBy(desc(lessons.id))
    .limit(limit);
}

/** Every time the lesson was given, newest first. */
export function listRuns(db: Db, lessonId: string) {
  return db
    .select({ id: lessonRuns.id, planId: lessonRuns.planId, teacherId: lessonRuns.teacherId, teacher: identities.name, classLabel: lessonRuns.classLabel, taughtAt: lessonRuns.taughtAt, changed: lessonRuns.changed })
    .from(lessonRuns)
    .innerJoin(identities, eq(identities.personId, lessonRuns.teacherId))
    .where(eq(lessonRuns.lessonId, lessonId))
    .orderBy(desc(lessonRuns.taughtAt), desc(lessonRuns.id));
}

/** The viewer's own newest run of a lesson, when she has reflected on none of hers. */
export async function findRunToReflectOn(db: Db, viewer: Pick<Viewer, "id">, lessonId: string): Promise<{ id: string } | undefined> {
  const [reflected] = await db.select({ id: reflections.id }).from(reflections).where(and(eq(reflections.lessonId, lessonId), eq(reflections.personId, viewer.id), isNotNull(reflections.submittedAt))).limit(1);
  if (reflected) return undefined;
  const [run] = await db.select({ id: lessonRuns.id }).from(lessonRuns).where(and(eq(lessonRuns.lessonId, lessonId), eq(lessonRuns.teacherId, viewer.id))).orderBy(desc(lessonRuns.taughtAt), desc(lessonRuns.id)).limit(1);
  return run;
}

export type Reflection = Awaited<ReturnType<typeof listVisibleReflections>>[number];

/** Reflections of a lesson that the viewer may read, oldest first. */
export function listVisibleReflections(db: Db, viewer: Viewer, lessonId: string) {
  return db
    .select({ id: reflections.id, planId: reflections.planId, lessonRunId: reflections.lessonRunId, personId: reflections.personId, name: identities.name, answers: reflections.answers, visibility: reflections.visibility, submittedAt: reflections.submittedAt, version: reflections.version })
    .from(reflections)
    .innerJoin(lessons, eq(lessons.id, reflections.lessonId))
    .innerJoin(identities, eq(identities.personId, reflections.personId))
    .where(and(eq(reflections.lessonId, lessonId), reflectionsVisibleTo(viewer)))
    .orderBy(reflections.id);
}

/**
 * Reflections that count for this viewer where it only matters that somebody looked back: those that were opened to anybody, and her own.
 * One kept private counts for its author alone, for a number that moved would say that it is there.
 */
export function reflectionsCountedFor(viewer: Pick<Viewer, "id">): SQL {
  return and(isNotNull(reflections.submittedAt), or(ne(reflections.visibility, "private"), eq(reflections.personId, viewer.id))) as SQL; // `and` of two is never undefined
}

/**
 * Whose reflections a viewer reads: their own always; of others only what was opened by its author, to the head of the group and the master
 * (mentor), to the group, or to the studio, and only by those who sit there. In a query that joins `lessons`.
 */
export function reflectionsVisibleTo(viewer: Viewer): SQL {
  const studioIds = viewer.seats.map((seat) => seat.studioId);
  const groupIds = viewer.seats.flatMap((seat) => (seat.groupId ? [seat.groupId] : []));
  const headed = viewer.seats.flatMap((seat) => (seat.role === "subject_lead" && seat.groupId ? [seat.groupId] : []));
  const mastered = viewer.seats.flatMap((seat) => (seat.role === "master" ? [seat.studioId] : []));
  // A reflection opened to a group or studio stays there only as long as its author's lesson belongs to it.
  const guides = or(inArray(lessons.groupId, headed), inArray(lessons.studioId, mastered));
  return or(
    eq(reflections.personId, viewer.id),
    and(eq(reflections.visibility, "mentor"), guides),
    and(eq(reflections.visibility, "group"), or(inArray(lessons.groupId, groupIds), guides)),
    and(eq(reflections.visibility, "studio"), inArray(lessons.studioId, studioIds)),
  ) as SQL; // `or` of four is never undefined
}
