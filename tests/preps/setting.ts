import { answerInvitation } from "#app/preps/answer.server.ts";
import { prepFor, prepSeenBy } from "#app/preps/access.server.ts";
import { confirmPlan } from "#app/preps/confirm.server.ts";
import { movePrep } from "#app/preps/move.server.ts";
import { startPrep } from "#app/preps/start.server.ts";
import { submitNote } from "#app/preps/submit-note.server.ts";
import { newId } from "#db/ids.ts";
import { findOwnNote, findPrepOfLesson } from "#db/preps.ts";
import { findVisiblePlan } from "#db/plans.ts";
import { docs, minutes, seminars } from "#db/schema/index.ts";
import type { Db } from "#db/types.ts";
import type { Viewer } from "#db/viewer.ts";
import { aDatabase } from "#tests/database.ts";
import { aMember, aStudio, aTeacher, aTemplate, EVENING } from "#tests/factories.ts";
import { plainDocuments, writeInto } from "#tests/plain-documents.ts";

export const LONG = "通过分一分、画一画，能说清把谁平均分、分成几份、取了几份，并用分数表示出来；能说明同样是四分之一，为什么个数可以不同，理由说得让同桌听懂。".repeat(2);
export const hours = (n: number, from = EVENING) => new Date(from.getTime() + n * 3_600_000);
export const FULL = { objectives: LONG, "process.p1": LONG, "process.p2": LONG };

/** A studio in which 林雨桐 leads the prep of 分数的意义, 何立夏 and 吴海平 prepare with her, and a trainee looks on. Nobody has answered yet. */
export async function aPrep() {
  const db = await aDatabase();
  const documents = plainDocuments(db);
  const studio = await aStudio(db);
  const lead = await aMember(db, studio, "young_teacher", { name: "林雨桐", groupId: studio.groupId });
  const co = await aMember(db, studio, "young_teacher", { name: "何立夏", groupId: studio.groupId });
  const other = await aMember(db, studio, "young_teacher", { name: "吴海平" });
  const observer = await aMember(db, studio, "trainee", { name: "蓝小满" });
  const head = await aMember(db, studio, "subject_lead", { name: "陈静好", groupId: studio.groupId });
  const otherHead = await aMember(db, studio, "subject_lead", { name: "郑若川", groupId: studio.otherGroupId });
  const member = await aMember(db, studio, "young_teacher", { name: "许知远" });
  const stranger = await aTeacher(db, { name: "沈一舟" });
  const template = await aTemplate(db);
  const lessonId = newId();
  const started = await startPrep(db, documents, head, { lessonId, studioId: studio.id, groupId: studio.groupId, lessonNodeId: null, title: "分数的意义", periods: 2, templateId: template.id, leadId: lead.id, coIds: [co.id, other.id], observerIds: [observer.id], deadlines: { draft: hours(72).toISOString() } }, EVENING);
  if (started.problems) throw new Error(JSON.stringify(started.problems));
  const prep = await findPrepOfLesson(db, head, lessonId);
  if (!prep) throw new Error("no prep");
  const people = { lead, co, other, observer, head, otherHead, member, stranger, master: studio.master };
  return { db, documents, studio, lessonId, prepId: prep.id, planId: prep.commonPlanId, docId: prep.commonDocId, template, ...people };
}

export type Setting = Awaited<ReturnType<typeof aPrep>>;

/** The same, with every invitation accepted. */
export async function aPrepUnderWay() {
  const setting = await aPrep();
  for (const who of [setting.lead, setting.co, setting.other, setting.observer]) await accept(setting, who);
  return setting;
}

export async function accept({ db, documents, prepId }: Setting, who: Viewer, at = EVENING) {
  await answerInvitation(db, documents, who, await prepFor(db, who, "answer", prepId), "accepted", at);
}

export async function draftOf({ db, prepId }: Setting, who: Viewer) {
  const prep = await prepSeenBy(db, who, prepId);
  const note = await findOwnNote(db, who.id, prep);
  const plan = note && (await findVisiblePlan(db, who, note.planId));
  if (!note || !plan) throw new Error(`${who.name} has no draft`);
  return { note, plan };
}

export async function handIn(setting: Setting, who: Viewer, words = LONG, at = EVENING) {
  const { plan } = await draftOf(setting, who);
  await writeInto(setting.documents, plan.docId, { objectives: words });
  return submitNote(setting.db, setting.documents, who, await prepFor(setting.db, who, "submit", setting.prepId), at);
}

export async function move(setting: Setting, who: Viewer, to: Parameters<typeof movePrep>[4], written = "", at = EVENING) {
  return movePrep(setting.db, setting.documents, who, await prepFor(setting.db, who, "move", setting.prepId), to, written, at);
}

/** Everything is written and handed in, and the drafts are revealed. */
export async function aDiscussion() {
  const setting = await aPrepUnderWay();
  await writeInto(setting.documents, setting.docId, FULL);
  await handIn(setting, setting.co);
  await handIn(setting, setting.other);
  const moved = await move(setting, setting.lead, "discussion");
  if (moved.outcome !== "moved") throw new Error(JSON.stringify(moved));
  return setting;
}

export async function aSeminarHeld(db: Db, setting: Setting, at = hours(1)) {
  const id = newId();
  await db.insert(seminars).values({ id, prepId: setting.prepId, lessonId: setting.lessonId, studioId: setting.studio.id, kind: "prep_discussion", title: "磨课研讨：分数的意义", startsAt: at, endsAt: hours(1, at), hostId: setting.lead.id, state: "reported", agenda: [], endedAt: hours(1, at) });
  return id;
}

export async function withMinutes(db: Db, seminarId: string) {
  const docId = newId();
  await db.insert(docs).values({ id: docId, purpose: "minutes" });
  await db.insert(minutes).values({ seminarId, docId, begunAt: EVENING });
}

export async function aFinalisedPrep() {
  const setting = await aDiscussion();
  await withMinutes(setting.db, await aSeminarHeld(setting.db, setting));
  await move(setting, setting.lead, "revision");
  for (const who of [setting.lead, setting.co]) await confirmPlan(setting.db, who, await prepFor(setting.db, who, "confirm", setting.prepId), EVENING);
  const moved = await move(setting, setting.lead, "finalised");
  if (moved.outcome !== "moved") throw new Error(JSON.stringify(moved));
  return setting;
}

