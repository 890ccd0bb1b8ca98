import { count, eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { textOf } from "#app/plans/content.ts";
import { find, readQuery } from "#app/resources/find.server.ts";
import { everything } from "#app/search/index-document.server.ts";
import { insertPerson } from "#db/identities.ts";
import { newId } from "#db/ids.ts";
import { appendUpdates } from "#db/documents.ts";
import { lessonPlans, lessonPreps, minutes, persons, resources, seats, seminars } from "#db/schema/index.ts";
import { documentsOn } from "#server/collab/documents.ts";
import { DocLog } from "#server/collab/log.ts";
import { demoStudios } from "#server/demo/content/cast.ts";
import { demoPlans } from "#server/demo/content/plans/index.ts";
import { demoId } from "#server/demo/ids.ts";
import { demoLogins } from "#server/demo/people.ts";
import { seedDemo } from "#server/demo/seed.ts";
import { loadDictionaries } from "#server/dictionaries.ts";
import { readSettings } from "#server/env.ts";
import { makeSessions } from "#server/sessions.ts";
import { reindex } from "#search/reindex.ts";
import { SECRET } from "#tests/context.ts";
import { anOpenDatabase } from "#tests/database.ts";
import { asViewer } from "#tests/factories.ts";
import { anIndex } from "#tests/resources/setting.ts";

const NOW = new Date("2026-11-25T11:10:00Z");

async function theDemonstration() {
  const open = await anOpenDatabase();
  await loadDictionaries(open.db);
  const log = new DocLog((batch) => appendUpdates(open.db, batch));
  const documents = documentsOn(open.db, log);
  const seed = () => seedDemo(open.db, makeSessions(open, SECRET, "http://localhost:3000"), documents, NOW);
  expect(await seed()).toBe(true);
  expect(await seed()).toBe(false);
  return { db: open.db, documents };
}

/** What a trainee of the studio types, and what she should see first; null: nothing, honestly. */
const QUERIES: [string, string | null][] = [
  ["难点", "一盒鸡蛋"], ["分数", "分数"], ["fenshu", "分数"], ["fs", "分数"], ["蛋", "一盒鸡蛋"], ["角", "三角形的内角和"], ["分数 难点", "一盒鸡蛋"], ["分數 難點", "一盒鸡蛋"],
  ["分数的意义", "分数的意义"], ["《分数的意义》", "分数的意义"], ["分数的意义。", "分数的意义"], ["分数的意议", "分数"], ["fenshu的意义", "分数的意义"],
  ["三年级上册 分数", "分数的初步认识"], ["三上", "分数的初步认识"], ["3年级上册", "分数的初步认识"], ["人教版五年级上册", "用字母表示数"], ["北师大版三年级下册分数", "折纸里的几分之一"], ["北师大 分数", "折纸里的几分之一"], ["２０２４ 人教版", "分数的初步认识"],
  ["三角形内角和", "三角形的内角和"], ["三角形內角和等于180°", "三角形的内角和"], ["sjx", "三角形的内角和"], ["neijiaohe", "三角形的内角和"], ["用字母表示数", "用字母表示数"], ["【课例】用字母表示数", "用字母表示数"], ["字母表示数 x+5", "用字母表示数"],
  ["乘法分配律", "乘法分配律"], ["乘法分配率", "乘法分配律"], ["分配律 错例", "乘法分配律"], ["cheng fa fen pei lv", "乘法分配律"], ["折线统计图", "折线统计图"], ["折线图", "折线统计图"], ["统计图 教案", "折线统计图"],
  ["多边形面积复习课", "多边形的面积总复习"], ["平行四边形的面积公式推导", "多边形的面积总复习"], ["退位减法", "十几减几"], ["一年级 练习课", "十几减几"], ["折纸", "折纸里的几分之一"], ["复式教学", "一盒鸡蛋"], ["景宁 分数", "一盒鸡蛋"],
  ["周文澜", "周文澜小学数学名师工作室"], ["海岛工作室", "舟山群岛海岛"], ["名师直播", "名师直播"], ["磨课 三角形", "三角形的内角和"], ["重难点，怎么突破？", "一盒鸡蛋"], ["板书设计 三角形", "三角形的内角和"], ["量子", null], ["六年级", null], ["鸡兔同笼", null],
];

test("the demonstration holds a whole studio, lessons at every stage, and what teachers type finds them", { timeout: 180_000 }, async () => {
  const { db, documents } = await theDemonstration();
  const studioId = demoId("studio", "wenlan");
  const seated = await db.select({ role: seats.role, n: count() }).from(seats).where(eq(seats.studioId, studioId)).groupBy(seats.role);
  expect(Object.fromEntries(seated.map((one) => [one.role, one.n]))).toMatchObject({ master: 1, subject_lead: 10, young_teacher: 20, trainee: 60 });

  const stages = await db.selectDistinct({ state: lessonPreps.state }).from(lessonPreps);
  expect(stages.map((one) => one.state)).toEqual(expect.arrayContaining(["planned", "individual_draft", "discussion", "revision", "finalised", "taught", "reflecting", "archived"]));
  expect(demoPlans.length).toBeGreaterThanOrEqual(12);
  for (const plan of await db.select({ title: lessonPlans.title, kind: lessonPlans.kind, state: lessonPreps.state, docId: lessonPlans.docId }).from(lessonPlans).leftJoin(lessonPreps, eq(lessonPreps.id, lessonPlans.prepId))) {
    if (plan.kind === "individual" || plan.state === "planned") continue;
    const written = (await documents.read(plan.docId)).sections.map((section) => textOf(section.nodes)).join("");
    expect.soft(written.length, plan.title).toBeGreaterThan(1000);
    expect.soft(written, plan.title).not.toMatch(/lorem|占位|待补|TODO|xxx|示例文字/i);
  }

  const gatherings = await db.select().from(seminars).leftJoin(minutes, eq(minutes.seminarId, seminars.id));
  const soon = gatherings.filter(({ seminars: one }) => one.state === "scheduled" && one.startsAt > NOW && one.startsAt.getTime() - NOW.getTime() < 3_600_000 * 1.1);
  expect(soon).toHaveLength(1);
  expect(gatherings.some((one) => one.seminars.state === "reported" && one.minutes !== null)).toBe(true);
  for (const { seminars: one } of gatherings) {
    expect.soft(one.state === "reported", one.title).toBe(one.startsAt < NOW);
    const hour = (one.startsAt.getUTCHours() + 8) % 24;
    expect.soft(hour >= 7 && hour <= 21, `${one.title}: ${hour}`).toBe(true);
  }
  const kinds = await db.select({ kind: resources.kind, licence: resources.licence }).from(resources).where(eq(resources.state, "published"));
  expect(kinds.filter((one) => one.kind === "teaching_case").length).toBeGreaterThanOrEqual(4);
  expect(kinds.map((one) => one.licence)).toEqual(expect.arrayContaining(["cc_by", "cc_by_sa", "cc_by_nc", "province_edu", "studio_only", "all_rights"]));
  expect((await db.$count(resources, eq(resources.state, "submitted")))).toBe(1);

  const engine = anIndex();
  await reindex(engine, everything(db));
  const trainee = await asViewer(db, demoId("person", "zhao-heyi"));
  expect(QUERIES.length).toBeGreaterThanOrEqual(40);
  for (const [text, expected] of QUERIES) {
    const { hits, total } = await find(db, engine, trainee, readQuery(new URL(`http://localhost/resources?q=${encodeURIComponent(text)}`)));
    const titles = hits.map((hit) => hit.title.map((segment) => segment.text).join(""));
    if (expected === null) expect.soft(titles, text).toEqual([]);
    else expect.soft(titles[0] ?? "", `${text}: ${titles.slice(0, 3).join(" | ")}`).toContain(expected);
    expect.soft(total, text).toBeGreaterThanOrEqual(hits.length);
  }
});

test("everybody of the demonstration signs in with what is printed", async () => {
  const logins = demoLogins();
  expect(new Set(logins.map((one) => one.role))).toEqual(new Set(["master", "subject_lead", "young_teacher", "trainee", "region_admin", "system_operator", "school_coordinator", "moderator", "teaching_researcher"]));
  for (const one of logins) expect(Object.keys(one)).toEqual(["role", "name", "login", "password", "studioId"]);
  expect(new Set(demoStudios.flatMap((studio) => studio.seats.map((seat) => seat.person))).size).toBeLessThanOrEqual(new Set(logins.map((one) => one.login)).size);
});

test("the demonstration has its own file and listens on this machine; production and a named database are never filled unasked", () => {
  const settings = (args: string[], env: Record<string, string> = {}) => readSettings(args, { NODE_ENV: "test", DATA_DIR: "/data", ...env });
  expect(settings([])).toMatchObject({ mode: "demo", fillDemo: true, host: "127.0.0.1", database: "/data/demo.sqlite" });
  expect(settings(["--empty"])).toMatchObject({ fillDemo: false });
  expect(settings(["--production"])).toMatchObject({ mode: "production", fillDemo: false, host: "0.0.0.0", database: "/data/tongyan.sqlite" });
  expect(settings(["--production", "--demo"])).toMatchObject({ mode: "production", fillDemo: false });
  expect(settings([], { DATABASE_URL: "postgres://somewhere" })).toMatchObject({ fillDemo: false, database: "postgres://somewhere" });
  expect(settings(["--demo"], { DATABASE_URL: "postgres://somewhere" })).toMatchObject({ fillDemo: true });
  expect(settings([], { HOST: "10.0.0.5" })).toMatchObject({ host: "10.0.0.5" });
});

test("media are for this machine only where nobody comes from elsewhere; letters are from whom the mail service knows", () => {
  const settings = (env: Record<string, string>) => readSettings(["--production"], { NODE_ENV: "test", ...env });
  expect(settings({ HOST: "127.0.0.1" })).toMatchObject({ thisMachineOnly: true, mailFrom: "同研 <noreply@localhost>" });
  expect(settings({ HOST: "127.0.0.1", PUBLIC_URL: "https://tongyan.example.cn/" })).toMatchObject({ thisMachineOnly: false, publicUrl: "https://tongyan.example.cn", mailFrom: "同研 <noreply@tongyan.example.cn>" });
  expect(settings({})).toMatchObject({ thisMachineOnly: false });
  expect(settings({ PUBLIC_URL: "https://tongyan.example.cn", SMTP_URL: "smtps://jiaoyan%40example.cn:p%40ss@mail.example.cn" }).mailFrom).toBe("同研 <jiaoyan@example.cn>");
  expect(settings({ SMTP_URL: "smtp://mail.example.cn", MAIL_FROM: "教研室 <a@example.cn>" }).mailFrom).toBe("教研室 <a@example.cn>");
  expect(() => settings({ PUBLIC_URL: "tongyan.example.cn" })).toThrow("PUBLIC_URL");
  expect([settings({}).uploadBytesADay, settings({ UPLOADS_MB_A_DAY: "50" }).uploadBytesADay]).toEqual([2_000 * 1024 * 1024, 50 * 1024 * 1024]);
  for (const wrong of ["49", "0", "-1", "2 GB"]) expect(() => settings({ UPLOADS_MB_A_DAY: wrong })).toThrow("UPLOADS_MB_A_DAY");
});

test("a database that already holds people is left alone", async () => {
  const open = await anOpenDatabase();
  await loadDictionaries(open.db);
  await insertPerson(open.db, { id: newId(), name: "林雨桐", schoolId: null, stages: [], subjects: [], locale: "zh-CN", passwordHash: null }, NOW);
  const log = new DocLog((batch) => appendUpdates(open.db, batch));
  expect(await seedDemo(open.db, makeSessions(open, SECRET, "http://localhost:3000"), documentsOn(open.db, log), NOW)).toBe(false);
  expect(await open.db.$count(persons)).toBe(1);
});
