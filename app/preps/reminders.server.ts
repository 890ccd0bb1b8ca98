import { enqueue } from "#db/jobs.ts";
import { findRunToReflectOn } from "#db/lessons.ts";
import { notify } from "#db/notices.ts";
import { findOwnNote, findPrep } from "#db/preps.ts";
import type { PrepDeadlines, PrepState } from "#db/schema/lessons.ts";
import type { Db } from "#db/types.ts";

const BEFORE_MS = 24 * 3_600_000;

export type DeadlineStage = keyof PrepDeadlines;

const STATE_OF: Record<DeadlineStage, readonly PrepState[]> = { draft: ["individual_draft"], discuss: ["discussion"], revise: ["revision"], teach: ["finalised"], reflect: ["taught", "reflecting"] };

/** A day before each deadline those whom it concerns are reminded. A deadline that is moved is reminded of again; the old reminder finds it changed and says nothing. */
export async function scheduleReminders(tx: Db, prepId: string, deadlines: PrepDeadlines): Promise<void> {
  for (const [stage, at] of Object.entries(deadlines) as [DeadlineStage, string][]) {
    await enqueue(tx, "prep.remind", { prepId, stage, deadline: at }, { runAt: new Date(Date.parse(at) - BEFORE_MS), key: `${prepId}:${stage}:${at}` });
  }
}

/**
 * The job `prep.remind`: tells the lead preparer, for drafts only those who have not handed theirs in, and for reflections those who taught
 * and have not reflected. Told once however often it runs.
 */
export async function remindOfDeadline(db: Db, due: { prepId: string; stage: DeadlineStage; deadline: string }, now = new Date()): Promise<void> {
  const prep = await findPrep(db, due.prepId);
  if (!prep || prep.deadlines[due.stage] !== due.deadline || Date.parse(due.deadline) <= now.getTime() || !STATE_OF[due.stage].includes(prep.state)) return;
  const people = prep.participants.filter((one) => one.answer === "accepted" && (one.part !== "observer" || due.stage === "reflect"));
  const concerned: string[] = [];
  for (const one of people) if (await isConcerned(one)) concerned.push(one.personId);
  await db.transaction((tx) => notify(tx, concerned, { kind: `prep.deadline.${due.stage}`, params: { title: prep.title, deadline: due.deadline }, href: `/lessons/${prep.lessonId}`, lessonId: prep.lessonId, within: prep.studioId, key: `prep.deadline:${prep.id}:${due.stage}:${due.deadline}` }, now));

  async function isConcerned(one: (typeof people)[number]): Promise<boolean> {
    if (due.stage === "reflect") return prep !== undefined && (await findRunToReflectOn(db, { id: one.personId }, prep.lessonId)) !== undefined;
    if (one.part === "lead_preparer") return true;
    if (due.stage === "draft") return prep !== undefined && (await findOwnNote(db, one.personId, prep))?.state === "draft";
    return due.stage !== "revise";
  }
}
