import { type AttachmentOwnerType, listAttachments } from "#db/attachments.ts";
import { listPlansOfLesson, type Plan } from "#db/plans.ts";
import type { Seminar } from "#db/seminars.ts";
import type { Db } from "#db/types.ts";
import type { Viewer } from "#db/viewer.ts";

/** What people may look into before and during a seminar: courseware and sheets of the lesson's common plan, where this viewer sees it, and what was added for the evening. */
export async function filesOfSeminar(db: Db, viewer: Viewer, seminar: Pick<Seminar, "id" | "lessonId">) {
  const plan = await commonPlanFor(db, viewer, seminar.lessonId);
  return [...(plan ? await filesOf(db, "plan", plan.id) : []), ...(await filesOf(db, "seminar", seminar.id))];
}

/** The plan that lies on the table: the common one of the lesson, for those who may see it. */
export async function commonPlanFor(db: Db, viewer: Viewer, lessonId: string | null): Promise<Plan | undefined> {
  return lessonId ? (await listPlansOfLesson(db, viewer, lessonId)).find((one) => one.kind === "common") : undefined;
}

export async function filesOf(db: Db, ownerType: AttachmentOwnerType, ownerId: string) {
  return (await listAttachments(db, ownerType, ownerId)).map(({ id, name, byteCount, kind }) => ({ id, name, byteCount, kind }));
}
