import { individualNotes } from "#db/schema/index.ts";
import { findOwnNote, type Prep } from "#db/preps.ts";
import type { Db } from "#db/types.ts";
import { insertPlan, type PreparedContent } from "../plans/new-plan.server.ts";

/** Gives a co-preparer the draft of her own for this round, unless she has one. */
export async function giveDraft(tx: Db, prep: Prep, personId: string, content: PreparedContent, at: Date, iteration = prep.iteration): Promise<void> {
  if (await findOwnNote(tx, personId, { id: prep.id, iteration })) return;
  const { planId } = await insertPlan(tx, { lessonId: prep.lessonId, prepId: prep.id, kind: "individual", ownerId: personId, title: prep.title, templateId: prep.templateId, periods: prep.periods, createdBy: personId }, content, at);
  await tx.insert(individualNotes).values({ prepId: prep.id, personId, planId, iteration });
}
