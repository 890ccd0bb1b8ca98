import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { lessonSeenBy } from "#app/lessons/access.server.ts";
import { recordRun } from "#app/lessons/record-run.server.ts";
import { saveReflection } from "#app/lessons/reflect.server.ts";
import { startLesson } from "#app/lessons/start-alone.server.ts";
import { planFor, planSeenBy } from "#app/plans/access.server.ts";
import { reply, resolveThread, startThread } from "#app/plans/comment.server.ts";
import { documentAccess } from "#app/plans/document-access.ts";
import { forkPlan } from "#app/plans/fork.server.ts";
import { prepFor, prepSeenBy } from "#app/preps/access.server.ts";
import { bringPlan } from "#app/preps/bring-plan.server.ts";
import { cancelPrep } from "#app/preps/cancel.server.ts";
import { addParticipant, removeParticipant, replaceLead } from "#app/preps/change-people.server.ts";
import { confirmPlan } from "#app/preps/confirm.server.ts";
import { movePrep } from "#app/preps/move.server.ts";
import { moveDeadlines } from "#app/preps/move-deadlines.server.ts";
import { remindOfDeadline } from "#app/preps/reminders.server.ts";
import { startPrep } from "#app/preps/start.server.ts";
import { listEvidence } from "#db/evidence.ts";
import { newId } from "#db/ids.ts";
import { listRuns, listVisibleReflections } from "#db/lessons.ts";
import { listNotices } from "#db/notices.ts";
import { findVisiblePlan, listVersions } from "#db/plans.ts";
import { listPrepHistory } from "#db/preps.ts";
import { lessonPlans, lessonPreps, lessons, prepParticipants } from "#db/schema/index.ts";
import { writeInto } from "#tests/plain-documents.ts";
import { accept, aDiscussion, aFinalisedPrep, aPrep, aPrepUnderWay, aSeminarHeld, draftOf, FULL, hours, move, type Setting, withMinutes } from "./setting.ts";

const kinds = async (setting: Setting, who: { id: string }) => (await listNotices(setting.db, who.id, { limit: 50 })).map((notice) => notice.kind).reverse();
const evidence = async (setting: Setting, who: { id: string }) => (await listEvidence(setting.db, who.id, { limit: 50 })).sort((a, b) => a.position - b.position).map((event) => event.kind);
const state = async (setting: Setting) => (await prepSeenBy(setting.db, setting.head, setting.prepId)).state;

test("the lead preparer's yes opens the drafts, and each yes of a co-preparer gives her one of her own", async () => {
  const setting = await aPrep();
  const { db, lead, co, other } = setting;
  expect(await state(setting)).toBe("planned");
  expect(await kinds(setting, co)).toEqual(["prep.invited.co_preparer"]);
  await accept(setting, co);
  expect(await state(setting)).toBe("planned");
  await accept(setting, lead);
  expect(await state(setting)).toBe("individual_draft");
  expect((await draftOf(setting, co)).plan).toMatchObject({ kind: "individual", ownerId: co.id });
  await expect(draftOf(setting, other)).rejects.toThrow();
  await expect(accept(setting, co)).rejects.toMatchObject({ status: 403 });
  expect(await db.select().from(lessonPlans).where(eq(lessonPlans.ownerId, co.id))).toHaveLength(1);
});

test("one form sent twice starts one prep, and people who may not write are named beside the field", async () => {
  const setting = await aPrep();
  const { db, documents, studio, head, lead, observer, stranger, template } = setting;
  const wish = { lessonId: newId(), studioId: studio.id, groupId: null, lessonNodeId: null, title: "面积", periods: 1, templateId: template.id, leadId: lead.id, coIds: [], observerIds: [], deadlines: {} };
  await startPrep(db, documents, head, wish);
  await startPrep(db, documents, head, wish);
  expect(await db.select().from(lessonPreps).where(eq(lessonPreps.lessonId, wish.lessonId))).toHaveLength(1);
  const wrong = { ...wish, lessonId: newId() };
  expect(await startPrep(db, documents, head, { ...wrong, leadId: observer.id })).toMatchObject({ problems: { leadId: { key: "preps:people.cannotLead" } } });
  expect(await startPrep(db, documents, head, { ...wrong, coIds: [observer.id] })).toMatchObject({ problems: { coIds: { key: "preps:people.cannotWrite" } } });
  expect(await startPrep(db, documents, head, { ...wrong, observerIds: [stranger.id] })).toMatchObject({ problems: { observerIds: { key: "preps:people.noSeat" } } });
  expect(await startPrep(db, documents, head, { ...wrong, coIds: [lead.id] })).toMatchObject({ problems: { coIds: { key: "preps:people.twice" } } });
  expect(await db.select().from(lessons).where(eq(lessons.id, wrong.lessonId))).toEqual([]);
});

test("a plan written alone becomes a draft in the prep; nothing of it is dropped and it stays as it was", async () => {
  const setting = await aPrepUnderWay();
  const { db, documents, co, template, prepId } = setting;
  const lessonId = newId();
  const alone = await startLesson(db, documents, co, { lessonId, title: "一盒鸡蛋的四分之一", lessonNodeId: null, templateId: template.id, periods: 3 });
  expect(await startLesson(db, documents, co, { lessonId, title: "一盒鸡蛋的四分之一", lessonNodeId: null, templateId: template.id, periods: 3 })).toEqual({ planId: null });
  const own = await planSeenBy(db, co, alone.problems ? undefined : (alone.planId ?? undefined));
  await writeInto(documents, own.docId, { objectives: "会说一盒的四分之一。", "process.p3": "第三课时里剩下的话。" });
  const before = await draftOf(setting, co);

  const planId = await bringPlan(db, documents, co, await prepFor(db, co, "bring", prepId), own);

  const after = await draftOf(setting, co);
  expect(after.plan).toMatchObject({ id: planId, upstreamPlanId: own.id, prepId });
  const text = JSON.stringify((await documents.read(after.plan.docId)).sections);
  expect(text).toContain("会说一盒的四分之一。");
  expect(text).toContain("第三课时里剩下的话。");
  expect(await findVisiblePlan(db, co, before.plan.id)).toMatchObject({ state: "superseded" });
  expect(await planSeenBy(db, co, own.id)).toMatchObject({ kind: "standalone", state: "draft" });
  expect(await bringPlan(db, documents, co, await prepFor(db, co, "bring", prepId), own)).toBe(planId);
});

test("one lesson travels the chain, and every step leaves its version, its evidence and its notices", async () => {
  const setting = await aFinalisedPrep();
  const { db, documents, lead, co, other, member, observer, planId, docId, lessonId } = setting;
  expect(await state(setting)).toBe("finalised");
  expect((await listVersions(db, docId)).map((version) => version.name).reverse()).toEqual(["discussion.1", "revision.1", "finalised.1"]);
  expect(await evidence(setting, lead)).toEqual(["prep.stage_moved", "prep.stage_moved", "prep.stage_moved", "prep.confirmed", "prep.stage_moved", "prep.lead_completed"]);
  const [completed] = await listEvidence(db, lead.id, { limit: 1 });
  expect(completed?.corroboratedBy).toBe(co.id);
  expect(await kinds(setting, other)).toEqual(["prep.invited.co_preparer", "prep.moved.individual_draft", "prep.moved.discussion", "prep.moved.revision", "prep.moved.finalised"]);
  for (const who of [lead, co, member, observer]) expect(await documentAccess(db, who, `plan:${planId}`)).toMatchObject({ mode: "read" });
  expect(await documentAccess(db, setting.stranger, `plan:${planId}`)).toBeNull();

  const mine = await forkPlan(db, documents, member, await planFor(db, member, "fork", planId));
  expect(await forkPlan(db, documents, member, await planFor(db, member, "fork", planId))).toBe(mine);
  const personal = await planFor(db, member, "teach", mine);
  expect(personal).toMatchObject({ kind: "personal", secondPrep: "forked", upstreamPlanId: planId });
  expect(await findVisiblePlan(db, lead, mine)).toBeUndefined();
  await writeInto(documents, personal.docId, { objectives: "苹果换成鸡蛋。", "process.p1": "先分一盒鸡蛋，再说一说。" });
  const run = { runId: newId(), classLabel: "五（3）班", day: "2026-11-20", changed: "苹果换成了鸡蛋" };
  await recordRun(db, documents, member, personal, run);
  await recordRun(db, documents, member, personal, run);
  expect(await listRuns(db, lessonId)).toHaveLength(1);
  expect(await state(setting)).toBe("taught");
  expect(await evidence(setting, member)).toEqual(["plan.second_prep_changed", "lesson.taught", "prep.stage_moved"]);

  const lesson = await lessonSeenBy(db, member, lessonId);
  const reflected = { run: { id: run.runId, planId: mine }, answers: [{ prompt: "目标达到了吗", sectionKey: "objectives", text: "多数达到了。" }, { prompt: "哪里卡住了", sectionKey: "difficult_points", text: "份数与个数。" }], visibility: "private" as const, version: 0 };
  expect(await saveReflection(db, documents, member, lesson, reflected)).toBe(true);
  expect(await saveReflection(db, documents, member, lesson, reflected)).toBe(false);
  // What is kept private moves nothing that others see: neither the stage nor what is missing after it.
  expect(await state(setting)).toBe("taught");
  expect((await evidence(setting, member)).slice(3)).toEqual(["lesson.reflection"]);
  for (const who of [lead, setting.head, setting.master]) expect(await listVisibleReflections(db, who, lessonId)).toEqual([]);
  expect(await move(setting, lead, "reflecting")).toEqual({ outcome: "moved" });
  expect(await move(setting, lead, "archived")).toMatchObject({ outcome: "missing", guard: { missing: [{ key: "preps:missing.reflection" }] } });
  expect(await saveReflection(db, documents, member, lesson, { ...reflected, visibility: "mentor", version: 1 })).toBe(true);
  expect(await listVisibleReflections(db, setting.master, lessonId)).toHaveLength(1);
  expect(await listVisibleReflections(db, setting.otherHead, lessonId)).toEqual([]);

  expect(await move(setting, lead, "archived")).toEqual({ outcome: "moved" });
  expect((await listPrepHistory(db, setting.prepId)).moves.map((one) => one.to)).toEqual(["individual_draft", "discussion", "revision", "finalised", "taught", "reflecting", "archived"]);
});

test.each([["a member's, opened to the group", "member", "group", "reflecting"], ["a member's, kept private", "member", "private", "taught"], ["the lead's, kept private", "lead", "private", "reflecting"]] as const)("the first reflection moves the prep where its author may be seen to move it: %s", async (_whose, who, visibility, after) => {
  const setting = await aFinalisedPrep();
  const { db, documents, planId, lessonId, [who]: teacher } = setting;
  const run = { runId: newId(), classLabel: "五（3）班", day: "2026-11-20", changed: "" };
  await recordRun(db, documents, teacher, await planFor(db, teacher, "teach", planId), run);
  await saveReflection(db, documents, teacher, await lessonSeenBy(db, teacher, lessonId), { run: { id: run.runId, planId }, answers: [{ prompt: "哪里卡住了", text: "份数与个数。" }], visibility, version: 0 });
  expect(await state(setting)).toBe(after);
});

test("moving twice moves once; a prep that somebody else moved is not moved from where it no longer is", async () => {
  const setting = await aDiscussion();
  await withMinutes(setting.db, await aSeminarHeld(setting.db, setting));
  const asked = await prepFor(setting.db, setting.lead, "move", setting.prepId);
  expect(await movePrep(setting.db, setting.documents, setting.lead, asked, "revision", "")).toEqual({ outcome: "moved" });
  expect(await movePrep(setting.db, setting.documents, setting.lead, asked, "revision", "")).toEqual({ outcome: "moved" });
  expect(await movePrep(setting.db, setting.documents, setting.lead, asked, "individual_draft", "回去再想想")).toEqual({ outcome: "stale" });
  expect((await listPrepHistory(setting.db, setting.prepId)).moves).toHaveLength(3);
});

test("going back takes confirmations away, and a new round gives everybody a new draft", async () => {
  const setting = await aFinalisedPrep();
  const { db, documents, member, co, planId, lead } = setting;
  await recordRun(db, documents, member, await planFor(db, member, "teach", planId), { runId: newId(), classLabel: "五（1）班", day: "2026-11-20", changed: "" });
  expect(await move(setting, lead, "individual_draft")).toMatchObject({ outcome: "missing", guard: { asks: "reason" } });
  const first = await draftOf(setting, co);
  expect(await move(setting, lead, "individual_draft", "学生的错误比想的多，再磨一轮")).toEqual({ outcome: "moved" });
  const second = await draftOf(setting, co);
  expect(second.note).toMatchObject({ iteration: 2, state: "draft" });
  expect(second.plan.id).not.toBe(first.plan.id);
  expect((await db.select({ at: prepParticipants.confirmedAt }).from(prepParticipants)).every((row) => row.at === null)).toBe(true);
  expect(await findVisiblePlan(db, lead, second.plan.id)).toBeUndefined();
  expect(await findVisiblePlan(db, member, planId)).toBeUndefined();
});

test("an absent lead is replaced, with a reason that everybody is told", async () => {
  const setting = await aPrep();
  const { db, head, lead, co, observer, prepId, planId } = setting;
  await accept(setting, co);
  expect(await replaceLead(db, head, await prepFor(db, head, "replaceLead", prepId), { leadId: observer.id, stays: false, reason: "生病" })).toMatchObject({ key: "preps:people.cannotLead" });
  expect(await replaceLead(db, head, await prepFor(db, head, "replaceLead", prepId), { leadId: co.id, stays: false, reason: "林老师生病" })).toBeUndefined();
  const prep = await prepSeenBy(db, head, prepId);
  expect(prep.state).toBe("individual_draft");
  expect(prep.participants[0]).toMatchObject({ personId: co.id, part: "lead_preparer", answer: "accepted" });
  expect(prep.participants.map((one) => one.personId)).not.toContain(lead.id);
  expect(await documentAccess(db, co, `plan:${planId}`)).toMatchObject({ mode: "write" });
  expect(await documentAccess(db, lead, `plan:${planId}`)).toBeNull();
  expect(await kinds(setting, lead)).toContain("prep.leadReplaced");
  expect((await listPrepHistory(db, prepId)).changes).toMatchObject([{ kind: "lead_replaced", reason: "林老师生病" }]);
});

test("participants come and go with a reason, deadlines move, and two people saving one form do not overwrite each other", async () => {
  const setting = await aDiscussion();
  const { db, head, master, other, member, stranger, planId, prepId } = setting;
  const people = async () => prepFor(db, head, "changeParticipants", prepId);
  expect(await addParticipant(db, head, await people(), { personId: stranger.id, part: "observer", reason: "来听听" })).toMatchObject({ key: "preps:people.noSeat" });
  await addParticipant(db, head, await people(), { personId: member.id, part: "co_preparer", reason: "补一个人" });
  expect(await documentAccess(db, member, `plan:${planId}`)).toMatchObject({ mode: "read" });
  await accept(setting, member);
  expect(await documentAccess(db, member, `plan:${planId}`)).toMatchObject({ mode: "write" });
  await removeParticipant(db, head, await people(), { personId: other.id, reason: "调去支教" });
  expect(await documentAccess(db, other, `plan:${planId}`)).toBeNull();
  expect(await kinds(setting, other)).toContain("prep.removed");
  expect(await removeParticipant(db, head, await people(), { personId: setting.lead.id, reason: "x" })).toMatchObject({ key: "preps:people.replaceFirst" });

  const prep = await prepFor(db, head, "moveDeadlines", prepId);
  const wish = { deadlines: { discuss: hours(100).toISOString() }, reason: "顺延一天", version: prep.version };
  expect(await moveDeadlines(db, head, prep, wish)).toBe(true);
  expect(await moveDeadlines(db, master, await prepFor(db, master, "moveDeadlines", prepId), wish)).toBe(false);
  const due = { prepId, stage: "discuss" as const, deadline: hours(100).toISOString() };
  await remindOfDeadline(db, due, hours(80));
  await remindOfDeadline(db, due, hours(81));
  await remindOfDeadline(db, { ...due, deadline: hours(72).toISOString() }, hours(50));
  expect((await kinds(setting, setting.lead)).filter((kind) => kind.startsWith("prep.deadline."))).toEqual(["prep.deadline.discuss"]);
});

test("comments: who is called by name is told, blocking threads hold the finalising, resolving lets it go on", async () => {
  const setting = await aDiscussion();
  const { db, lead, co, head, observer, member, planId, prepId } = setting;
  await withMinutes(db, await aSeminarHeld(db, setting));
  await move(setting, lead, "revision");
  for (const who of [lead, co]) await confirmPlan(db, who, await prepFor(db, who, "confirm", prepId));
  const threadId = newId();
  const wish = { threadId, sectionKey: "difficult_points", anchorStart: null, anchorEnd: null, quote: "份数与个数", blocking: true, body: "我们班用的是鸡蛋，@林雨桐 要不要给村小留一句？@许知远" };
  await startThread(db, observer, await planFor(db, observer, "comment", planId), wish);
  await startThread(db, observer, await planFor(db, observer, "comment", planId), wish);
  await expect(planFor(db, member, "comment", planId)).rejects.toMatchObject({ status: 404 });
  expect((await kinds(setting, lead)).filter((kind) => kind.startsWith("plan."))).toEqual(["plan.mentioned"]);
  expect(await kinds(setting, member)).toEqual([]);
  await reply(db, head, await planFor(db, head, "comment", planId), threadId, "好主意");
  await reply(db, head, await planFor(db, head, "comment", planId), threadId, "好主意");
  expect((await kinds(setting, observer)).filter((kind) => kind === "plan.replied")).toHaveLength(1);
  expect(await evidence(setting, observer)).toEqual(["prep.commented"]);

  expect(await move(setting, lead, "finalised")).toMatchObject({ outcome: "missing", guard: { missing: [{ key: "preps:missing.threads", params: { count: 1 } }] } });
  await resolveThread(db, lead, await planFor(db, lead, "settle", planId), threadId);
  expect(await move(setting, lead, "finalised")).toEqual({ outcome: "moved" });
});

test("a cancelled prep moves no more, and what was written stays with its writer", async () => {
  const setting = await aPrepUnderWay();
  const { db, head, co, lead, prepId } = setting;
  await writeInto(setting.documents, setting.docId, FULL);
  const { plan } = await draftOf(setting, co);
  const asked = await prepFor(db, head, "cancel", prepId);
  await cancelPrep(db, head, asked, "并入另一个课题");
  await cancelPrep(db, head, asked, "并入另一个课题");
  expect(await state(setting)).toBe("cancelled");
  await expect(prepFor(db, lead, "move", prepId)).rejects.toMatchObject({ status: 403 });
  expect(await documentAccess(db, co, `plan:${plan.id}`)).toMatchObject({ mode: "write" });
  expect((await kinds(setting, co)).filter((kind) => kind === "prep.moved.cancelled")).toHaveLength(1);
});
