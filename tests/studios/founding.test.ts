import { and, eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { studioFor, studioSeenBy } from "#app/studios/access.server.ts";
import { approveStudio } from "#app/studios/approve.server.ts";
import { draftStudio, type StudioDraft } from "#app/studios/draft.server.ts";
import { editStudio } from "#app/studios/edit.server.ts";
import { returnStudio } from "#app/studios/return.server.ts";
import { draftForm, namedMaster } from "#app/studios/studio-form.server.ts";
import { readForm } from "#app/http/form.server.ts";
import { notifications, seats, studios, studioTerms } from "#db/schema/index.ts";
import { listVisibleStudios, listWaitingDrafts } from "#db/studios.ts";
import type { Db } from "#db/types.ts";
import type { Viewer } from "#db/viewer.ts";
import { aDatabase } from "#tests/database.ts";
import { aGrant, aStudio, aTeacher, EVENING, places } from "#tests/factories.ts";

const approval = { term: { no: 1, from: EVENING, to: new Date("2029-08-30T16:00:00Z") }, quota: { subjectLead: 12, youngTeacher: 20, trainee: null }, letterNo: "浙教聘〔2026〕7号" };

async function setting() {
  const db = await aDatabase();
  const { cityId, otherCountyId } = await places(db);
  const [author, master, stranger] = [await aTeacher(db, { name: "周文澜" }), await aTeacher(db, { name: "陈静好" }), await aTeacher(db, { name: "何立夏" })];
  const administrator = await aGrant(db, await aTeacher(db, { name: "钱守正" }), "region_admin", "region", cityId);
  const administratorElsewhere = await aGrant(db, await aTeacher(db, { name: "叶青" }), "region_admin", "region", otherCountyId);
  const draft: StudioDraft = { name: "周文澜小学数学名师工作室", level: "city", regionId: cityId, stages: ["primary"], subject: "mathematics", intro: "从学生的错误出发", quota: { subjectLead: 10, youngTeacher: 20, trainee: null }, recruitPolicy: "approve", masterId: master.id };
  return { db, cityId, author, master, stranger, administrator, administratorElsewhere, draft };
}

const sees = (db: Db, viewer: Viewer | null, id: string) => studioSeenBy(db, viewer, id).then(() => true, (error: Response) => (error.status === 404 ? false : Promise.reject(error)));

test("a draft is for its author, its master and the region's administrators; approved, it is for everybody", async () => {
  const { db, cityId, author, master, stranger, administrator, administratorElsewhere, draft } = await setting();
  const id = await draftStudio(db, author, draft, EVENING);
  expect(await draftStudio(db, author, draft, EVENING)).toBe(id);
  const who = async () => Promise.all([author, master, administrator, stranger, administratorElsewhere, null].map((viewer) => sees(db, viewer, id)));
  expect(await who()).toEqual([true, true, true, false, false, false]);
  expect((await listVisibleStudios(db, {}, { limit: 10 })).map((one) => one.id)).toEqual([]);
  expect((await listWaitingDrafts(db, administrator, cityId, { limit: 10 })).map((one) => one.id)).toEqual([id]);
  expect(await listWaitingDrafts(db, administratorElsewhere, cityId, { limit: 10 })).toEqual([]);
  expect((await db.select({ personId: notifications.personId, kind: notifications.kind }).from(notifications)).sort((a, b) => a.kind.localeCompare(b.kind))).toEqual([{ personId: administrator.id, kind: "studioDrafted" }, { personId: master.id, kind: "studioNamesYou" }]);

  const studio = await studioFor(db, administrator, "approve", id);
  expect(await Promise.all([approveStudio(db, administrator, studio, approval, EVENING), approveStudio(db, administrator, studio, approval, EVENING)])).toEqual(["approved", "approved"]);
  expect(await who()).toEqual([true, true, true, true, true, true]);
  expect(await db.select({ personId: seats.personId, letterNo: seats.letterNo, isHome: seats.isHome }).from(seats).where(and(eq(seats.studioId, id), eq(seats.role, "master")))).toEqual([{ personId: master.id, letterNo: "浙教聘〔2026〕7号", isHome: true }]);
  expect(await db.select().from(studioTerms).where(eq(studioTerms.studioId, id))).toHaveLength(1);
  expect(await studioSeenBy(db, null, id)).toMatchObject({ status: "active", quota: { subjectLead: 12 }, term: { no: 1 }, masterName: "陈静好", regionName: "杭州市" });
});

test("whom nobody has confirmed neither drafts nor is appointed", async () => {
  const { db, author, administrator, draft } = await setting();
  const unconfirmed = await aTeacher(db, { verified: false, name: "新来的" });
  const refused = await draftStudio(db, unconfirmed, draft).catch((error: unknown) => error as Response);
  expect((refused as Response).headers.get("x-refusal")).toBe("unverified");
  const id = await draftStudio(db, author, { ...draft, masterId: unconfirmed.id }, EVENING);
  expect(await approveStudio(db, administrator, await studioFor(db, administrator, "approve", id), approval, EVENING)).toBe("masterUnverified");
  expect(await db.select({ status: studios.status }).from(studios)).toEqual([{ status: "draft" }]);
  expect(await db.select().from(studioTerms)).toEqual([]);
});

test("a draft sent back says why, and waits again once it is saved; the second to save is told", async () => {
  const { db, cityId, author, administrator, draft } = await setting();
  const id = await draftStudio(db, author, draft, EVENING);
  await returnStudio(db, administrator, await studioFor(db, administrator, "return", id), "请写明学段", EVENING);
  expect(await listWaitingDrafts(db, administrator, cityId, { limit: 10 })).toEqual([]);
  const studio = await studioFor(db, author, "edit", id);
  expect(studio.returnReason).toBe("请写明学段");
  expect(await editStudio(db, author, studio, studio.version, { ...draft, intro: "小学一到六年级" }, EVENING)).toBe(true);
  expect(await editStudio(db, author, studio, studio.version, { ...draft, intro: "另一个窗口" }, EVENING)).toBe(false);
  expect(await listWaitingDrafts(db, administrator, cityId, { limit: 10 })).toMatchObject([{ id, intro: "小学一到六年级" }]);
});

test("a name of ten thousand characters is refused with how long it is", async () => {
  const fields = new FormData();
  fields.set("name", "研".repeat(10_000));
  const { problems, typed } = await readForm(new Request("http://localhost/", { method: "POST", body: fields }), draftForm);
  expect(problems?.name).toEqual({ key: "studios:form.nameLong", params: { length: 10_000 } });
  expect(typed.name).toHaveLength(10_000);
});

test("namesakes are told apart, oneself is meant where nobody else is chosen, and a name that nobody has is said", async () => {
  const { db, author, draft } = await setting();
  const ask = (masterName: string, masterId?: string) => namedMaster(db, author, { regionId: draft.regionId, masterName, masterId });
  expect(await ask("周文澜")).toEqual({ masterId: author.id });
  const [one, other] = [await aTeacher(db, { name: "王若水" }), await aTeacher(db, { name: "王若水" })];
  expect(await ask("王若水")).toMatchObject({ problems: { masterId: {} }, namesakes: [{ id: one.id }, { id: other.id }] });
  expect(await ask("王若水", other.id)).toEqual({ masterId: other.id });
  expect(await ask("王若水", author.id)).toMatchObject({ problems: { masterId: {} } });
  expect(await ask("无此人")).toMatchObject({ problems: { masterName: {} } });
});

test("studios are found by region and below, subject, stage, level and name, page by page", async () => {
  const { db, cityId } = await setting();
  const { provinceId, otherCountyId } = await places(db);
  const ids = [];
  for (const name of ["甲工作室", "乙工作室", "丙工作室"]) ids.unshift((await aStudio(db, { name, master: await aTeacher(db) })).id);
  const found = async (filter: Parameters<typeof listVisibleStudios>[1], page = {}) => (await listVisibleStudios(db, filter, { limit: 2, ...page })).map((one) => one.id);
  expect(await found({})).toEqual(ids.slice(0, 2));
  expect(await found({}, { before: ids[1] })).toEqual(ids.slice(2));
  expect(await found({ regionId: provinceId, stage: "primary", subject: "mathematics", level: "province", name: "乙" })).toEqual([ids[1]]);
  expect(await found({ regionId: cityId })).toHaveLength(2);
  for (const none of [{ regionId: otherCountyId }, { stage: "junior" as const }, { subject: "chinese" as const }, { level: "county" as const }, { name: "%" }]) expect(await found(none)).toEqual([]);
});
