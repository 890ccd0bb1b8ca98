import { and, eq, inArray } from "drizzle-orm";
import { listLessonsOfViewer } from "#db/lessons.ts";
import { listPrepsOfViewer } from "#db/preps.ts";
import { lessonRuns, resources } from "#db/schema/index.ts";
import type { PrepState } from "#db/schema/lessons.ts";
import type { Db } from "#db/types.ts";
import type { Viewer } from "#db/viewer.ts";
import { chainOf } from "../lessons/chain.ts";
import { mayTakeToClass } from "../plans/policy.ts";
import type { ChainLink } from "../ui/chain.tsx";

export interface LessonUnderWay {
  id: string;
  title: string;
  studio: string | null;
  /** null: published, the whole chain travelled. */
  now: ChainLink | null;
  reuses: number;
  /** What comes next is teaching it, and this person may. */
  teach: boolean;
}

/** The viewer's lessons with the place where each is: those of her preps and her own, newest first. */
export async function lessonsUnderWay(db: Db, viewer: Viewer, limit: number): Promise<LessonUnderWay[]> {
  const preps = await listPrepsOfViewer(db, viewer);
  const own = await listLessonsOfViewer(db, viewer, { limit: 50 });
  const states = new Map<string, { title: string; studio: string | null; state: PrepState | null; teach: boolean }>();
  for (const prep of preps) if (prep.state !== "cancelled") states.set(prep.lessonId, { title: prep.title, studio: prep.studioName, state: prep.state, teach: prep.state === "finalised" && mayTakeToClass(viewer, prep) });
  for (const lesson of own) if (!states.has(lesson.id)) states.set(lesson.id, { title: lesson.title, studio: lesson.studioName, state: null, teach: false });
  const ids = [...states.keys()];
  if (ids.length === 0) return [];
  const published = new Map((await db.select({ lessonId: resources.lessonId, reuses: resources.reuseCount }).from(resources).where(and(inArray(resources.lessonId, ids), eq(resources.state, "published")))).map((row) => [row.lessonId, row.reuses]));
  const taught = new Set((await db.select({ lessonId: lessonRuns.lessonId }).from(lessonRuns).where(inArray(lessonRuns.lessonId, ids))).map((row) => row.lessonId));
  return ids
    .sort((a, b) => (a < b ? 1 : -1))
    .slice(0, limit)
    .map((id) => {
      const known = states.get(id);
      return { id, title: known?.title ?? "", studio: known?.studio ?? null, now: chainOf({ prep: known?.state ?? null, taught: taught.has(id), published: published.has(id) }), reuses: published.get(id) ?? 0, teach: known?.teach ?? false };
    });
}
