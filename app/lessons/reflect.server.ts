import { and, eq } from "drizzle-orm";
import { hasEvidence, recordEvidence } from "#db/evidence.ts";
import { newId } from "#db/ids.ts";
import type { Lesson } from "#db/lessons.ts";
import { findPrep } from "#db/preps.ts";
import type { ReflectionAnswer } from "#db/schema/lessons.ts";
import { lessonPlans, lessonPreps, reflections } from "#db/schema/index.ts";
import type { Db } from "#db/types.ts";
import type { Viewer } from "#db/viewer.ts";
import type { Documents } from "../plans/documents.ts";
import { canOnPrep } from "../preps/policy.ts";
import { recordMove } from "../preps/record-move.server.ts";
import { PROMPT_SET } from "./prompts.ts";

export interface Reflected {
  run: { id: string; planId: string };
  answers: ReflectionAnswer[];
  visibility: "private" | "mentor" | "group" | "studio";
  /** Of the reflection that is written again; 0 for the first time. */
  version: number;
}

/** Answers that make a reflection evidence. */
const ENOUGH = 2;

/**
 * Keeps a teacher's reflection on one run, once per run: writing again replaces it. The first reflection on a lesson that was taught in a prep
 * moves the prep on to reflecting, which everybody there sees, with who moved it: one kept private does so only where its author may move the
 * prep by hand and so says nothing by it.
 *
 * @returns false when the reflection was saved from another page meanwhile
 */
export async function saveReflection(db: Db, documents: Documents, teacher: Viewer, lesson: Lesson, wish: Reflected, at = new Date()): Promise<boolean> {
  const [prepRow] = await db.select({ id: lessonPreps.id, state: lessonPreps.state }).from(lessonPreps).where(eq(lessonPreps.lessonId, lesson.id));
  const before = prepRow?.state === "taught" ? await findPrep(db, prepRow.id) : undefined;
  const snapshot = before && (await documents.read(before.commonDocId));
  return db.transaction(async (tx) => {
    const [known] = await tx.select({ id: reflections.id, version: reflections.version }).from(reflections).where(and(eq(reflections.lessonRunId, wish.run.id), eq(reflections.personId, teacher.id)));
    if ((known?.version ?? 0) !== wish.version) return false;
    const id = known?.id ?? newId();
    const kept = { answers: wish.answers, visibility: wish.visibility, submittedAt: at, version: wish.version + 1 };
    if (known) await tx.update(reflections).set(kept).where(eq(reflections.id, id));
    else await tx.insert(reflections).values({ id, lessonId: lesson.id, planId: wish.run.planId, lessonRunId: wish.run.id, personId: teacher.id, promptSet: PROMPT_SET, ...kept, createdAt: at, createdBy: teacher.id });
    if (wish.answers.length >= ENOUGH && !(await hasEvidence(tx, teacher.id, "lesson.reflection", id))) {
      await recordEvidence(tx, { personId: teacher.id, kind: "lesson.reflection", occurredAt: at, lessonId: lesson.id, studioId: lesson.studioId, object: { type: "reflection", id }, quantity: wish.answers.length, unit: "prompt" });
    }
    await tx.update(lessonPlans).set({ secondPrep: "reflected" }).where(and(eq(lessonPlans.id, wish.run.planId), eq(lessonPlans.kind, "personal"), eq(lessonPlans.ownerId, teacher.id)));
    const prep = before && (await findPrep(tx, before.id));
    if (prep?.state === "taught" && (wish.visibility !== "private" || canOnPrep(teacher, "move", prep))) await recordMove(tx, prep, { to: "reflecting", byId: teacher.id, ...(snapshot && { snapshot }) }, at);
    return true;
  });
}
