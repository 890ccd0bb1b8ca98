import type { LoaderFunctionArgs } from "@remix-run/node";
import { expect, test } from "vitest";
import { planSeenBy } from "#app/plans/access.server.ts";
import { noteSecondPrep } from "#app/plans/second-prep.server.ts";
import { changesFromUpstream, upstreamOf } from "#app/plans/upstream.server.ts";
import { resourceFor, resourceSeenBy } from "#app/resources/access.server.ts";
import { decideResource } from "#app/resources/decide.server.ts";
import { submitResource } from "#app/resources/submit.server.ts";
import { tellReusers } from "#app/resources/tell-reusers.server.ts";
import { takeDownResource, withdrawResource } from "#app/resources/withdraw.server.ts";
import { loader as pageAt } from "#app/routes/resources.$resourceId._index/route.tsx";
import { listAttachments } from "#db/attachments.ts";
import { listEvidence } from "#db/evidence.ts";
import { newId } from "#db/ids.ts";
import { findOwnReuse } from "#db/resources.ts";
import { type JobPayloads, listWaitingJobs } from "#db/jobs.ts";
import { listNotices } from "#db/notices.ts";
import { findCurrentVersion } from "#db/resources.ts";
import { jobs } from "#db/schema/index.ts";
import { mayReadAttachment } from "#server/attachment-access.ts";
import type { Viewer } from "#db/viewer.ts";
import { aGrant, aTeacher } from "#tests/factories.ts";
import { hours } from "#tests/preps/setting.ts";
import { writeInto } from "#tests/plain-documents.ts";
import { aShelf, publish, type Shelf, takeUp, taughtAndReflected, visiting, WISH } from "./setting.ts";

const told = async ({ db }: Pick<Shelf, "db">, who: Viewer) => (await listNotices(db, who.id, { limit: 50 })).filter((one) => one.kind.startsWith("resource.")).map(({ kind, href }) => [kind, href]);
const evidence = async ({ db }: Pick<Shelf, "db">, who: Viewer) => (await listEvidence(db, who.id, { limit: 50 })).map((one) => one.kind);

/** What the worker would do about publications that ended, until nothing of it is left. */
async function tellAll({ db }: Shelf): Promise<void> {
  for (;;) {
    const waiting = (await listWaitingJobs(db)).filter((job) => job.kind === "resource.ended");
    if (waiting.length === 0) return;
    await db.delete(jobs);
    for (const job of waiting) await tellReusers(db, job.payload as unknown as JobPayloads["resource.ended"]);
  }
}

test("a trainee of another studio takes a case: words, worksheet, her own name, and the way back to where it came from", async () => {
  const shelf = await aShelf();
  const { db, documents, outsider, lead } = shelf;
  await taughtAndReflected(shelf);
  const resourceId = await publish(shelf, { kind: "teaching_case", licence: "cc_by_nc" });
  const lessonId = newId();
  const planId = await takeUp(shelf, outsider, resourceId, lessonId);
  expect(await takeUp(shelf, outsider, resourceId, lessonId)).toBe(planId);
  const mine = await planSeenBy(db, outsider, planId);
  expect(mine).toMatchObject({ kind: "personal", ownerId: outsider.id, lessonId, title: WISH.title, periods: 2, upstreamResourceId: resourceId, secondPrep: "forked", header: { teacher: outsider.name }, studioId: null });
  expect(JSON.stringify((await documents.read(mine.docId)).sections)).toContain("把谁平均分");
  expect(await listAttachments(db, "plan", planId)).toMatchObject([{ name: "学习单.pdf" }]);
  await expect(planSeenBy(db, lead, planId)).rejects.toMatchObject({ status: 404 });
  expect(await findOwnReuse(db, outsider.id, resourceId)).toEqual({ planId, at: hours(20) });
  expect(await findOwnReuse(db, lead.id, resourceId)).toBeUndefined();
  const another = await takeUp(shelf, outsider, resourceId);
  expect(await findOwnReuse(db, outsider.id, resourceId)).toMatchObject({ planId: another });
  // She is one teacher, however many copies she makes.
  expect(await resourceSeenBy(db, null, resourceId)).toMatchObject({ reuseCount: 1 });
  expect(await told(shelf, lead)).toContainEqual(["resource.reused", `/resources/${resourceId}`]);
  expect(await evidence(shelf, outsider)).toEqual(["resource.reused"]);
  expect(await evidence(shelf, lead)).toContain("resource.reused_by_others");
});

test("what may only be read is not taken, and what is for the studio is not there for others", async () => {
  const shelf = await aShelf();
  const { db, outsider, member } = shelf;
  const closed = await publish(shelf, { licence: "all_rights" });
  expect(await resourceSeenBy(db, outsider, closed)).toMatchObject({ title: WISH.title });
  for (const who of [outsider, member]) await expect(resourceFor(db, who, "use", closed)).rejects.toMatchObject({ status: 403 });
  const [file] = await listAttachments(db, "resource_version", (await findCurrentVersion(db, await resourceSeenBy(db, null, closed)))?.id ?? "");
  if (!file) throw new Error("the publication has no file");
  const page = async (who: Viewer | null) => (await pageAt({ params: { resourceId: closed }, context: visiting(db, who) } as unknown as LoaderFunctionArgs)).carriesOff; // only what this route asks for
  for (const [who, may] of [[null, false], [outsider, false], [member, true], [shelf.lead, true]] as const) {
    expect(await mayReadAttachment(db, who, file)).toBe(may);
    expect(await mayReadAttachment(db, who, { ...file, inline: true })).toBe(true);
    expect(await page(who)).toBe(may);
  }
  const other = await aShelf();
  const inside = await publish(other, { licence: "studio_only" });
  await expect(resourceFor(other.db, other.outsider, "use", inside)).rejects.toMatchObject({ status: 404 });
  expect(await takeUp(other, other.member, inside)).toBeTruthy();
});

test("the copy shows what has changed since it was taken, section by section, and two changed sections are evidence", async () => {
  const shelf = await aShelf();
  const { db, documents, outsider } = shelf;
  const planId = await takeUp(shelf, outsider, await publish(shelf));
  const plan = await planSeenBy(db, outsider, planId);
  expect(await upstreamOf(db, documents, outsider, plan)).toMatchObject({ kind: "resource", changed: 0, source: { title: WISH.title, by: "林雨桐、何立夏、吴海平", licence: "cc_by" } });
  expect(await changesFromUpstream(db, documents, outsider, plan)).toEqual([]);
  const { sections } = await documents.read(plan.docId);
  const objectives = JSON.stringify(sections.find((section) => section.key === "objectives")?.nodes);
  await writeInto(documents, plan.docId, { objectives: (JSON.parse(objectives)[0].children[0].text as string).replace("分一分", "切一切"), "process.p1": "苹果换成鸡蛋。" });
  await noteSecondPrep(db, plan.docId);
  const changes = await changesFromUpstream(db, documents, outsider, plan);
  expect(changes?.map((section) => section.key).sort()).toEqual(["objectives", "process.p1"]);
  expect(changes?.find((section) => section.key === "objectives")?.pieces.filter((piece) => piece.kind !== "same")).toEqual([{ kind: "gone", text: "分一分" }, { kind: "new", text: "切一切" }]);
  expect(await planSeenBy(db, outsider, planId)).toMatchObject({ secondPrep: "changed" });
  expect(await evidence(shelf, outsider)).toContain("plan.second_prep_changed");
});

test("when the author withdraws, everybody down the line is told once, each with the way to her own plan, which stays", async () => {
  const shelf = await aShelf();
  const { db, documents, lead, outsider, master } = shelf;
  const resourceId = await publish(shelf);
  const mine = await takeUp(shelf, outsider, resourceId);
  await takeUp(shelf, outsider, resourceId);
  // She publishes what she made of it, and somebody takes that.
  const researcher = await aGrant(db, await aTeacher(db, { name: "裘诗言" }), "teaching_researcher", "region", outsider.regionId ?? "");
  const made = await submitResource(db, documents, outsider, await planSeenBy(db, outsider, mine), { ...WISH, title: "一盒鸡蛋" });
  if ("problems" in made) throw new Error(JSON.stringify(made.problems));
  await decideResource(db, researcher, await resourceFor(db, researcher, "decide", made.resourceId), "approved", "");
  const third = await aTeacher(db, { name: "王若水" });
  const theirs = await takeUp(shelf, third, made.resourceId);

  await expect(resourceFor(db, master, "withdraw", resourceId)).rejects.toMatchObject({ status: 403 });
  await withdrawResource(db, lead, await resourceFor(db, lead, "withdraw", resourceId), "要重写");
  await tellAll(shelf);
  await tellReusers(db, { resourceId, throughId: resourceId });
  expect((await told(shelf, outsider)).filter(([kind]) => kind !== "resource.approved" && kind !== "resource.reused")).toEqual([["resource.withdrawn", `/plans/${mine}`]]);
  expect((await told(shelf, third)).filter(([kind]) => kind?.includes("withdrawn"))).toEqual([["resource.withdrawnUpstream", `/plans/${theirs}`]]);
  expect(await told(shelf, master)).not.toContainEqual(expect.arrayContaining(["resource.withdrawn"]));

  const plan = await planSeenBy(db, outsider, mine);
  expect(await upstreamOf(db, documents, outsider, plan)).toEqual({ kind: "resource", changed: 0 });
  expect(await changesFromUpstream(db, documents, outsider, plan)).toBeUndefined();
  expect(JSON.stringify((await documents.read(plan.docId)).sections)).toContain("把谁平均分");
});

test("a take-down is said to be one, and a publication that stands tells nobody anything", async () => {
  const shelf = await aShelf();
  const { db, outsider, lead, head } = shelf;
  const resourceId = await publish(shelf);
  const mine = await takeUp(shelf, outsider, resourceId);
  await tellReusers(db, { resourceId, throughId: resourceId });
  expect(await told(shelf, outsider)).toEqual([]);
  const moderator = await aGrant(db, head, "moderator", "system");
  await takeDownResource(db, moderator, await resourceFor(db, moderator, "moderate", resourceId), "露出了姓名");
  await tellAll(shelf);
  expect(await told(shelf, outsider)).toEqual([["resource.removed", `/plans/${mine}`]]);
  expect(await told(shelf, lead)).toContainEqual(["resource.takenDown", `/resources/${resourceId}`]);
});
