import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { nodesFromBlocks, textOf } from "#app/plans/content.ts";
import { layIn } from "#app/plans/import-word.server.ts";
import { findAttachment, insertAttachment, listAttachments } from "#db/attachments.ts";
import { listEvidence } from "#db/evidence.ts";
import { listNotices } from "#db/notices.ts";
import { lessonPage } from "#app/lessons/lesson-page.server.ts";
import { planFor } from "#app/plans/access.server.ts";
import { nameVersion } from "#app/plans/name-version.server.ts";
import { planPage } from "#app/plans/plan-page.server.ts";
import { saveHead } from "#app/plans/save-head.server.ts";
import { incompleteSections } from "#app/preps/guards.ts";
import { action as removeFileAt } from "#app/routes/plans.$planId.attachments.$attachmentId.removal/route.ts";
import { action as startThreadAt, loader as threadsAt } from "#app/routes/plans.$planId.threads/route.ts";
import { action as resolveAt } from "#app/routes/plans.$planId.threads_.$threadId.resolution/route.ts";
import { loader as moveAt } from "#app/routes/preps.$prepId.move/route.tsx";
import { newId } from "#db/ids.ts";
import { findVersion, listVersions } from "#db/plans.ts";
import { listThreads } from "#db/comments.ts";
import { docSections } from "#db/schema/index.ts";
import type { Viewer } from "#db/viewer.ts";
import { EVENING } from "#tests/factories.ts";
import { aForm } from "#tests/context.ts";
import { writeInto } from "#tests/plain-documents.ts";
import { aDiscussion, aFinalisedPrep, aPrepUnderWay, draftOf, FULL, handIn, type Setting } from "../preps/setting.ts";

function at(setting: Setting, viewer: Viewer, request: Request, params: Record<string, string>) {
  return { request, params, context: { db: setting.db, documents: setting.documents, viewer: async () => viewer } } as unknown as ActionFunctionArgs & LoaderFunctionArgs; // only what these routes ask for
}

const outcome = async (answer: Promise<unknown>) => answer.then((value) => (value as { init?: { status?: number } }).init?.status ?? 200, (thrown: unknown) => (thrown as Response).status);

test("two people save the head of a plan: the second is told, and nothing is overwritten", async () => {
  const { db, lead, co, planId } = await aDiscussion();
  const mine = await planFor(db, lead, "write", planId);
  const hers = await planFor(db, co, "write", planId);
  const header = { teacher: "林雨桐", className: "五（3）班", taughtOn: "", lessonType: "新授" };
  expect(await saveHead(db, mine, { title: "分数的意义", header, version: mine.version })).toBe(true);
  expect(await saveHead(db, hers, { title: "分数", header: { ...header, className: "五（1）班" }, version: hers.version })).toBe(false);
  expect(await planFor(db, co, "write", planId)).toMatchObject({ title: "分数的意义", header: { className: "五（3）班" } });
});

test("a version named by hand is read afterwards as it was; the same one twice is one", async () => {
  const { db, documents, lead, planId, docId } = await aDiscussion();
  const plan = await planFor(db, lead, "write", planId);
  await nameVersion(db, documents, lead, plan, "试讲前");
  await nameVersion(db, documents, lead, plan, "试讲前");
  await writeInto(documents, docId, { objectives: "全改了。" });
  const [newest] = await listVersions(db, docId);
  expect(newest).toMatchObject({ no: 2, name: "试讲前", kind: "named", by: "林雨桐" });
  expect(JSON.stringify((await findVersion(db, docId, 2))?.content)).toContain("取了几份");
});

test("comments come through their addresses: whom they refuse, what they keep, sent twice once", async () => {
  const setting = await aDiscussion();
  const { db, planId, docId, observer, member, stranger, head } = setting;
  const threadId = newId();
  const form = (fields: Record<string, string> = {}) => aForm(`/plans/${planId}/threads`, { threadId, sectionKey: "process.p1", anchorStart: '{"type":null,"tname":"process.p1"}', body: "这里学生会先数个数。", blocking: "on", ...fields });
  expect(await outcome(startThreadAt(at(setting, observer, form(), { planId })))).toBe(302);
  expect(await outcome(startThreadAt(at(setting, observer, form(), { planId })))).toBe(302);
  for (const who of [member, stranger]) {
    expect(await outcome(startThreadAt(at(setting, who, form({ threadId: newId() }), { planId })))).toBe(404);
    expect(await outcome(threadsAt(at(setting, who, new Request("http://localhost:3000/"), { planId })))).toBe(404);
    expect(await outcome(resolveAt(at(setting, who, aForm("/", {}), { planId, threadId })))).toBe(404);
  }
  expect(await outcome(startThreadAt(at(setting, observer, form({ body: "  " }), { planId })))).toBe(422);
  expect(await outcome(startThreadAt(at(setting, observer, form({ anchorStart: "{" }), { planId })))).toBe(422);
  expect(await outcome(startThreadAt(at(setting, observer, form({ sectionKey: "../x" }), { planId })))).toBe(422);
  expect(await listThreads(db, docId)).toMatchObject([{ id: threadId, blocking: true, anchorStart: { tname: "process.p1" }, comments: [{ author: "蓝小满" }] }]);
  expect(await outcome(resolveAt(at(setting, head, aForm("/", {}), { planId, threadId })))).toBe(302);
  expect((await listThreads(db, docId))[0]).toMatchObject({ state: "resolved", resolvedBy: head.id });
});

test("what is missing before a move is read from the text as it is now, not from the last projection", async () => {
  const setting = await aPrepUnderWay();
  const { db, documents, docId, lead, co, other, prepId } = setting;
  await writeInto(documents, docId, FULL);
  await handIn(setting, co);
  await handIn(setting, other);
  await db.update(docSections).set({ text: "", charCount: 0 }).where(eq(docSections.docId, docId));
  const shown = async () => (await moveAt(at(setting, lead, new Request("http://localhost:3000/"), { prepId }))).guard.missing;
  expect(await shown()).toEqual([]);
  await writeInto(documents, docId, { objectives: "半句" });
  expect(await shown()).toMatchObject([{ key: "preps:missing.sections", params: { count: 1 } }]);
});

test("a file is taken away from a plan by those who write it, through that plan alone, and pictures in the text stay", async () => {
  const setting = await aDiscussion();
  const { db, planId, lead, observer, member } = setting;
  const file = (ownerId: string, inline = false) => insertAttachment(db, { ownerType: "plan", ownerId, name: "学习单.pdf", mime: "application/pdf", byteCount: 9, sha256: "a".repeat(64), kind: "worksheet", inline, createdBy: lead.id });
  const [sheet, picture, elsewhere] = [await file(planId), await file(planId, true), await file((await draftOf(setting, setting.co)).plan.id)];
  const remove = (who: Viewer, id: string) => outcome(removeFileAt(at(setting, who, aForm("/", {}), { planId, attachmentId: id })));
  expect(await remove(member, sheet.id)).toBe(404);
  expect(await remove(observer, sheet.id)).toBe(403);
  for (const id of [picture.id, elsewhere.id, "nonsense"]) expect(await remove(lead, id)).toBe(404);
  expect(await listAttachments(db, "plan", planId)).toHaveLength(1);
  expect(await remove(lead, sheet.id)).toBe(302);
  expect(await listAttachments(db, "plan", planId)).toEqual([]);
  expect(await findAttachment(db, picture.id)).toBeDefined();
});

test("names are called with a sign of either width", async () => {
  const setting = await aDiscussion();
  const { db, co, lead, planId } = setting;
  await startThreadAt(at(setting, lead, aForm("/", { sectionKey: "objectives", body: "＠何立夏 您看呢？" }), { planId })).catch(() => undefined);
  expect((await listNotices(db, co.id, { limit: 1 }))[0]).toMatchObject({ kind: "plan.mentioned" });
});

test("nobody can be called into a draft that is not revealed, and talking to oneself is no evidence", async () => {
  const setting = await aPrepUnderWay();
  const { db, co, lead } = setting;
  const { plan } = await draftOf(setting, co);
  const before = (await listNotices(db, lead.id, { limit: 100 })).length;
  await startThreadAt(at(setting, co, aForm("/", { sectionKey: "objectives", body: "@林雨桐 这里我还没想好" }), { planId: plan.id })).catch(() => undefined);
  expect(await listThreads(db, plan.docId)).toHaveLength(1);
  expect(await listNotices(db, lead.id, { limit: 100 })).toHaveLength(before);
  expect(await listEvidence(db, co.id, { limit: 10 })).toEqual([]);
});

test("a Word plan is laid in: empty sections are filled, written ones go on, the unknown has a place, twice adds nothing", async () => {
  const setting = await aDiscussion();
  const { db, documents, lead, planId, docId } = setting;
  await writeInto(documents, docId, { objectives: "原来写的目标。" });
  const word = { header: { teacher: "何立夏" }, sections: [{ key: "objectives", title: "教学目标", nodes: nodesFromBlocks([{ p: "Word 里的目标。" }]) }, { key: "key_points", title: "教学重点", nodes: nodesFromBlocks([{ p: "Word 里的重点。" }]) }, { key: "other", title: "其他内容", nodes: nodesFromBlocks([{ p: "认不出的一段。" }]) }], images: [], labels: [], notes: [] };
  const template = [{ key: "objectives", label: { "zh-CN": "教学目标", en: "" }, help: { "zh-CN": "", en: "" }, required: true, minChars: 10 }];
  const lay = async () => layIn(db, documents, undefined as never, lead, await planFor(db, lead, "write", planId), template, word, async () => undefined);
  await lay();
  await lay();
  const { sections } = await documents.read(docId);
  const text = (key: string) => textOf(sections.find((section) => section.key === key)?.nodes ?? []);
  expect([text("objectives"), text("key_points"), text("other")]).toEqual(["原来写的目标。\nWord 里的目标。", "Word 里的重点。", "认不出的一段。"]);
  expect((await listVersions(db, docId)).filter((version) => version.kind === "auto")).toHaveLength(1);
  expect((await planFor(db, lead, "write", planId)).header.teacher).toBe("何立夏");
});

test("an observer may take back her own thread, not somebody else's", async () => {
  const setting = await aDiscussion();
  const { planId, observer, other, co } = setting;
  const threadId = newId();
  await startThreadAt(at(setting, observer, aForm("/", { threadId, sectionKey: "objectives", body: "看不懂" }), { planId })).catch(() => undefined);
  const theirs = newId();
  await startThreadAt(at(setting, other, aForm("/", { threadId: theirs, sectionKey: "objectives", body: "再想想" }), { planId })).catch(() => undefined);
  expect(await outcome(resolveAt(at(setting, observer, aForm("/", {}), { planId, threadId: theirs })))).toBe(403);
  expect(await outcome(resolveAt(at(setting, observer, aForm("/", {}), { planId, threadId })))).toBe(302);
  expect(await outcome(resolveAt(at(setting, co, aForm("/", {}), { planId, threadId: theirs })))).toBe(302);
});

test("the page of a lesson says numbers of drafts to those inside, nothing to others, and whose to nobody", async () => {
  const setting = await aPrepUnderWay();
  const { db, lead, co, head, member, observer, lessonId } = setting;
  await handIn(setting, co);
  const seen = await lessonPage(db, lead, lessonId, EVENING);
  expect(seen.prep).toMatchObject({ notes: { due: 2, submitted: 1 }, forward: "discussion" });
  expect(seen.prep?.missing.map((one) => one.key)).toEqual(["preps:missing.sections", "preps:missing.notes"]);
  expect(seen.plans.map((plan) => plan.kind)).toEqual(["common"]);
  for (const who of [lead, head, observer]) expect(JSON.stringify(await lessonPage(db, who, lessonId, EVENING))).not.toContain("submitted\":\"");
  expect((await lessonPage(db, observer, lessonId, EVENING)).prep?.missing.map((one) => one.key)).toEqual(["preps:missing.notes"]);
  const outside = await lessonPage(db, member, lessonId, EVENING);
  expect(outside.prep).toMatchObject({ notes: null, missing: [], history: { moves: [] }, may: [] });
  expect(outside.plans).toEqual([]);
  expect((await lessonPage(db, co, lessonId)).prep?.myNote).toMatchObject({ state: "submitted" });
  await expect(lessonPage(db, setting.stranger, lessonId)).rejects.toMatchObject({ status: 404 });
});

test("the page of a plan offers what the stage allows", async () => {
  const setting = await aFinalisedPrep();
  const { db, documents, member, lead, planId } = setting;
  expect((await planPage(db, documents, member, planId)).may).toEqual({ write: false, comment: false, settle: false, fork: true, submit: false, publish: false });
  expect(incompleteSections((await planPage(db, documents, lead, planId)).sections)).toEqual([]);
  await expect(planPage(db, documents, setting.stranger, planId)).rejects.toMatchObject({ status: 404 });
});
