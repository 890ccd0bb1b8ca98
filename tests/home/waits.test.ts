import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { waitsFor } from "#app/home/waits.server.ts";
import { confirmPerson } from "#app/people/confirm.server.ts";
import { CONSENT_VERSION } from "#app/people/consent.ts";
import { personFor } from "#app/people/access.server.ts";
import { giveConsent, withdrawConsent } from "#db/consents.ts";
import { newId } from "#db/ids.ts";
import { persons, regions, studios } from "#db/schema/index.ts";
import { findSecondFactor, insertSecondFactor } from "#db/second-factors.ts";
import type { Db } from "#db/types.ts";
import type { Viewer } from "#db/viewer.ts";
import { aDatabase } from "#tests/database.ts";
import { aGrant, asViewer, aTeacher, EVENING, places } from "#tests/factories.ts";
import { writeInto } from "#tests/plain-documents.ts";
import { aPrepUnderWay, draftOf, FULL, LONG } from "#tests/preps/setting.ts";

/** What waits, with how many, for somebody who agreed to everything and has a second factor. */
async function waits(db: Db, who: Viewer): Promise<string[]> {
  for (const purpose of ["service", "evidence"] as const) await giveConsent(db, who.id, purpose, CONSENT_VERSION, EVENING);
  if (!(await findSecondFactor(db, who.id))) await insertSecondFactor(db, { personId: who.id, secretSealed: "", lastStep: 0 }, EVENING);
  return (await waitsFor(db, await asViewer(db, who), EVENING)).map(({ key, params, href }) => `${key} ${params.count ?? "-"} ${href}`);
}

test("a draft waits for the administrators of its region until it is sent back, and for no others", async () => {
  const db = await aDatabase();
  const { cityId, provinceId, otherCountyId } = await places(db);
  const [here, above, elsewhere] = [await aGrant(db, await aTeacher(db), "region_admin", "region", cityId), await aGrant(db, await aTeacher(db), "region_admin", "region", provinceId), await aGrant(db, await aTeacher(db), "region_admin", "region", otherCountyId)];
  const drafter = await aTeacher(db);
  const id = newId();
  await db.insert(studios).values({ id, name: "筹建中的工作室", slug: id.toLowerCase(), level: "city", regionId: cityId, stages: ["primary"], subject: "mathematics", status: "draft", quota: { subjectLead: 10, youngTeacher: 20, trainee: null }, masterId: drafter.id, createdBy: drafter.id });
  expect(await waits(db, here)).toEqual([`studioDrafts 1 /regions/${cityId}`]);
  expect(await waits(db, above)).toEqual([`studioDrafts 1 /regions/${provinceId}`]);
  expect(await waits(db, elsewhere)).toEqual([]);
  await db.update(studios).set({ returnReason: "请写明届期" }).where(eq(studios.id, id));
  expect(await waits(db, here)).toEqual([]);
});

test("a teacher to confirm waits for the school's coordinator, and for the region where the school has none", async () => {
  const db = await aDatabase();
  const { cityId, schoolId } = await places(db);
  const administrator = await aGrant(db, await aTeacher(db), "region_admin", "region", cityId);
  const newcomer = await aTeacher(db, { name: "林雨桐", verified: false });
  expect(await waits(db, administrator)).toEqual([`teachers 1 /regions/${cityId}`]);
  const coordinator = await aGrant(db, await aTeacher(db), "school_coordinator", "school", schoolId);
  expect(await waits(db, administrator)).toEqual([]);
  expect(await waits(db, coordinator)).toEqual([`teachers 1 /schools/${schoolId}/teachers`]);
  await confirmPerson(db, coordinator, await personFor(db, coordinator, "confirm", newcomer.id));
  expect(await waits(db, coordinator)).toEqual([]);
});

test("the first operator is told to appoint an administrator, until there is one", async () => {
  const db = await aDatabase();
  const { cityId } = await places(db);
  const operator = await aGrant(db, await aTeacher(db), "system_operator", "system");
  expect(await waits(db, operator)).toEqual(["firstAdministrator - /operations/people"]);
  await aGrant(db, await aTeacher(db), "region_admin", "region", cityId);
  expect(await waits(db, operator)).toEqual([]);
});

test("an administrator whose region has no school is told to enter them first", async () => {
  const db = await aDatabase();
  const { cityId } = await places(db);
  const id = newId();
  await db.insert(regions).values({ id, level: "county", parentId: cityId, code: "330110", name: "余杭区", from: EVENING });
  expect(await waits(db, await aGrant(db, await aTeacher(db), "region_admin", "region", id))).toEqual([`firstSchool - /regions/${id}`]);
  expect(await waits(db, await aGrant(db, await aTeacher(db), "region_admin", "region", cityId))).toEqual([]);
});

test("who governs a region or the system is asked for a second factor after everything else, until there is one", async () => {
  const db = await aDatabase();
  const { cityId, schoolId } = await places(db);
  const [operator, administrator, coordinator] = [await aGrant(db, await aTeacher(db), "system_operator", "system"), await aGrant(db, await aTeacher(db), "region_admin", "region", cityId), await aGrant(db, await aTeacher(db), "school_coordinator", "school", schoolId)];
  const newcomer = await aTeacher(db, { verified: false });
  const asked = async (who: Viewer) => (await waitsFor(db, await asViewer(db, who), EVENING)).filter(({ key }) => key !== "consent").map(({ key, href }) => `${key} ${href}`);
  expect(await asked(operator)).toEqual(["secondFactor /me/second-factor"]);
  expect(await asked(administrator)).toEqual(["secondFactor /me/second-factor"]);
  expect(await asked(coordinator)).toEqual([`teachers /schools/${schoolId}/teachers`]);
  await confirmPerson(db, coordinator, await personFor(db, coordinator, "confirm", newcomer.id));
  expect([await waits(db, operator), await waits(db, administrator)]).toEqual([[], []]);
});

test("who has not said where she teaches is told that nobody can confirm her, and who has not agreed to the present text is asked", async () => {
  const db = await aDatabase();
  const teacher = await aTeacher(db, { verified: false });
  await db.update(persons).set({ schoolId: null }).where(eq(persons.id, teacher.id));
  expect(await waits(db, teacher)).toEqual(["school - /me/profile"]);
  await withdrawConsent(db, teacher.id, "evidence", EVENING);
  await giveConsent(db, teacher.id, "evidence", "2019-01", EVENING);
  expect((await waitsFor(db, await asViewer(db, teacher), EVENING)).map((one) => one.key)).toEqual(["consent", "school"]);
});

test("whoever writes is told which required sections of her own plan are not written yet, in her language, and nothing of the others'", async () => {
  const setting = await aPrepUnderWay();
  const { db, documents, lead, co, other, docId } = setting;
  const lacking = async (who: Viewer) => (await waitsFor(db, who, EVENING)).filter((wait) => wait.key === "moveToDiscussion" || wait.key === "draft").map((wait) => wait.lacking);
  for (const who of [lead, co, other]) expect(await lacking(who)).toEqual([["教学目标"]]);
  await writeInto(documents, (await draftOf(setting, co)).plan.docId, { objectives: LONG, "process.p2": "太短" });
  await writeInto(documents, docId, FULL);
  expect(await lacking(co)).toEqual([["教学过程 · 第二课时"]]);
  expect(await lacking({ ...co, locale: "en" })).toEqual([["Teaching process · period 2"]]);
  expect(await lacking(lead)).toEqual([[]]);
  expect(await lacking(other)).toEqual([["教学目标"]]);
});
