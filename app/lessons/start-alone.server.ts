import { findLessonNode } from "#db/curriculum.ts";
import { isDuplicate } from "#db/errors.ts";
import { findTemplate } from "#db/plan-templates.ts";
import { lessons } from "#db/schema/index.ts";
import type { Db } from "#db/types.ts";
import type { Viewer } from "#db/viewer.ts";
import type { Problems } from "../http/problems.ts";
import type { Documents } from "../plans/documents.ts";
import { emptyContent, insertPlan, prepareContent } from "../plans/new-plan.server.ts";

export interface AloneLesson {
  /** Made by the page that showed the form: the same form sent twice makes one lesson. */
  lessonId: string;
  title: string;
  lessonNodeId: string | null;
  templateId: string;
  periods: number;
}

/** Begins a lesson and its plan for oneself. No studio is needed. */
export async function startLesson(db: Db, documents: Documents, teacher: Viewer, wish: AloneLesson, at = new Date()): Promise<{ planId: string | null; problems?: undefined } | { problems: Problems }> {
  const template = await findTemplate(db, wish.templateId);
  if (!template || template.status !== "active") return { problems: { templateId: { key: "common:form.invalid" } } };
  if (wish.lessonNodeId && !(await findLessonNode(db, wish.lessonNodeId))) return { problems: { form: { key: "lessons:new.nodeGone" } } };
  const content = await prepareContent(documents, emptyContent(template.sections, wish.periods));
  try {
    return await db.transaction(async (tx) => {
      await tx.insert(lessons).values({ id: wish.lessonId, title: wish.title, lessonNodeId: wish.lessonNodeId, ownerId: teacher.id, createdAt: at, createdBy: teacher.id });
      return insertPlan(tx, { lessonId: wish.lessonId, kind: "standalone", ownerId: teacher.id, title: wish.title, templateId: template.id, periods: wish.periods, createdBy: teacher.id }, content, at);
    });
  } catch (error) {
    if (isDuplicate(error)) return { planId: null };
    throw error;
  }
}
