import { and, eq } from "drizzle-orm";
import { enqueue } from "#db/jobs.ts";
import { notify } from "#db/notices.ts";
import { findTemplate } from "#db/plan-templates.ts";
import { findPrep, type Prep } from "#db/preps.ts";
import { prepParticipants } from "#db/schema/index.ts";
import type { Db } from "#db/types.ts";
import type { Viewer } from "#db/viewer.ts";
import type { Permitted } from "../http/permitted.ts";
import type { Documents } from "../plans/documents.ts";
import { emptyContent, prepareContent } from "../plans/new-plan.server.ts";
import { giveDraft } from "./drafts.server.ts";
import { recordMove } from "./record-move.server.ts";

/**
 * Answers an invitation into a prep. The lead preparer's yes opens the time of individual drafts; a co-preparer's yes gives her a draft of her
 * own while drafts are written. Whoever started the prep, and its lead preparer, are told; not by which answer drafts will be missing.
 */
export async function answerInvitation(db: Db, documents: Documents, invited: Viewer, asked: Permitted<"answer", Prep>, answer: "accepted" | "declined", at = new Date()): Promise<void> {
  const template = await findTemplate(db, asked.templateId);
  const content = await prepareContent(documents, emptyContent(template?.sections ?? [], asked.periods));
  await db.transaction(async (tx) => {
    const answered = await tx
      .update(prepParticipants)
      .set({ answer, respondedAt: at })
      .where(and(eq(prepParticipants.prepId, asked.id), eq(prepParticipants.personId, invited.id), eq(prepParticipants.answer, "waiting")))
      .returning({ part: prepParticipants.part });
    const prep = await findPrep(tx, asked.id);
    const part = answered[0]?.part;
    if (!part || !prep) return;
    const lead = prep.participants.find((one) => one.part === "lead_preparer");
    const toTell = [prep.createdBy, lead?.personId].filter((id): id is string => typeof id === "string" && id !== invited.id);
    await notify(tx, toTell, { kind: `prep.${answer}`, params: { title: prep.title, name: invited.name }, href: `/lessons/${prep.lessonId}`, lessonId: prep.lessonId, within: prep.studioId }, at);
    if (answer === "accepted" && part === "lead_preparer" && prep.state === "planned") await recordMove(tx, prep, { to: "individual_draft", byId: invited.id }, at);
    if (answer === "accepted" && part === "co_preparer" && (prep.state === "planned" || prep.state === "individual_draft")) await giveDraft(tx, prep, invited.id, content, at);
    await enqueue(tx, "access.changed", { personIds: [invited.id], prepId: prep.id, docId: prep.commonDocId });
  });
}
