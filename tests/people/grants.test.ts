import type { AppLoadContext } from "@remix-run/node";
import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { mayGrant } from "#app/people/grant-policy.ts";
import { endGrant, findPeopleToAppoint, grantFor, grantRole, grantToEnd } from "#app/people/grants.server.ts";
import { withheldWithout } from "#app/people/second-factor.server.ts";
import { action as inbox } from "#app/routes/inbox.read/route.ts";
import { loader as moderation } from "#app/routes/moderation/route.tsx";
import { loader as region } from "#app/routes/regions.$regionId._index/route.tsx";
import { loader as review } from "#app/routes/resources.review/route.tsx";
import { loader as teachers } from "#app/routes/schools.$schoolId.teachers/route.tsx";
import { listGrantsBelow, listGrantsOfRoles } from "#db/grants.ts";
import { listWaitingJobs } from "#db/jobs.ts";
import { auditLog, identities, notifications } from "#db/schema/index.ts";
import type { Viewer } from "#db/viewer.ts";
import { makeSeals } from "#server/seals.ts";
import { aContext, aForm, SECRET } from "#tests/context.ts";
import { aDatabase, anOpenDatabase } from "#tests/database.ts";
import { aGrant, asViewer, aTeacher, EVENING, places } from "#tests/factories.ts";

const statusOf = async (act: Promise<unknown>) => ((await act.catch((error: unknown) => error)) as Response).status;

async function setting() {
  const db = await aDatabase();
  const where = await places(db);
  const operator = await aGrant(db, await aTeacher(db, { name: "系统员" }), "system_operator", "system");
  const administrator = await aGrant(db, await aTeacher(db, { name: "钱守正" }), "region_admin", "region", where.cityId);
  return { db, ...where, operator, administrator };
}

test("who appoints whom", async () => {
  const { operator, administrator, cityId, countyId, provinceId, otherCountyId } = await setting();
  const inside = { regionPath: [countyId, cityId, provinceId] };
  const outside = { regionPath: [otherCountyId, provinceId] };
  const may = (who: Viewer) => ({
    region_admin: mayGrant(who, { role: "region_admin", scopeType: "region", ...inside }),
    moderator: mayGrant(who, { role: "moderator", scopeType: "system", regionPath: [] }),
    system_operator: mayGrant(who, { role: "system_operator", scopeType: "system", regionPath: [] }),
    coordinator: mayGrant(who, { role: "school_coordinator", scopeType: "school", ...inside }),
    coordinatorElsewhere: mayGrant(who, { role: "school_coordinator", scopeType: "school", ...outside }),
    researcher: mayGrant(who, { role: "teaching_researcher", scopeType: "region", ...inside }),
    operatorOfARegion: mayGrant(who, { role: "system_operator", scopeType: "region", ...inside }),
  });
  const nothing = { region_admin: false, moderator: false, system_operator: false, coordinator: false, coordinatorElsewhere: false, researcher: false, operatorOfARegion: false };
  expect(may(operator)).toEqual({ ...nothing, region_admin: true, moderator: true, system_operator: true });
  expect(may(administrator)).toEqual({ ...nothing, coordinator: true, researcher: true });
  expect(may({ ...administrator, grants: [] })).toEqual(nothing);
});

test("the operator appoints an administrator, who is confirmed by it and told; twice is once; ended, it is over", async () => {
  const { db, operator, cityId } = await setting();
  const person = await aTeacher(db, { name: "叶青", verified: false });
  const offer = await grantFor(db, operator, "region_admin", "region", cityId);
  expect(await grantRole(db, operator, person.id, offer, EVENING)).toBe("granted");
  expect(await grantRole(db, operator, person.id, offer, EVENING)).toBe("granted");
  expect(await asViewer(db, person)).toMatchObject({ verified: true, grants: [{ role: "region_admin", scopeType: "region", scopeId: cityId }] });
  expect((await db.select({ kind: notifications.kind }).from(notifications).where(eq(notifications.personId, person.id))).map((one) => one.kind)).toEqual(["roleGrantedIn"]);
  expect((await db.select({ act: auditLog.act }).from(auditLog).where(eq(auditLog.onBehalfOf, person.id))).map((one) => one.act).sort()).toEqual(["identity.confirmed", "role.granted"]);
  expect(await listWaitingJobs(db)).toMatchObject([{ kind: "person.confirmed", payload: { personId: person.id } }, { kind: "access.changed", payload: { personIds: [person.id] } }]);

  const grant = (await listGrantsOfRoles(db, ["region_admin"])).find((one) => one.personId === person.id);
  expect(await statusOf(grantToEnd(db, await asViewer(db, person), grant?.id))).toBe(404);
  expect(await endGrant(db, operator, await grantToEnd(db, operator, grant?.id), EVENING)).toBe("ended");
  expect((await asViewer(db, person)).grants).toEqual([]);
});

test("an administrator appoints a coordinator of a school below and of no other", async () => {
  const { db, administrator, cityId, countyId, schoolId, villageSchoolId, provinceId } = await setting();
  const person = await aTeacher(db, { name: "顾小满" });
  expect(await statusOf(grantFor(db, administrator, "school_coordinator", "school", villageSchoolId))).toBe(403);
  expect(await statusOf(grantFor(db, administrator, "teaching_researcher", "region", provinceId))).toBe(403);
  expect(await statusOf(grantFor(db, administrator, "region_admin", "region", countyId))).toBe(403);
  await grantRole(db, administrator, person.id, await grantFor(db, administrator, "school_coordinator", "school", schoolId));
  expect(await listGrantsBelow(db, cityId)).toMatchObject([{ name: "顾小满", role: "school_coordinator", place: "运河边小学" }]);
});

test("the last system operator cannot be ended", async () => {
  const { db, operator } = await setting();
  const [own] = await listGrantsOfRoles(db, ["system_operator"]);
  expect(await endGrant(db, operator, await grantToEnd(db, operator, own?.id))).toBe("last");
  await grantRole(db, operator, (await aTeacher(db)).id, await grantFor(db, operator, "system_operator", "system", ""));
  expect(await endGrant(db, operator, await grantToEnd(db, operator, own?.id))).toBe("ended");
});

test("people are found by the whole name or login, below the region where one is given", async () => {
  const { db, cityId, villageSchoolId } = await setting();
  const sessions = makeSeals(SECRET);
  const [here, there] = [await aTeacher(db, { name: "顾小满" }), await aTeacher(db, { name: "顾小满", schoolId: villageSchoolId })];
  await db.update(identities).set({ phoneHash: sessions.keyedHash("phone:13800000000") }).where(eq(identities.personId, there.id));
  const found = async (typed: string, regionId: string | null) => (await findPeopleToAppoint(db, sessions, typed, regionId)).map((one) => one.id).sort();
  expect(await found("顾小满", null)).toEqual([here.id, there.id].sort());
  expect(await found("顾小满", cityId)).toEqual([here.id]);
  expect(await found("138 0000 0000", null)).toEqual([there.id]);
  expect(await found("138 0000 0000", cityId)).toEqual([]);
  expect(await found("顾小", null)).toEqual([]);
});

test("the notice of an appointment leads to the page of the office, which opens for whoever was appointed; one that waits for a second factor says what for", async () => {
  const open = await anOpenDatabase();
  const { db } = open;
  const { cityId, schoolId } = await places(db);
  const operator = await aGrant(db, await aTeacher(db, { name: "系统员" }), "system_operator", "system");
  const administrator = await aGrant(db, await aTeacher(db, { name: "钱守正" }), "region_admin", "region", cityId);
  const asked = (who: Viewer, params: Record<string, string>, request = new Request("http://localhost:3000/")) => ({ request, params, context: aContext(open, who) as AppLoadContext });
  const offices = [
    [operator, "region_admin", "region", cityId, `/regions/${cityId}`, (who: Viewer) => region(asked(who, { regionId: cityId }))],
    [operator, "moderator", "system", "", "/moderation", (who: Viewer) => moderation(asked(who, {}))],
    [administrator, "school_coordinator", "school", schoolId, `/schools/${schoolId}/teachers`, (who: Viewer) => teachers(asked(who, { schoolId }))],
    [administrator, "teaching_researcher", "region", cityId, "/resources/review", (who: Viewer) => review(asked(who, {}))],
  ] as const;
  const goes = (who: Viewer, href: string) => inbox(asked(who, {}, aForm("/inbox/read", { notice: "all", open: href }))).catch((thrown: Response) => thrown.headers.get("location"));
  for (const [by, role, scopeType, scopeId, page, load] of offices) {
    const person = await aTeacher(db, { name: "叶青" });
    await grantRole(db, by, person.id, await grantFor(db, by, role, scopeType, scopeId), EVENING);
    const [notice] = await db.select().from(notifications).where(eq(notifications.personId, person.id));
    expect(notice?.href, role).toBe(page);
    const holder = await asViewer(db, person);
    expect(await load(holder).catch((refused: Response) => `${role}: ${refused.status}`)).toBeTypeOf("object");
    expect(await goes(holder, page)).toBe(page);
    if (role === "region_admin") expect(await goes(await withheldWithout(db, holder), page)).toBe("/me/second-factor");
  }
});
