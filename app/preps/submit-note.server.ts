import { and, eq } from "drizzle-orm";
import { hasEvidence, recordEvidence } from "#db/evidence.ts";
import { findVisiblePlan } from "#db/plans.ts";
import { findOwnNote, type Prep } from "#db/preps.ts";
import { individualNotes } from "#db/schema/index.ts";
import type { Db } from "#db/types.ts";
import type { Viewer } from "#db/viewer.ts";
import type { Permitted } from "../http/permitted.ts";
import { charCount } from "../plans/content.ts";
import type { Documents } from "../plans/documents.ts";

/** Characters beyond the empty process table that make a draft a draft. */
const LEAST = 60;

/**
 * Hands in one's draft. Nobody is told: before the reveal only the number of drafts that are in can be seen. She may go on writing until then.
 * Handing in twice records once.
 */
export async function submitNote(db: Db, documents: Documents, author: Viewer, prep: Permitted<"submit", Prep>, at = new Date()): Promise<"submitted" | "empty" | "noDraft"> {
  const mine = await findOwnNote(db, author.id, prep);
  const plan = mine && (await findVisiblePlan(db, author, mine.planId));
  if (!mine || !plan) return "noDraft";
  const { sections } = await documents.read(plan.docId);
  if (sections.reduce((sum, section) => sum + charCount(section.nodes), 0) < LEAST) return "empty";
  await db.transaction(async (tx) => {
    const changed = await tx.update(individualNotes).set({ state: "submitted", submittedAt: at }).where(and(eq(individualNotes.id, mine.id), eq(individualNotes.state, "draft"))).returning({ id: individualNotes.id });
    if (changed.length === 0 || (await hasEvidence(tx, author.id, "prep.note_submitted", mine.id))) return;
    await recordEvidence(tx, { personId: author.id, kind: "prep.note_submitted", occurredAt: at, lessonId: prep.lessonId, studioId: prep.studioId, object: { type: "individual_note", id: mine.id } });
  });
  return "submitted";
}
