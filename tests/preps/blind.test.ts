import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { documentAccess } from "#app/plans/document-access.ts";
import { listEvidence } from "#db/evidence.ts";
import { listWaitingJobs } from "#db/jobs.ts";
import { listNotices } from "#db/notices.ts";
import { findVisiblePlan, listOwnPlans, listPlansOfLesson } from "#db/plans.ts";
import { countNotes, findVisiblePrep, listPrepHistory, listRevealedNotes } from "#db/preps.ts";
import { seats } from "#db/schema/index.ts";
import { aGrant, asViewer } from "#tests/factories.ts";
import { writeInto } from "#tests/plain-documents.ts";
import { aDiscussion, aPrepUnderWay, draftOf, FULL, handIn, hours, move } from "./setting.ts";

test("before the reveal a draft is its author's alone, by every way there is", async () => {
  const setting = await aPrepUnderWay();
  const { db, co, lead, other, observer, head, master, member, stranger, lessonId } = setting;
  const { plan } = await draftOf(setting, co);
  const operator = await aGrant(db, stranger, "system_operator", "system");
  const administrator = await aGrant(db, member, "region_admin", "system");
  const noticesBefore = (await listNotices(db, lead.id, { limit: 100 })).length;

  expect(await handIn(setting, co)).toBe("submitted");

  expect(await findVisiblePlan(db, co, plan.id)).toMatchObject({ kind: "individual" });
  expect(await documentAccess(db, co, `plan:${plan.id}`)).toEqual({ docId: plan.docId, mode: "write" });
  for (const who of [lead, other, observer, head, master, member, stranger, operator, administrator]) {
    expect(await findVisiblePlan(db, who, plan.id)).toBeUndefined();
    expect((await listPlansOfLesson(db, who, lessonId)).map((one) => one.id)).not.toContain(plan.id);
    expect((await listOwnPlans(db, who, { limit: 100 })).map((one) => one.id)).not.toContain(plan.id);
    expect(await documentAccess(db, who, `plan:${plan.id}`)).toBeNull();
  }
  expect(await listRevealedNotes(db, setting.prepId)).toEqual([]);
  // What others see of it is a number.
  const prep = await findVisiblePrep(db, lead, setting.prepId);
  expect(await countNotes(db, prep!)).toEqual({ due: 2, submitted: 1 });
  expect(JSON.stringify(prep)).not.toMatch(/submitted/);
  expect(await listNotices(db, lead.id, { limit: 100 })).toHaveLength(noticesBefore);
  expect(JSON.stringify(await listPrepHistory(db, setting.prepId))).not.toContain(plan.id);
  expect(JSON.stringify(await listWaitingJobs(db))).not.toContain(plan.id);
});

test("the common plan is the lead preparer's alone until then", async () => {
  const setting = await aPrepUnderWay();
  const { db, lead, planId } = setting;
  expect(await documentAccess(db, lead, `plan:${planId}`)).toMatchObject({ mode: "write" });
  for (const who of [setting.co, setting.observer, setting.head, setting.master, setting.member]) expect(await documentAccess(db, who, `plan:${planId}`)).toBeNull();
});

test("the move reveals all drafts handed in at one instant, to those who take part, head and master, and nobody else", async () => {
  const setting = await aDiscussion();
  const { db, prepId, planId, lead, co, other, observer, head, master, member, otherHead, stranger } = setting;
  const notes = await listRevealedNotes(db, prepId);
  expect(notes.map((note) => note.name).sort()).toEqual(["何立夏", "吴海平"]);
  const drafts = notes.map((note) => note.planId);
  for (const who of [lead, co, other, observer, head, master]) for (const id of [...drafts, planId]) expect(await findVisiblePlan(db, who, id)).toBeDefined();
  for (const who of [member, otherHead, stranger]) for (const id of [...drafts, planId]) expect(await findVisiblePlan(db, who, id)).toBeUndefined();
  for (const id of drafts) expect(await documentAccess(db, co, `plan:${id}`)).toMatchObject({ mode: "read" });
  expect(await documentAccess(db, co, `plan:${planId}`)).toMatchObject({ mode: "write" });
  expect(await documentAccess(db, head, `plan:${planId}`)).toMatchObject({ mode: "read" });
});

test("a draft that was not handed in stays private after the reveal; the lead goes on with a reason only when the time is over", async () => {
  const setting = await aPrepUnderWay();
  const { db, documents, docId, lead, co, other } = setting;
  await writeInto(documents, docId, FULL);
  const late = await draftOf(setting, other);
  await writeInto(documents, late.plan.docId, { objectives: "还没有想好，先写一句。" });

  expect(await move(setting, lead, "discussion")).toMatchObject({ outcome: "missing", guard: { missing: [{ key: "preps:missing.notes", params: { submitted: 0, due: 2 } }] } });
  expect(await move(setting, lead, "discussion", "不等了", hours(80))).toMatchObject({ outcome: "missing", guard: { missing: [], asks: "reason" } });
  expect(await move(setting, lead, "discussion", "两位老师外出培训，先研讨", hours(80))).toEqual({ outcome: "moved" });

  for (const who of [lead, co, setting.head, setting.master]) expect(await findVisiblePlan(db, who, late.plan.id)).toBeUndefined();
  expect(await findVisiblePlan(db, other, late.plan.id)).toMatchObject({ note: { state: "draft" } });
  expect((await listPrepHistory(db, setting.prepId)).moves.at(-1)).toMatchObject({ to: "discussion", reason: "两位老师外出培训，先研讨" });
});

test("who loses the seat loses the plans with it", async () => {
  const setting = await aDiscussion();
  const { db, lead, co, planId } = setting;
  expect(await documentAccess(db, lead, `plan:${planId}`)).toMatchObject({ mode: "write" });
  await db.update(seats).set({ to: new Date() }).where(eq(seats.personId, lead.id));
  const left = await asViewer(db, lead);
  expect(await documentAccess(db, left, `plan:${planId}`)).toBeNull();
  expect(await findVisiblePrep(db, left, setting.prepId)).toBeUndefined();
  expect(await documentAccess(db, co, `plan:${planId}`)).toMatchObject({ mode: "write" });
});

test("handing in twice is evidence once, and an empty draft is no draft", async () => {
  const setting = await aPrepUnderWay();
  const { db, co, other } = setting;
  expect(await handIn(setting, other, "")).toBe("empty");
  expect(await handIn(setting, co)).toBe("submitted");
  expect(await handIn(setting, co)).toBe("submitted");
  expect((await listEvidence(db, co.id, { limit: 10 })).map((event) => event.kind)).toEqual(["prep.note_submitted"]);
  expect(await listEvidence(db, other.id, { limit: 10 })).toEqual([]);
});
