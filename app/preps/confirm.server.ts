import { and, eq, isNull } from "drizzle-orm";
import { recordEvidence } from "#db/evidence.ts";
import { notify } from "#db/notices.ts";
import { findPrep, type Prep } from "#db/preps.ts";
import { prepParticipants } from "#db/schema/index.ts";
import type { Db } from "#db/types.ts";
import type { Viewer } from "#db/viewer.ts";
import type { Permitted } from "../http/permitted.ts";

/** Says that the plan may be finalised. The lead preparer is told. Saying it twice counts once; going back a stage takes it away. */
export function confirmPlan(db: Db, reader: Viewer, asked: Permitted<"confirm", Prep>, at = new Date()): Promise<void> {
  return db.transaction(async (tx) => {
    const prep = await findPrep(tx, asked.id);
    if (prep?.state !== "revision") return;
    const confirmed = await tx
      .update(prepParticipants)
      .set({ confirmedAt: at })
      .where(and(eq(prepParticipants.prepId, prep.id), eq(prepParticipants.personId, reader.id), eq(prepParticipants.answer, "accepted"), isNull(prepParticipants.leftAt), isNull(prepParticipants.confirmedAt)))
      .returning({ id: prepParticipants.id });
    if (confirmed.length === 0) return;
    await recordEvidence(tx, { personId: reader.id, kind: "prep.confirmed", occurredAt: at, lessonId: prep.lessonId, studioId: prep.studioId, object: { type: "prep", id: prep.id } });
    const lead = prep.participants.find((one) => one.part === "lead_preparer");
    if (lead && lead.personId !== reader.id) await notify(tx, [lead.personId], { kind: "prep.confirmed", params: { title: prep.title, name: reader.name }, href: `/lessons/${prep.lessonId}`, lessonId: prep.lessonId, within: prep.studioId }, at);
  });
}
