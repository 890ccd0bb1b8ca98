import { expect, test } from "vitest";
import { lessonPage } from "#app/lessons/lesson-page.server.ts";
import { recordRun } from "#app/lessons/record-run.server.ts";
import { planFor, planSeenBy } from "#app/plans/access.server.ts";
import { forkPlan } from "#app/plans/fork.server.ts";
import { seatIn } from "#app/people/standing.ts";
import { resourceFor, resourceSeenBy } from "#app/resources/access.server.ts";
import { decidersFor, missingFor, submitResource } from "#app/resources/submit.server.ts";
import { listAttachments } from "#db/attachments.ts";
import { listEvidence } from "#db/evidence.ts";
import { newId } from "#db/ids.ts";
import { lessonRuns, reflections } from "#db/schema/index.ts";
import { listNotices } from "#db/notices.ts";
import { endSeatRow } from "#db/seats.ts";
import { findCurrentVersion, listAttributions, listDecisions, listSubmissionsFor } from "#db/resources.ts";
import type { Viewer } from "#db/viewer.ts";
import { aDiscussion, hours } from "#tests/preps/setting.ts";
import { writeInto } from "#tests/plain-documents.ts";
import { aShelf, decide, offer, publish, saveReflectionOf, type Shelf, taughtAndReflected, WISH } from "./setting.ts";

const notices = async ({ db }: Pick<Shelf, "db">, who: Viewer) => (await listNotices(db, who.id, { limit: 50 })).filter((one) => one.kind.startsWith("resource.")).map(({ kind, params, href }) => ({ kind, params, href }));
const evidence = async ({ db }: Pick<Shelf, "db">, who: Viewer) => (await listEvidence(db, who.id, { limit: 50 })).filter((one) => one.kind.startsWith("resource."));

test("a plan is offered once it is finalised, by those who led it; the head of its group lets it be published, and it is evidence", async () => {
  const shelf = await aShelf();
  const { db, documents, lead, co, head, otherHead, master, stranger, planId } = shelf;
  const resourceId = await offer(shelf);
  expect(await offer(shelf)).toBe(resourceId);
  expect(await notices(shelf, head)).toMatchObject([{ kind: "resource.submitted", href: `/resources/${resourceId}` }]);
  expect(await notices(shelf, master)).toHaveLength(1);
  expect(await notices(shelf, otherHead)).toEqual([]);
  for (const who of [head, master]) expect((await listSubmissionsFor(db, who)).map((one) => one.id)).toEqual([resourceId]);
  for (const who of [otherHead, co, stranger]) {
    expect(await listSubmissionsFor(db, who)).toEqual([]);
    await expect(resourceFor(db, who, "decide", resourceId)).rejects.toMatchObject({ status: 404 });
  }
  await expect(resourceFor(db, lead, "decide", resourceId)).rejects.toMatchObject({ status: 403 });

  expect(await decide(shelf, resourceId)).toBe(true);
  await expect(decide(shelf, resourceId, "returned", "太晚了", master)).rejects.toMatchObject({ status: 403 });
  expect(await resourceSeenBy(db, null, resourceId)).toMatchObject({ state: "published", title: WISH.title });
  expect(await notices(shelf, lead)).toMatchObject([{ kind: "resource.approved", params: { title: WISH.title, name: head.name } }]);
  expect(await evidence(shelf, lead)).toMatchObject([{ kind: "resource.published", corroboratedBy: head.id, objectType: "resource", objectId: resourceId }]);

  // What is written afterwards does not change what was published.
  const before = await findCurrentVersion(db, await resourceSeenBy(db, null, resourceId));
  await writeInto(documents, (await planSeenBy(db, lead, planId)).docId, { objectives: "以后改的话。" });
  expect(JSON.stringify(before?.content)).not.toContain("以后改的话");
  expect((await findCurrentVersion(db, await resourceSeenBy(db, null, resourceId)))?.content).toEqual(before?.content);
  expect(await listAttachments(db, "resource_version", before?.id ?? "")).toMatchObject([{ name: "学习单.pdf" }]);
});

test("a plan in discussion is not offered, a case needs a lesson taught and reflected on, and each lack is said", async () => {
  const discussed = await aDiscussion();
  const early = await planSeenBy(discussed.db, discussed.lead, discussed.planId);
  expect(await submitResource(discussed.db, discussed.documents, discussed.lead, early, WISH)).toEqual({ problems: { form: { key: "resources:missing.finalised" } } });

  const shelf = await aShelf();
  const plan = await planSeenBy(shelf.db, shelf.lead, shelf.planId);
  expect(await missingFor(shelf.db, shelf.lead, plan, "lesson_plan")).toEqual([]);
  expect(await missingFor(shelf.db, shelf.lead, plan, "teaching_case")).toEqual(["resources:missing.run", "resources:missing.reflection"]);
  expect(await submitResource(shelf.db, shelf.documents, shelf.lead, plan, { ...WISH, kind: "teaching_case" })).toMatchObject({ problems: { form: { key: "resources:missing.run" } } });
  await taughtAndReflected(shelf);
  expect(await missingFor(shelf.db, shelf.lead, await planSeenBy(shelf.db, shelf.lead, shelf.planId), "teaching_case")).toEqual([]);
});

test("a case carries the names and the process that made it, and of the reflections those that were given", async () => {
  const shelf = await aShelf();
  const { db, lead, co, other, observer } = shelf;
  await taughtAndReflected(shelf, "private");
  const secret = "这一句只写给自己。";
  const runId = newId();
  await db.insert(lessonRuns).values({ id: runId, lessonId: shelf.lessonId, planId: shelf.planId, teacherId: co.id, classLabel: "五（1）班", taughtAt: new Date("2026-11-21"), kind: "normal", changed: "我们班先数了一遍个数" });
  await db.insert(reflections).values({ lessonId: shelf.lessonId, lessonRunId: runId, personId: co.id, planId: shelf.planId, promptSet: "lesson", answers: [{ prompt: "哪里卡住了", text: secret }], visibility: "private", submittedAt: new Date("2026-11-21"), version: 1 });

  const kept = await findCurrentVersion(db, await resourceSeenBy(db, null, await publish(shelf, { kind: "teaching_case", givesReflection: true })));
  expect(kept?.process).toMatchObject({
    seminars: [{ title: "磨课研讨：分数的意义", minutesExist: true }],
    versions: [{ name: "discussion.1" }, { name: "revision.1" }, { name: "finalised.1" }, { name: "taught.1" }, { name: "reflecting.1" }],
    runs: [{ classLabel: "五（1）班", changed: "" }, { classLabel: "五（3）班", changed: "苹果换成了鸡蛋" }],
    reflections: [{ personId: lead.id }],
  });
  expect(JSON.stringify(kept)).toContain("十一个孩子停住了笔");
  expect(JSON.stringify(kept)).not.toContain(secret);
  const named = await listAttributions(db, kept?.resourceId ?? "");
  expect(named.map(({ name, relation }) => [name, relation])).toEqual([[lead.name, "author"], [co.name, "contributor"], [other.name, "contributor"]]);
  expect(named.map((one) => one.personId)).not.toContain(observer.id);
});

test("a reflection kept private makes no case of the lesson for anybody but its author", async () => {
  const shelf = await aShelf();
  const { db, documents, lead, head, co, planId } = shelf;
  const runId = newId();
  await recordRun(db, documents, co, await planFor(db, co, "teach", planId), { runId, classLabel: "五（1）班", day: "2026-11-20", changed: "" });
  const reflects = (visibility: "private" | "group", version: number) => saveReflectionOf(shelf, co, runId, visibility, version);
  const seen = async (who: Viewer) => [await missingFor(db, who, await planSeenBy(db, who, planId), "teaching_case"), (await lessonPage(db, who, shelf.lessonId)).chain];
  await reflects("private", 0);
  expect(await seen(co)).toEqual([[], "published"]);
  for (const who of [lead, head]) expect(await seen(who)).toEqual([["resources:missing.reflection"], "reflection"]);
  expect(await submitResource(db, documents, lead, await planSeenBy(db, lead, planId), { ...WISH, kind: "teaching_case" })).toEqual({ problems: { form: { key: "resources:missing.reflection" } } });
  await reflects("group", 1);
  for (const who of [lead, head]) expect(await seen(who)).toEqual([[], "published"]);
});

test("what colleagues opened to the studio goes with a publication for the studio, and with no other", async () => {
  const shelf = await aShelf();
  await taughtAndReflected(shelf, "private");
  await shelf.db.insert(reflections).values({ lessonId: shelf.lessonId, personId: shelf.co.id, planId: shelf.planId, promptSet: "lesson", answers: [{ prompt: "哪里卡住了", text: "只说给工作室听。" }], visibility: "studio", submittedAt: new Date("2026-11-21"), version: 1 });
  await shelf.db.insert(lessonRuns).values({ lessonId: shelf.lessonId, planId: shelf.planId, teacherId: shelf.co.id, classLabel: "五（1）班", taughtAt: new Date("2026-11-21"), changed: "我们班先数了一遍个数" });
  const keptWith = async (licence: "cc_by" | "studio_only") => JSON.stringify(await findCurrentVersion(shelf.db, await resourceSeenBy(shelf.db, shelf.lead, await publish(shelf, { kind: licence === "cc_by" ? "teaching_case" : "lesson_plan", licence }))));
  const open = await keptWith("cc_by");
  const inside = await keptWith("studio_only");
  for (const words of ["只说给工作室听", "我们班先数了一遍个数"]) {
    expect(open).not.toContain(words);
    expect(inside).toContain(words);
  }
});

test("what is sent back names the reason to its author alone, and can be offered again", async () => {
  const shelf = await aShelf();
  const { db, lead, co } = shelf;
  const resourceId = await offer(shelf);
  await decide(shelf, resourceId, "returned", "板书还没有写完，补上再来。");
  expect(await notices(shelf, lead)).toMatchObject([{ kind: "resource.returned", params: { reason: "板书还没有写完，补上再来。" } }]);
  expect(await resourceSeenBy(db, lead, resourceId)).toMatchObject({ state: "returned", stateReason: "板书还没有写完，补上再来。" });
  for (const who of [null, co, shelf.outsider]) await expect(resourceSeenBy(db, who, resourceId)).rejects.toMatchObject({ status: 404 });
  expect((await listDecisions(db, resourceId)).map((one) => one.decision)).toEqual(["returned", "submitted"]);
  expect(await evidence(shelf, lead)).toEqual([]);
  const again = await offer(shelf);
  expect(again).not.toBe(resourceId);
  expect(await decide(shelf, again)).toBe(true);
});

test("a copy of one's own is offered by its owner alone", async () => {
  const shelf = await aShelf();
  const { db, documents, member, co } = shelf;
  const mine = await forkPlan(db, documents, member, await planFor(db, member, "fork", shelf.planId));
  await expect(planSeenBy(db, co, mine)).rejects.toMatchObject({ status: 404 });
  const made = await submitResource(db, documents, member, await planSeenBy(db, member, mine), { ...WISH, title: "我的分数课" });
  expect(made).toHaveProperty("resourceId");
});

test("the head who offers a colleague's plan leaves the decision to somebody else", async () => {
  const shelf = await aShelf();
  const { db, documents, head, master, lead, planId } = shelf;
  const made = await submitResource(db, documents, head, await planSeenBy(db, head, planId), WISH);
  if ("problems" in made) throw new Error(JSON.stringify(made.problems));
  expect(await resourceSeenBy(db, lead, made.resourceId)).toMatchObject({ ownerId: lead.id, createdBy: head.id });
  expect((await notices(shelf, head)).concat(await notices(shelf, lead))).toEqual([]);
  expect(await listSubmissionsFor(db, head)).toEqual([]);
  expect((await listSubmissionsFor(db, master)).map((one) => one.id)).toEqual([made.resourceId]);
  await expect(resourceFor(db, head, "decide", made.resourceId)).rejects.toMatchObject({ status: 403 });
  expect(await decide(shelf, made.resourceId, "approved", "", master)).toBe(true);
});

test("where nobody would be left to decide, its owner is asked to submit it herself", async () => {
  const shelf = await aShelf();
  const { db, documents, head, master, planId } = shelf;
  const plan = await planSeenBy(db, master, planId);
  expect(await decidersFor(db, master, plan)).toEqual([head.id]);
  await endSeatRow(db, seatIn(head, shelf.studio.id)?.id ?? "", { by: null, reason: "调离" }, hours(9));
  expect(await submitResource(db, documents, master, plan, WISH)).toEqual({ problems: { form: { key: "resources:missing.decider" } } });
  expect(await listSubmissionsFor(db, master)).toEqual([]);
  expect(await decide(shelf, await offer(shelf), "approved", "", master)).toBe(true);
});
