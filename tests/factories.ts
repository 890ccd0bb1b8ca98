import { eq } from "drizzle-orm";
import { CONSENT_VERSION } from "#app/people/consent.ts";
import { giveConsent } from "#db/consents.ts";
import { newId } from "#db/ids.ts";
import { insertPerson } from "#db/identities.ts";
import { editions, lessonNodes, planTemplates, regions, roleGrants, schools, seats, studioFigures, studioGroups, studios, studioTerms, units } from "#db/schema/index.ts";
import type { SeatRole } from "#db/schema/studios.ts";
import type { Db } from "#db/types.ts";
import { findViewer, type GovernanceRole, type Viewer } from "#db/viewer.ts";

/** The evening of the sketches: Monday, 23 November 2026, 19:30 in Hangzhou. */
export const EVENING = new Date("2026-11-23T11:30:00Z");

export interface Places {
  provinceId: string;
  cityId: string;
  countyId: string;
  otherCountyId: string;
  schoolId: string;
  villageSchoolId: string;
}

/** 浙江, 杭州, 拱墅 and 景宁, a town school and a village school. Made once per database. */
export async function places(db: Db): Promise<Places> {
  const known = await db.select().from(regions);
  const id = (code: string) => known.find((one) => one.code === code)?.id;
  const [school, village] = await db.select().from(schools);
  const [province, city, county, other] = [id("330000"), id("330100"), id("330105"), id("331127")];
  if (province && city && county && other && school && village) return { provinceId: province, cityId: city, countyId: county, otherCountyId: other, schoolId: school.id, villageSchoolId: village.id };
  const made = { provinceId: newId(), cityId: newId(), countyId: newId(), otherCountyId: newId(), schoolId: newId(), villageSchoolId: newId() };
  const lishui = newId();
  await db.insert(regions).values([
    { id: made.provinceId, level: "province", parentId: null, code: "330000", name: "浙江省", from: EVENING },
    { id: made.cityId, level: "city", parentId: made.provinceId, code: "330100", name: "杭州市", from: EVENING },
    { id: lishui, level: "city", parentId: made.provinceId, code: "331100", name: "丽水市", from: EVENING },
    { id: made.countyId, level: "county", parentId: made.cityId, code: "330105", name: "拱墅区", from: EVENING },
    { id: made.otherCountyId, level: "county", parentId: lishui, code: "331127", name: "景宁畲族自治县", from: EVENING },
  ]);
  await db.insert(schools).values([
    { id: made.schoolId, regionId: made.countyId, name: "运河边小学", kind: "primary", locale: "urban" },
    { id: made.villageSchoolId, regionId: made.otherCountyId, name: "云岭乡中心小学", kind: "primary", locale: "rural", remote: true, smallRural: true },
  ]);
  return made;
}

const NAMES = ["林雨桐", "何立夏", "吴海平", "许知远", "郑小满", "沈一舟", "俞晴川", "蓝小满", "王若水", "陈静好"];
let people = 0;

/** A confirmed teacher of primary mathematics who agreed to be found by name, as a viewer. */
export async function aTeacher(db: Db, given: { name?: string; schoolId?: string; verified?: boolean; locale?: "zh-CN" | "en"; passwordHash?: string } = {}): Promise<Viewer> {
  const { schoolId } = await places(db);
  const id = newId();
  const name = given.name ?? NAMES[people++ % NAMES.length] ?? "林雨桐";
  await insertPerson(
    db,
    {
      id,
      name,
      schoolId: given.schoolId ?? schoolId,
      stages: ["primary"],
      subjects: ["mathematics"],
      locale: given.locale ?? "zh-CN",
      passwordHash: given.passwordHash ?? null,
      ...(given.verified === false ? {} : { verified: { by: null, at: EVENING } }),
    },
    EVENING,
  );
  await giveConsent(db, id, "display_name", CONSENT_VERSION, EVENING);
  return asViewer(db, id);
}

/** The person as the next request would see them: seats and grants read again. */
export async function asViewer(db: Db, person: string | { id: string }): Promise<Viewer> {
  const id = typeof person === "string" ? person : person.id;
  const viewer = await findViewer(db, id, new Date("2026-11-24T00:00:00Z"));
  if (!viewer) throw new Error(`nobody has the id ${id}`);
  return viewer;
}

export async function aGrant(db: Db, person: { id: string }, role: GovernanceRole, scopeType: "system" | "region" | "school" | "studio", scopeId = ""): Promise<Viewer> {
  await db.insert(roleGrants).values({ personId: person.id, role, scopeType, scopeId, from: EVENING });
  return asViewer(db, person);
}

export interface StudioSetting {
  id: string;
  groupId: string;
  otherGroupId: string;
  master: Viewer;
}

/** An active provincial studio with its master and two groups. */
export async function aStudio(db: Db, given: { name?: string; master?: Viewer; quota?: { subjectLead: number; youngTeacher: number; trainee: number | null } } = {}): Promise<StudioSetting> {
  const { cityId } = await places(db);
  const master = given.master ?? (await aTeacher(db, { name: "周文澜" }));
  const id = newId();
  const termId = newId();
  await db.insert(studios).values({
    id,
    name: given.name ?? "周文澜小学数学名师工作室",
    slug: id.toLowerCase(),
    level: "province",
    regionId: cityId,
    stages: ["primary"],
    subject: "mathematics",
    status: "active",
    quota: given.quota ?? { subjectLead: 10, youngTeacher: 20, trainee: null },
    masterId: master.id,
    termId,
    approvedAt: EVENING,
  });
  await db.insert(studioTerms).values({ id: termId, studioId: id, no: 1, from: EVENING, to: new Date("2029-08-31T00:00:00Z") });
  await db.insert(studioFigures).values({ studioId: id, members: 1, asOf: EVENING });
  const groupId = newId();
  const otherGroupId = newId();
  await db.insert(studioGroups).values([{ id: groupId, studioId: id, name: "数与代数组" }, { id: otherGroupId, studioId: id, name: "图形与几何组" }]);
  await db.insert(seats).values({ studioId: id, personId: master.id, role: "master", from: EVENING });
  return { id, groupId, otherGroupId, master: await asViewer(db, master) };
}

/** A teacher with a seat in a studio, as a viewer. */
export async function aMember(db: Db, studio: { id: string }, role: SeatRole, given: { groupId?: string; name?: string; person?: Viewer; schoolId?: string } = {}): Promise<Viewer> {
  const person = given.person ?? (await aTeacher(db, { ...(given.name && { name: given.name }), ...(given.schoolId && { schoolId: given.schoolId }) }));
  await db.insert(seats).values({ studioId: studio.id, personId: person.id, role, groupId: given.groupId ?? null, from: EVENING });
  return asViewer(db, person);
}

/** 人教版 (2013) 五年级下册 第四单元 with 分数的意义. Made once per database. */
export async function aLessonNode(db: Db): Promise<{ id: string; title: string }> {
  const [known] = await db.select().from(lessonNodes).where(eq(lessonNodes.title, "分数的意义"));
  if (known) return known;
  const editionId = newId();
  const unitId = newId();
  const node = { id: newId(), unitId, no: 1, title: "分数的意义", periods: 2 };
  await db.insert(editions).values({ id: editionId, stage: "primary", subject: "mathematics", name: "人教版", year: 2013 });
  await db.insert(units).values({ id: unitId, editionId, grade: 5, volume: "lower", no: 4, title: "分数的意义和性质" });
  await db.insert(lessonNodes).values(node);
  return node;
}

/** A plan template with two required sections, one of which repeats per period. */
export async function aTemplate(db: Db): Promise<{ id: string }> {
  const [known] = await db.select().from(planTemplates);
  if (known) return known;
  const label = (zh: string, en: string) => ({ "zh-CN": zh, en });
  const id = newId();
  await db.insert(planTemplates).values({
    id,
    name: "小学数学教案",
    sections: [
      { key: "objectives", label: label("教学目标", "Learning objectives"), required: true, minChars: 10, help: label("", "") },
      { key: "key_points", label: label("教学重点", "Key points"), required: false, minChars: 0, help: label("", "") },
      { key: "difficult_points", label: label("教学难点", "Difficult points"), required: false, minChars: 0, help: label("", "") },
      { key: "process", label: label("教学过程", "Teaching process"), required: true, minChars: 10, help: label("", ""), perPeriod: true },
    ],
  });
  return { id };
}
