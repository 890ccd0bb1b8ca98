import { insertPerson } from "#db/identities.ts";
import { giveConsent } from "#db/consents.ts";
import { regions, roleGrants, schools, seats, settings, studioFigures, studioGroups, studios, studioTerms } from "#db/schema/index.ts";
import type { Db } from "#db/types.ts";
import type { DemoPerson as DemoEntrance } from "#app/people/demo-people.server.ts";
import { CONSENT_VERSION } from "#app/people/consent.ts";
import type { Sessions } from "#app/people/sessions.ts";
import { demoOffices, demoPeople, demoStudios, type DemoStudio } from "./content/cast.ts";
import { demoSchools } from "./content/schools.ts";
import { demoId } from "./ids.ts";
import { DEMO_PASSWORD, demoLogin } from "./people.ts";

/** Schools, people with their offices, studios with every seat. What has an act of its own afterwards (lessons, seminars) is seeded by that act. */
export async function seedPeople(tx: Db, sessions: Sessions, now: Date): Promise<void> {
  const codes = new Map((await tx.select({ id: regions.id, code: regions.code }).from(regions)).map((region) => [region.code, region.id]));
  const region = (code: string) => found(codes.get(code), `region ${code}`);
  await tx.insert(schools).values(demoSchools.map(({ key, county, ...school }) => ({ id: demoId("school", key), regionId: region(county), ...school })));

  const passwordHash = await sessions.hash(DEMO_PASSWORD);
  const joined = new Date("2025-09-01T01:00:00Z");
  for (const person of demoPeople) {
    const login = demoLogin(person.key);
    await insertPerson(
      tx,
      {
        id: demoId("person", person.key),
        name: person.name,
        schoolId: person.school ? demoId("school", person.school) : null,
        stages: [person.stage],
        subjects: [person.subject],
        locale: "zh-CN",
        startedTeachingOn: person.startedTeachingOn,
        intro: person.intro ?? "",
        passwordHash,
        employeeNo: { sealed: sessions.seal(login), hash: sessions.keyedHash(`employee_no:${login}`) },
        verified: { by: demoId("person", "xu-meizhen"), at: joined },
      },
      joined,
    );
    for (const purpose of ["service", "evidence", "display_name"] as const) await giveConsent(tx, demoId("person", person.key), purpose, CONSENT_VERSION, joined);
  }
  for (const office of demoOffices) {
    const [type = "system", ref = ""] = office.scope.split(":");
    const scopeId = type === "region" ? region(ref) : type === "school" ? demoId("school", ref) : "";
    await tx.insert(roleGrants).values({ personId: demoId("person", office.person), role: office.role, scopeType: type as "system" | "region" | "school", scopeId, from: joined });
  }
  for (const studio of demoStudios) await seedStudio(tx, studio, region(studio.region), now);
  await tx.insert(settings).values({ key: "demo.people", value: entrances(), at: now });
}

async function seedStudio(tx: Db, studio: DemoStudio, regionId: string, now: Date): Promise<void> {
  const studioId = demoId("studio", studio.key);
  const termId = demoId("term", studio.key);
  const master = found(studio.seats.find((seat) => seat.role === "master"), "a master");
  const from = new Date(`${studio.term.from}T00:00:00+08:00`);
  await tx.insert(studios).values({
    id: studioId,
    name: studio.name,
    slug: studio.key,
    level: studio.level,
    regionId,
    stages: ["primary"],
    subject: "mathematics",
    status: "active",
    intro: studio.intro,
    quota: { ...studio.quota, trainee: null },
    recruitPolicy: studio.recruitPolicy,
    masterId: demoId("person", master.person),
    termId,
    approvedBy: demoId("person", "shen-lianqing"),
    approvedAt: from,
    createdAt: from,
  });
  await tx.insert(studioTerms).values({ id: termId, studioId, no: studio.term.no, from, to: new Date(`${studio.term.to}T00:00:00+08:00`) });
  await tx.insert(studioFigures).values({ studioId, members: studio.seats.length, asOf: now });
  await tx.insert(studioGroups).values(studio.groups.map((group) => ({ id: demoId("group", group.key), studioId, name: group.name, createdAt: from })));
  await tx.insert(seats).values(
    studio.seats.map((seat) => ({
      id: demoId("seat", `${studio.key}:${seat.person}`),
      studioId,
      personId: demoId("person", seat.person),
      role: seat.role,
      groupId: seat.group ? demoId("group", seat.group) : null,
      isHome: true,
      from,
      givenBy: demoId("person", master.person),
    })),
  );
}

/** The people whom the sign-in page offers: one or two of each kind. */
function entrances(): DemoEntrance[] {
  const offered: [string, string][] = [
    ["zhou-wenlan", "名师 · 周文澜工作室"],
    ["chen-jinghao", "学科带头人 · 数与代数组 · 主备人"],
    ["he-lixia", "学科带头人 · 图形与几何组 · 景宁"],
    ["lin-yutong", "青年教师"],
    ["lan-xiaoman", "青年教师 · 教学点"],
    ["zhao-heyi", "网络学员 · 文成县"],
    ["lin-tingzhou", "名师 · 海岛工作室"],
    ["shen-lianqing", "杭州市区域管理员"],
    ["qiu-shiyan", "教研员"],
    ["xu-meizhen", "学校协调人"],
    ["tang-wanying", "内容管理员"],
    ["gao-yuan", "系统管理员"],
  ];
  return offered.map(([key, note]) => ({ id: demoId("person", key), name: demoPeople.find((one) => one.key === key)?.name ?? key, note }));
}

function found<Value>(value: Value | undefined, what: string): Value {
  if (value === undefined) throw new Error(`the demonstration lacks ${what}`);
  return value;
}
