import { and, eq } from "drizzle-orm";
import { findLessonNode } from "#db/curriculum.ts";
import { isDuplicate } from "#db/errors.ts";
import { newId } from "#db/ids.ts";
import { enqueue } from "#db/jobs.ts";
import { notify } from "#db/notices.ts";
import { findTemplate } from "#db/plan-templates.ts";
import { listSeatHolders } from "#db/prep-people.ts";
import { findPrep, type PrepPart } from "#db/preps.ts";
import { lessonPreps, lessons, prepParticipants, studioGroups, studios } from "#db/schema/index.ts";
import type { PrepDeadlines } from "#db/schema/lessons.ts";
import type { Db } from "#db/types.ts";
import type { Viewer } from "#db/viewer.ts";
import type { Problems } from "../http/problems.ts";
import type { Documents } from "../plans/documents.ts";
import { emptyContent, insertPlan, prepareContent } from "../plans/new-plan.server.ts";
import { giveDraft } from "./drafts.server.ts";
import { WRITING_ROLES } from "./policy.ts";
import { recordMove } from "./record-move.server.ts";
import { scheduleReminders } from "./reminders.server.ts";

export interface NewPrep {
  /** Made by the page that showed the form: the same form sent twice starts one prep. */
  lessonId: string;
  studioId: string;
  groupId: string | null;
  lessonNodeId: string | null;
  title: string;
  periods: number;
  templateId: string;
  leadId: string;
  coIds: readonly string[];
  observerIds: readonly string[];
  deadlines: PrepDeadlines;
}

/** Most people in one prep: beyond that it is a meeting, not writing together. */
export const MOST_PARTICIPANTS = 60;

/**
 * Starts a prep in a studio: the lesson, the prep, the common plan with its document, and an invitation to everybody. Whoever starts it and takes
 * part has thereby accepted; a lead preparer who starts it herself opens the time of individual drafts at once.
 */
export async function startPrep(db: Db, documents: Documents, starter: Viewer, wish: NewPrep, at = new Date()): Promise<{ lessonId: string; problems?: undefined } | { problems: Problems }> {
  const problems = await checkPeople(db, wish);
  const [studio] = await db.select({ status: studios.status }).from(studios).where(eq(studios.id, wish.studioId));
  if (studio?.status !== "active" && studio?.status !== "probation") problems.form = { key: "preps:new.studioAsleep" };
  const template = await findTemplate(db, wish.templateId);
  if (template?.status !== "active") problems.templateId = { key: "common:form.invalid" };
  if (wish.lessonNodeId && !(await findLessonNode(db, wish.lessonNodeId))) problems.form = { key: "lessons:new.nodeGone" };
  if (Object.keys(problems).length > 0 || !template) return { problems };

  const content = await prepareContent(documents, emptyContent(template.sections, wish.periods));
  try {
    await db.transaction(async (tx) => {
      const { lessonId, studioId, groupId, title, periods } = wish;
      const prepId = newId();
      await tx.insert(lessons).values({ id: lessonId, title, lessonNodeId: wish.lessonNodeId, ownerId: wish.leadId, studioId, groupId, createdAt: at, createdBy: starter.id });
      await tx.insert(lessonPreps).values({ id: prepId, lessonId, studioId, groupId, title, periods, templateId: template.id, templateVersion: template.version, deadlines: wish.deadlines, stateSince: at, createdAt: at, createdBy: starter.id });
      await insertPlan(tx, { lessonId, prepId, kind: "common", ownerId: wish.leadId, title, templateId: template.id, periods, createdBy: starter.id }, content, at);
      const people: { personId: string; part: PrepPart }[] = [
        { personId: wish.leadId, part: "lead_preparer" },
        ...wish.coIds.map((personId) => ({ personId, part: "co_preparer" as const })),
        ...wish.observerIds.map((personId) => ({ personId, part: "observer" as const })),
      ];
      await tx.insert(prepParticipants).values(people.map((one) => ({ prepId, ...one, invitedAt: at, ...(one.personId === starter.id && { answer: "accepted" as const, respondedAt: at }) })));
      for (const part of ["lead_preparer", "co_preparer", "observer"] as const) {
        const invited = people.filter((one) => one.part === part && one.personId !== starter.id).map((one) => one.personId);
        await notify(tx, invited, { kind: `prep.invited.${part}`, params: { title, by: starter.name }, href: `/lessons/${lessonId}`, lessonId, key: `prep.invited:${prepId}:${at.getTime()}` }, at);
      }
      await scheduleReminders(tx, prepId, wish.deadlines);
      await enqueue(tx, "studio.figures", { studioId }, { key: studioId });
      const prep = await findPrep(tx, prepId);
      if (!prep) throw new Error("the prep just written is not there");
      if (wish.leadId === starter.id) await recordMove(tx, prep, { to: "individual_draft", byId: starter.id }, at);
      else if (wish.coIds.includes(starter.id)) await giveDraft(tx, prep, starter.id, content, at);
    });
  } catch (error) {
    if (!isDuplicate(error)) throw error;
  }
  return { lessonId: wish.lessonId };
}

/** Whether everybody named sits in the studio and may have the part; what is wrong stands beside the field. */
async function checkPeople(db: Db, wish: NewPrep): Promise<Problems> {
  const problems: Problems = {};
  const all = [wish.leadId, ...wish.coIds, ...wish.observerIds];
  if (new Set(all).size !== all.length) problems.coIds = { key: "preps:people.twice" };
  if (all.length > MOST_PARTICIPANTS) problems.coIds = { key: "preps:people.tooMany", params: { max: MOST_PARTICIPANTS } };
  if (Object.keys(problems).length > 0) return problems;
  const seated = await listSeatHolders(db, wish.studioId, { personIds: all });
  const mayWrite = (personId: string) => seated.some((one) => one.personId === personId && WRITING_ROLES.includes(one.role));
  if (!mayWrite(wish.leadId)) problems.leadId = { key: "preps:people.cannotLead" };
  if (!wish.coIds.every(mayWrite)) problems.coIds = { key: "preps:people.cannotWrite" };
  if (!wish.observerIds.every((id) => seated.some((one) => one.personId === id))) problems.observerIds = { key: "preps:people.noSeat" };
  if (wish.groupId) {
    const [group] = await db.select({ id: studioGroups.id }).from(studioGroups).where(and(eq(studioGroups.id, wish.groupId), eq(studioGroups.studioId, wish.studioId)));
    if (!group) problems.groupId = { key: "common:form.invalid" };
  }
  return problems;
}
