import { and, eq, inArray } from "drizzle-orm";
import { isDuplicate } from "#db/errors.ts";
import { recordEvidence } from "#db/evidence.ts";
import type { Plan } from "#db/plans.ts";
import { findPrep } from "#db/preps.ts";
import { startOfSchoolDay } from "#db/school-day.ts";
import { lessonPlans, lessonPreps, lessonRuns } from "#db/schema/index.ts";
import type { Db } from "#db/types.ts";
import type { Viewer } from "#db/viewer.ts";
import type { Permitted } from "../http/permitted.ts";
import type { Documents } from "../plans/documents.ts";
import { noteSecondPrep } from "../plans/second-prep.server.ts";
import { recordMove } from "../preps/record-move.server.ts";

export interface Taught {
  /** Made by the page that showed the form: sent twice, it was taught once. */
  runId: string;
  classLabel: string;
  /** A school day, today or before. */
  day: string;
  changed: string;
}

/** "I taught it": one run of the lesson with one class. The first run of a finalised prep moves it to taught. */
export async function recordRun(db: Db, documents: Documents, teacher: Viewer, plan: Permitted<"teach", Plan>, taught: Taught, at = new Date()): Promise<void> {
  const [prepRow] = await db.select({ id: lessonPreps.id, state: lessonPreps.state }).from(lessonPreps).where(eq(lessonPreps.lessonId, plan.lessonId));
  const before = prepRow?.state === "finalised" ? await findPrep(db, prepRow.id) : undefined;
  const snapshot = before && (await documents.read(before.commonDocId));
  if (plan.kind === "personal") await noteSecondPrep(db, plan.docId, at);
  try {
    await db.transaction(async (tx) => {
      await tx.insert(lessonRuns).values({ id: taught.runId, lessonId: plan.lessonId, planId: plan.id, teacherId: teacher.id, schoolId: teacher.schoolId, classLabel: taught.classLabel, taughtAt: startOfSchoolDay(taught.day), changed: taught.changed, createdAt: at, createdBy: teacher.id });
      await recordEvidence(tx, { personId: teacher.id, kind: "lesson.taught", occurredAt: startOfSchoolDay(taught.day), lessonId: plan.lessonId, studioId: plan.studioId, object: { type: "lesson_run", id: taught.runId } });
      if (plan.kind === "personal") await tx.update(lessonPlans).set({ secondPrep: "taught" }).where(and(eq(lessonPlans.id, plan.id), inArray(lessonPlans.secondPrep, ["not_started", "forked", "changed"])));
      if (plan.kind !== "common") await tx.update(lessonPlans).set({ state: "in_use" }).where(and(eq(lessonPlans.id, plan.id), eq(lessonPlans.state, "draft")));
      const prep = before && (await findPrep(tx, before.id));
      if (prep?.state === "finalised") await recordMove(tx, prep, { to: "taught", byId: teacher.id, ...(snapshot && { snapshot }) }, at);
    });
  } catch (error) {
    if (!isDuplicate(error)) throw error;
  }
}
