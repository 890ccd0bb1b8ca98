import { expect, test } from "vitest";
import { changeLogins, changePassword } from "#app/people/change-logins.server.ts";
import { CONSENT_VERSION } from "#app/people/consent.ts";
import { readLoginName } from "#app/people/login-name.ts";
import { ownData, ownLogins } from "#app/people/own-data.server.ts";
import { register } from "#app/people/register.server.ts";
import { giveConsent, withdrawConsent } from "#db/consents.ts";
import { findTeacher, findTeachersNamed, searchTeachers } from "#db/people-search.ts";
import { makeSessions } from "#server/sessions.ts";
import { SECRET } from "#tests/context.ts";
import { aDatabase, anOpenDatabase } from "#tests/database.ts";
import { aTeacher, EVENING, places } from "#tests/factories.ts";

const request = new Request("http://localhost:3000/sign-in", { method: "POST" });
const PASSWORD = "一起备好每一节课";

async function setting() {
  const open = await anOpenDatabase();
  const { schoolId } = await places(open.db);
  const sessions = makeSessions(open, SECRET, "http://localhost:3000");
  const registered = async (name: string, typed: string) => {
    const login = readLoginName(typed);
    if (!login) throw new Error(typed);
    const made = await register(open.db, sessions, { name, login, password: PASSWORD, schoolId, stage: "primary", subject: "mathematics", locale: "zh-CN", displayName: false }, EVENING);
    if (made === "taken") throw new Error("taken");
    return made.personId;
  };
  return { db: open.db, sessions, registered };
}

test("one registers with a phone or an employee number, and signs in with it as one writes it", async () => {
  const { sessions, registered } = await setting();
  const [phone, number] = [await registered("林雨桐", "138 0571 0001"), await registered("何立夏", "hz-0815")];
  expect(await sessions.signIn(request, "+86 138-0571-0001", PASSWORD)).toMatchObject({ personId: phone });
  expect(await sessions.signIn(request, "HZ-0815", PASSWORD)).toMatchObject({ personId: number });
});

test("a teacher corrects her logins by her password; the old one opens nothing any more", async () => {
  const { db, sessions, registered } = await setting();
  const id = await registered("林雨桐", "13805710001");
  const change = (typed: Partial<Record<"email" | "phone" | "employee_no", string>>, password = PASSWORD) => changeLogins(db, sessions, id, { email: "", phone: "", employee_no: "", ...typed }, password, EVENING);
  expect(await change({ phone: "13905710009" }, "猜一猜的密码")).toEqual({ password: { key: "people:logins.wrong" } });
  expect(await change({ phone: "13905710009", email: "Lin@Example.cn" })).toBeUndefined();
  expect(await ownLogins(db, sessions, id)).toEqual({ email: "lin@example.cn", phone: "13905710009", employee_no: null });
  expect(await sessions.signIn(request, "13805710001", PASSWORD)).toEqual({ refused: "wrong" });
  expect(await sessions.signIn(request, "lin@example.cn", PASSWORD)).toMatchObject({ personId: id });
});

test("a login that is none, that is somebody else's, or the last one taken away is said beside its field, and nothing is changed", async () => {
  const { db, sessions, registered } = await setting();
  const id = await registered("林雨桐", "13805710001");
  await registered("何立夏", "he@example.cn");
  const change = (typed: Partial<Record<"email" | "phone" | "employee_no", string>>) => changeLogins(db, sessions, id, { email: "", phone: "", employee_no: "", ...typed }, PASSWORD, EVENING);
  expect(await change({})).toEqual({ form: { key: "people:logins.noneLeft" } });
  expect(await change({ email: "13805710001", phone: "lin@example.cn" })).toEqual({ email: { key: "people:logins.unknown.email" }, phone: { key: "people:logins.unknown.phone" } });
  expect(await change({ email: "HE@example.cn", phone: "13805710001" })).toEqual({ email: { key: "people:register.taken" } });
  expect(await ownLogins(db, sessions, id)).toEqual({ email: null, phone: "13805710001", employee_no: null });
});

test("another password is set by the old one, and what was open elsewhere ends", async () => {
  const { db, sessions, registered } = await setting();
  const id = await registered("林雨桐", "13805710001");
  const elsewhere = new Headers({ cookie: (await sessions.open(request, id)).getSetCookie().map((one) => one.split(";")[0]).join("; ") });
  expect(await changePassword(db, sessions, id, { old: "不是这一个", fresh: "通分与约分" }, EVENING)).toEqual({ oldPassword: { key: "people:logins.wrong" } });
  expect(await sessions.personOf(elsewhere)).toBe(id);
  expect(await changePassword(db, sessions, id, { old: PASSWORD, fresh: "通分与约分" }, EVENING)).toBeUndefined();
  expect(await sessions.personOf(elsewhere)).toBeNull();
  expect(await sessions.signIn(request, "13805710001", "通分与约分")).toMatchObject({ personId: id });
});

test("what one downloads is what is kept of oneself: who, consents by purpose and version, logins readable", async () => {
  const { db, sessions, registered } = await setting();
  const id = await registered("林雨桐", "13805710001");
  const data = await ownData(db, sessions, id);
  expect(data).toMatchObject({ profile: { name: "林雨桐" }, logins: { phone: "13805710001" }, signedIn: [], secondFactorSince: null, freezes: [] });
  expect((data.consents as { purpose: string; textVersion: string }[]).map((one) => `${one.purpose} ${one.textVersion}`).sort()).toEqual([`evidence ${CONSENT_VERSION}`, `service ${CONSENT_VERSION}`]);
});

test("by name only those are found who agreed to it, until they take it back; oneself one finds", async () => {
  const db = await aDatabase();
  const { provinceId } = await places(db);
  const teacher = await aTeacher(db, { name: "俞晴川" });
  const asker = await aTeacher(db);
  const found = async () => [(await searchTeachers(db, provinceId, "晴川")).length, (await findTeachersNamed(db, provinceId, "俞晴川", asker.id)).length, (await findTeacher(db, provinceId, teacher.id)) ? 1 : 0];
  expect(await found()).toEqual([1, 1, 1]);
  await withdrawConsent(db, teacher.id, "display_name", EVENING);
  expect(await found()).toEqual([0, 0, 0]);
  expect(await findTeachersNamed(db, provinceId, "俞晴川", teacher.id)).toHaveLength(1);
  await giveConsent(db, teacher.id, "display_name", CONSENT_VERSION, EVENING);
  expect(await found()).toEqual([1, 1, 1]);
});
