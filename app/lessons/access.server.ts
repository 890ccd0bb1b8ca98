import { isId } from "#db/ids.ts";
import { findVisibleLesson, type Lesson } from "#db/lessons.ts";
import type { Db } from "#db/types.ts";
import type { Viewer } from "#db/viewer.ts";
import { refuse } from "../http/refusals.ts";

/** @throws Response notThere, also when the viewer may not know of it */
export async function lessonSeenBy(db: Db, viewer: Viewer, lessonId: string | undefined): Promise<Lesson> {
  const lesson = isId(lessonId) ? await findVisibleLesson(db, viewer, lessonId) : undefined;
  if (!lesson) throw refuse("notThere");
  return lesson;
}
