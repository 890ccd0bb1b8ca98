import { inArray, and, eq } from "drizzle-orm";
import { listLessonsOfViewer, reflectionsCountedFor } from "#db/lessons.ts";
import { listPrepsOfStudio, listPrepsOfViewer, type Prep } from "#db/preps.ts";
import { lessonRuns, reflections, resources } from "#db/schema/index.ts";
import type { PrepState } from "#db/schema/lessons.ts";
import type { Db } from "#db/types.ts";
import type { Viewer } from "#db/viewer.ts";
import type { ChainLink } from "../ui/chain.tsx";
import { chainOf } from "./chain.ts";

export interface LessonListed {
  id: string;
  title: string;
  studio: string | null;
  group: string | null;
  lead: string | null;
  state: PrepState | null;
  /** null: it has travelled the whole chain. */
  now: ChainLink | null;
}

/** The viewer's lessons, those under way and those that have travelled the chain, newest first, with who leads and where each stands. */
export async function lessonsOf(db: Db, viewer: Viewer) {
  const preps = (await listPrepsOfViewer(db, viewer)).filter((prep) => prep.state !== "cancelled");
  const own = (await listLessonsOfViewer(db, viewer, { limit: 100 })).filter((lesson) => !preps.some((prep) => prep.lessonId === lesson.id));
  const alone = own.map((lesson) => ({ id: lesson.id, title: lesson.title, studio: lesson.studioName, group: null, lead: null, state: null }));
  const all = (await standing(db, viewer, [...preps.map(ofPrep), ...alone])).sort((a, b) => (a.id < b.id ? 1 : -1));
  const over = (lesson: LessonListed) => lesson.now === null || lesson.state === "archived";
  return { underWay: all.filter((lesson) => !over(lesson)), finished: all.filter(over) };
}

/** What a studio prepares and has prepared, newest first, and from where to read on. */
export async function lessonsOfStudio(db: Db, viewer: Viewer, studioId: string, page: { before?: string; limit: number }) {
  const preps = await listPrepsOfStudio(db, viewer, studioId, page);
  const lessons = await standing(db, viewer, preps.filter((prep) => prep.state !== "cancelled").map(ofPrep));
  return { lessons, next: preps.length === page.limit ? (preps.at(-1)?.id ?? null) : null };
}

function ofPrep(prep: Prep) {
  return { id: prep.lessonId, title: prep.title, studio: prep.studioName, group: prep.groupName, lead: prep.participants.find((one) => one.part === "lead_preparer")?.name ?? null, state: prep.state };
}

async function standing(db: Db, viewer: Viewer, lessons: readonly Omit<LessonListed, "now">[]): Promise<LessonListed[]> {
  const marks = await marksOf(db, viewer, lessons.map((lesson) => lesson.id));
  return lessons.map((lesson) => ({ ...lesson, now: chainOf({ prep: lesson.state, taught: marks.taught.has(lesson.id), reflected: marks.reflected.has(lesson.id), published: marks.published.has(lesson.id) }) }));
}

/** Which lessons were taught, reflected on as far as this viewer may know, and published as a teaching case. */
export async function marksOf(db: Db, viewer: Viewer, lessonIds: readonly string[]) {
  if (lessonIds.length === 0) return { taught: new Set<string>(), reflected: new Set<string>(), published: new Set<string>() };
  const ids = [...lessonIds];
  const taught = await db.selectDistinct({ id: lessonRuns.lessonId }).from(lessonRuns).where(inArray(lessonRuns.lessonId, ids));
  const reflected = await db.selectDistinct({ id: reflections.lessonId }).from(reflections).where(and(inArray(reflections.lessonId, ids), reflectionsCountedFor(viewer)));
  const published = await db.selectDistinct({ id: resources.lessonId }).from(resources).where(and(inArray(resources.lessonId, ids), eq(resources.state, "published"), eq(resources.kind, "teaching_case")));
  const set = (rows: { id: string }[]) => new Set(rows.map((row) => row.id));
  return { taught: set(taught), reflected: set(reflected), published: set(published) };
}
