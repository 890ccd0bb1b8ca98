import { and, asc, count, eq, gte, inArray } from "drizzle-orm";
import { reflectionsCountedFor } from "./lessons.ts";
import { lessonRuns, minutes, prepMoves, reflections, seminars } from "./schema/index.ts";
import type { Prep } from "./preps.ts";
import type { Db } from "./types.ts";
import type { Viewer } from "./viewer.ts";

/** Seminars about a prep that ended since its drafts were revealed in this round, and how many of them have minutes. */
export async function countSeminarsHeld(db: Db, prep: Pick<Prep, "id" | "iteration">): Promise<{ held: number; withMinutes: number }> {
  const [revealed] = await db.select({ at: prepMoves.at }).from(prepMoves).where(and(eq(prepMoves.prepId, prep.id), eq(prepMoves.to, "discussion"), eq(prepMoves.iteration, prep.iteration))).orderBy(asc(prepMoves.id)).limit(1);
  if (!revealed) return { held: 0, withMinutes: 0 };
  const rows = await db
    .select({ id: seminars.id, docId: minutes.docId })
    .from(seminars)
    .leftJoin(minutes, eq(minutes.seminarId, seminars.id))
    .where(and(eq(seminars.prepId, prep.id), inArray(seminars.state, ["ended", "reported"]), gte(seminars.endedAt, revealed.at)));
  return { held: rows.length, withMinutes: rows.filter((row) => row.docId !== null).length };
}

/** How often the lesson was given, and how many have looked back on it, as far as this viewer may know. */
export async function countAfterwards(db: Db, viewer: Pick<Viewer, "id">, lessonId: string): Promise<{ runs: number; reflections: number }> {
  const [runs] = await db.select({ n: count() }).from(lessonRuns).where(eq(lessonRuns.lessonId, lessonId));
  const [looked] = await db.select({ n: count() }).from(reflections).where(and(eq(reflections.lessonId, lessonId), reflectionsCountedFor(viewer)));
  return { runs: runs?.n ?? 0, reflections: looked?.n ?? 0 };
}
