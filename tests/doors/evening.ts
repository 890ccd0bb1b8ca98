import { and, eq, isNull } from "drizzle-orm";
import { toSchoolTime } from "#app/seminars/school-time.ts";
import { copyAttachments } from "#db/attachments.ts";
import { insertPerson } from "#db/identities.ts";
import { newId } from "#db/ids.ts";
import { openDb } from "#db/open.ts";
import { applications, attachments, individualNotes, jobs, lessonPlans, planTemplates, resources } from "#db/schema/index.ts";
import { insertSecondFactor } from "#db/second-factors.ts";
import type { Db } from "#db/types.ts";
import { demoId } from "#server/demo/ids.ts";
import type { Answer, House } from "#tests/doors/house.ts";
import { aWordFile, line } from "#tests/plans/word-files.ts";

const person = (key: string) => demoId("person", key);
const STUDIO = demoId("studio", "wenlan");

/**
 * What a first start cannot show, because it passes by itself: a seminar that goes on, for those who prepare one lesson alone, with somebody
 * in its lobby; a job that was given up; an account that is frozen; a second factor; a teacher with a seat in two studios; one who wrote a plan alone before she handed in her draft; and files at what is most private. Everything by the people themselves, through the pages.
 */
export async function openTheEvening(house: Pick<House, "url" | "db"> & { ask(...asked: Parameters<House["ask"]>): Promise<Pick<Answer, "status" | "body">> }): Promise<void> {
  const act = async (who: string, address: string, fields: Record<string, string>) => {
    const answer = await house.ask(person(who), address, { method: "POST", headers: { origin: house.url }, body: new URLSearchParams(fields) });
    if (answer.status !== 302) throw new Error(`${who} at ${address}: ${answer.status} ${answer.body.slice(0, 300)}`);
  };
  await house.db.insert(jobs).values({ kind: "studio.figures", payload: { studioId: STUDIO }, state: "failed", attempts: 8, runAt: new Date(), createdAt: new Date(), finishedAt: new Date(), error: "no such table" });
  const id = newId();
  const [start, end] = [2, 62].map((minutes) => toSchoolTime(new Date(Date.now() + minutes * 60_000)));
  const seminar = { id, lessonId: demoId("lesson", "fraction-meaning"), title: "“分数的意义”小范围磨课", intro: "", kind: "prep_discussion", start: start ?? "", end: end ?? "", hostId: person("fang-xiaohe"), visibility: "prep", capacity: "20", lobby: "on", item: "说课", itemMinutes: "20", itemSection: "" };
  await act("fang-xiaohe", `/studios/${STUDIO}/seminars/new`, seminar);
  await act("fang-xiaohe", `/seminars/${id}/enter`, {});
  await act("fang-xiaohe", `/seminars/${id}/room`, { order: JSON.stringify({ type: "start" }) });
  await act("fang-xiaohe", `/seminars/${id}/room`, { body: "人到齐了就开始。", key: newId() });
  await act("lin-yutong", `/seminars/${id}/enter`, {});
  const [template] = await house.db.select({ id: planTemplates.id }).from(planTemplates).where(eq(planTemplates.status, "active"));
  await act("lin-yutong", "/lessons/new", { lessonId: newId(), title: "圆周率是怎么来的", templateId: template?.id ?? "", periods: "1" });
  const [application] = await house.db.select({ id: applications.id }).from(applications).where(and(eq(applications.studioId, STUDIO), eq(applications.personId, person("bei-mingsha"))));
  await act("zhou-wenlan", `/studios/${STUDIO}/applications/admit`, { id: application?.id ?? "" });
  const somebody = newId();
  await insertPerson(house.db, { id: somebody, name: "阮借名", schoolId: demoId("school", "tinglu"), stages: ["primary"], subjects: ["mathematics"], locale: "zh-CN", passwordHash: null }, new Date());
  await insertSecondFactor(house.db, { personId: person("chen-jinghao"), secretSealed: "", lastStep: 0 }, new Date());
  await act("gao-yuan", `/operations/people/${somebody}/freeze`, { reason: "账号被人借用" });
  for (const { who, ownerType, ownerId } of [...(await privatePlans(house.db)), { who: person("fang-xiaohe"), ownerType: "seminar", ownerId: id }]) {
    const body = new FormData();
    for (const [key, value] of Object.entries({ ownerType, ownerId, kind: "worksheet" })) body.append(key, value);
    body.append("file", new Blob([new Uint8Array(await aWordFile([line(`只给自己看的练习 ${ownerId}`)]))]), "练习.docx");
    const answer = await house.ask(who, "/uploads/simple", { method: "POST", headers: { origin: house.url, accept: "application/json" }, body });
    if (answer.status !== 201) throw new Error(`uploading to ${ownerType} ${ownerId}: ${answer.status} ${answer.body}`);
  }
}

/** A plan that somebody writes alone, a draft before it is revealed, a common plan while it is its lead preparer's alone. */
async function privatePlans(db: Db): Promise<{ who: string; ownerType: string; ownerId: string }[]> {
  const [draft] = await db.select({ id: individualNotes.planId }).from(individualNotes).where(and(eq(individualNotes.personId, person("lin-yutong")), isNull(individualNotes.revealedAt)));
  const [alone] = await db.select({ id: lessonPlans.id }).from(lessonPlans).where(and(eq(lessonPlans.ownerId, person("qian-muyun")), eq(lessonPlans.kind, "standalone")));
  const [common] = await db.select({ id: lessonPlans.id }).from(lessonPlans).where(and(eq(lessonPlans.lessonId, demoId("lesson", "circumference")), eq(lessonPlans.kind, "common")));
  return [["lin-yutong", draft], ["qian-muyun", alone], ["he-lixia", common]].map(([who, plan]) => ({ who: person(who as string), ownerType: "plan", ownerId: (plan as { id: string } | undefined)?.id ?? "" }));
}

/** Publications carry the files of the plan that they were made from: here some of those that are not for everybody. */
export async function hangFiles(database: string): Promise<void> {
  const open = await openDb(database);
  const [from] = await open.db.select().from(attachments).where(eq(attachments.ownerType, "plan"));
  if (!from) throw new Error("Nothing was uploaded in the evening.");
  for (const { id, licence, state } of await open.db.select({ id: resources.currentVersionId, licence: resources.licence, state: resources.state }).from(resources)) {
    if (id && (state !== "published" || licence === "studio_only" || licence === "all_rights")) await copyAttachments(open.db, { ownerType: "plan", ownerId: from.ownerId }, { ownerType: "resource_version", ownerId: id }, null);
  }
  await open.close();
}
