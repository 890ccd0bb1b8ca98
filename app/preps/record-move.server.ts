import { and, eq } from "drizzle-orm";
import { insertVersion } from "#db/documents.ts";
import { recordEvidence } from "#db/evidence.ts";
import { enqueue } from "#db/jobs.ts";
import { notify } from "#db/notices.ts";
import type { Prep } from "#db/preps.ts";
import type { SectionContent } from "#db/schema/documents.ts";
import type { PrepState } from "#db/schema/lessons.ts";
import { lessonPreps, prepMoves } from "#db/schema/index.ts";
import type { Db } from "#db/types.ts";

export interface Move {
  to: PrepState;
  iteration?: number;
  byId: string;
  reason?: string;
  /** The common plan as it stands at the move; a move that comes before there is anything in it keeps none. */
  snapshot?: { state: Uint8Array; sections: SectionContent[] };
}

/**
 * Writes what every move of a prep leaves behind: the new state, the move's row, a named version of the common plan, evidence, notices to
 * those who take part, and the question to every open page whether it may still be there.
 *
 * @returns false when somebody moved the prep first; then nothing is written
 */
export async function recordMove(tx: Db, prep: Prep, move: Move, at: Date): Promise<boolean> {
  const iteration = move.iteration ?? prep.iteration;
  const moved = await tx
    .update(lessonPreps)
    .set({ state: move.to, stateSince: at, iteration, version: prep.version + 1 })
    .where(and(eq(lessonPreps.id, prep.id), eq(lessonPreps.version, prep.version), eq(lessonPreps.state, prep.state)))
    .returning({ id: lessonPreps.id });
  if (moved.length === 0) return false;
  const version = move.snapshot && (await insertVersion(tx, { docId: prep.commonDocId, name: stageVersionName(move.to, iteration), kind: "stage", state: move.snapshot.state, content: move.snapshot.sections, byId: move.byId }, at));
  await tx.insert(prepMoves).values({ prepId: prep.id, from: prep.state, to: move.to, iteration, byId: move.byId, at, reason: move.reason || null, docVersionId: version?.id ?? null });
  await recordEvidence(tx, { personId: move.byId, kind: "prep.stage_moved", occurredAt: at, lessonId: prep.lessonId, studioId: prep.studioId, object: { type: "prep", id: prep.id } });
  const others = prep.participants.filter((one) => one.answer !== "declined" && one.personId !== move.byId).map((one) => one.personId);
  await notify(tx, others, { kind: `prep.moved.${move.to}`, params: { title: prep.title }, href: `/lessons/${prep.lessonId}`, lessonId: prep.lessonId, within: prep.studioId }, at);
  await enqueue(tx, "access.changed", { docId: prep.commonDocId, prepId: prep.id });
  return true;
}

/** Stage versions are named by stage and round, so that each language says them in its own words: see `app/plans/version-name.ts`. */
function stageVersionName(to: PrepState, iteration: number): string {
  return `${to}.${iteration}`;
}
