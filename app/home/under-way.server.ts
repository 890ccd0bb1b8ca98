import { and, eq, inArray } from "drizzle-orm";
import { listLessonsOfViewer } from "#db/lessons.ts";
import { listPrepsOfViewer } from "#db/preps.ts";
import { resources } from "#db/schema/index.ts";
import type { PrepState } from "#db/schema/lessons.ts";
import type { Db } from "#db/types.ts";
import type { Viewer } from "#db/viewer.ts";
import { chainOf } from "../lessons/chain.ts";
import { marksOf } from "../lessons/list.server.ts";
import { mayTakeToClass } from "../plans/policy.ts";
import type { ChainLink } from "../ui/chain.tsx";

export interface LessonUnderWay {
  id: string;
  title: string;
  studio: string | null;
  /** null: published as a case, the whole chain travelled. */
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
  const reuses = new Map((await db.select({ lessonId: resources.lessonId, count: resources.reuseCount }).from(resources).where(and(inArray(resources.lessonId, ids), eq(resources.state, "published")))).map((row) => [row.lessonId, row.count]));
  const { taught, reflected, published } = await marksOf(db, viewer, ids);
  return ids
    .sort((a, b) => (a < b ? 1 : -1))
    .slice(0, limit)
    .map((id) => {
      const known = states.get(id);
      return { id, title: known?.title ?? "", studio: known?.studio ?? null, now: chainOf({ prep: known?.state ?? null, taught: taught.has(id), reflected: reflected.has(id), published: published.has(id) }), reuses: reuses.get(id) ?? 0, teach: known?.teach ?? false };
    });
}
