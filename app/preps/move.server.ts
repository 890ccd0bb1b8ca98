import { and, eq, isNull } from "drizzle-orm";
import { recordEvidence } from "#db/evidence.ts";
import { findTemplate } from "#db/plan-templates.ts";
import { findPrep, type Prep } from "#db/preps.ts";
import type { PrepState } from "#db/schema/lessons.ts";
import { individualNotes, lessonPlans, prepParticipants } from "#db/schema/index.ts";
import type { Db } from "#db/types.ts";
import type { Viewer } from "#db/viewer.ts";
import type { Permitted } from "../http/permitted.ts";
import type { Documents } from "../plans/documents.ts";
import { emptyContent, type PreparedContent, prepareContent } from "../plans/new-plan.server.ts";
import { giveDraft } from "./drafts.server.ts";
import { factsOf } from "./facts.server.ts";
import { type Guard, guardOf, movesFrom } from "./guards.ts";
import { recordMove } from "./record-move.server.ts";

export type MoveOutcome = { outcome: "moved" } | { outcome: "stale" } | { outcome: "missing"; guard: Guard };

/**
 * Moves a prep by hand: forward through its guards, back, or into a new round. All that follows is one transaction: the reveal of every draft
 * handed in, at one instant; the named version; evidence; notices. Moving twice moves once.
 *
 * @param written why the prep goes back or on with few drafts, or the minutes of a discussion in writing
 */
export async function movePrep(db: Db, documents: Documents, mover: Viewer, asked: Permitted<"move", Prep>, to: PrepState, written: string, at = new Date()): Promise<MoveOutcome> {
  const live = await documents.read(asked.commonDocId);
  const content = to === "individual_draft" ? await draftContent(db, documents, asked) : undefined;
  return db.transaction(async (tx): Promise<MoveOutcome> => {
    const prep = await findPrep(tx, asked.id);
    if (!prep) return { outcome: "stale" };
    if (prep.state === to) return { outcome: "moved" };
    const move = movesFrom(prep.state).find((one) => one.to === to);
    if (!move || prep.state !== asked.state) return { outcome: "stale" };
    const guard = guardOf(prep.state, to, await factsOf(tx, prep, mover, live.sections), at);
    if (guard.missing.length > 0 || (guard.asks && written.trim().length < LEAST_WRITTEN[guard.asks])) return { outcome: "missing", guard };

    const iteration = move.kind === "round" ? prep.iteration + 1 : prep.iteration;
    const moved = await recordMove(tx, prep, { to, iteration, byId: mover.id, ...(guard.asks && { reason: written.trim() }), snapshot: live }, at);
    if (!moved) return { outcome: "stale" };
    if (to === "discussion" && move.kind === "forward") await revealNotes(tx, prep, at);
    if (to !== "finalised") await tx.update(prepParticipants).set({ confirmedAt: null }).where(eq(prepParticipants.prepId, prep.id));
    if (to === "finalised") await finalise(tx, prep, at);
    if (move.kind === "round") await newRound(tx, prep, iteration, content, at);
    return { outcome: "moved" };
  });
}

/** Characters that a reason, or minutes, must at least have. */
export const LEAST_WRITTEN = { reason: 4, minutes: 20 } as const;

/** The reveal: one statement, one instant. Drafts that were not handed in stay their author's own. */
async function revealNotes(tx: Db, prep: Prep, at: Date): Promise<void> {
  await tx.update(individualNotes).set({ state: "revealed", revealedAt: at }).where(and(eq(individualNotes.prepId, prep.id), eq(individualNotes.state, "submitted"), isNull(individualNotes.revealedAt)));
}

async function finalise(tx: Db, prep: Prep, at: Date): Promise<void> {
  await tx.update(lessonPlans).set({ state: "in_use" }).where(eq(lessonPlans.id, prep.commonPlanId));
  const lead = prep.participants.find((one) => one.part === "lead_preparer");
  const second = prep.participants.find((one) => one !== lead && one.confirmedAt !== null);
  if (lead) await recordEvidence(tx, { personId: lead.personId, kind: "prep.lead_completed", occurredAt: at, lessonId: prep.lessonId, studioId: prep.studioId, object: { type: "prep", id: prep.id }, ...(second && { corroboratedBy: second.personId }) });
}

async function newRound(tx: Db, prep: Prep, iteration: number, content: PreparedContent | undefined, at: Date): Promise<void> {
  await tx.update(lessonPlans).set({ state: "draft" }).where(eq(lessonPlans.id, prep.commonPlanId));
  const writers = prep.participants.filter((one) => one.part === "co_preparer" && one.answer === "accepted");
  if (content) for (const one of writers) await giveDraft(tx, prep, one.personId, content, at, iteration);
}

async function draftContent(db: Db, documents: Documents, prep: Prep): Promise<PreparedContent> {
  const template = await findTemplate(db, prep.templateId);
  return prepareContent(documents, emptyContent(template?.sections ?? [], prep.periods));
}
