import { eq } from "drizzle-orm";
import { expect, onTestFinished, test, vi } from "vitest";
import { personFor } from "#app/people/access.server.ts";
import { changePassword } from "#app/people/change-logins.server.ts";
import { freeze } from "#app/people/freeze.server.ts";
import { readLoginName } from "#app/people/login-name.ts";
import { canOnPerson, type PersonFacts } from "#app/people/policy.ts";
import { sealedLogin } from "#app/people/register.server.ts";
import { lacksSecondFactor, offerSecret, readOffer, removeSecondFactor, renewRecoveryCodes, turnOffSecondFactor, turnOnSecondFactor } from "#app/people/second-factor.server.ts";
import { codeAt, newRecoveryCode, newSecret, stepOf } from "#app/people/totp.server.ts";
import { setLogins } from "#db/identities.ts";
import { auditLog, authAccounts, notifications, recoveryCodes, secondFactors } from "#db/schema/index.ts";
import { makeSessions, type PasswordGiven } from "#server/sessions.ts";
import { viewerOf } from "#server/web.ts";
import { SECRET } from "#tests/context.ts";
import { anOpenDatabase } from "#tests/database.ts";
import { aGrant, aTeacher, EVENING, places } from "#tests/factories.ts";

const PASSWORD = "一起备好每一节课";
const ORIGIN = "http://localhost:3000";
const cookiesOf = (headers: Headers) => headers.getSetCookie().map((one) => one.split(";")[0]).join("; ");
const asking = (cookie: string) => new Request(`${ORIGIN}/sign-in/code`, { method: "POST", headers: { cookie } });
/** The interval that is now, and what a device shows in it. */
const now = () => Math.floor(Date.now() / 30_000);

async function setting() {
  const open = await anOpenDatabase();
  const { db } = open;
  const where = await places(db);
  const given: PasswordGiven[] = [];
  const sessions = makeSessions(open, SECRET, ORIGIN, (one) => given.push(one));
  const teacher = await aTeacher(db, { name: "林雨桐", passwordHash: await sessions.hash(PASSWORD) });
  const login = readLoginName("lin@example.cn");
  if (!login) throw new Error("no login");
  await setLogins(db, teacher.id, { email: null, phone: null, employeeNo: null, ...sealedLogin(sessions, login) });
  const signsIn = async () => {
    const entered = await sessions.signIn(new Request(ORIGIN), "lin@example.cn", PASSWORD);
    if (!("headers" in entered)) throw new Error(entered.refused);
    return { asks: entered.asks, cookie: cookiesOf(entered.headers) };
  };
  /** Turned on some minutes ago, so that no code of now is used up. */
  const turnedOn = async () => {
    const secret = newSecret();
    const step = now() - 10;
    const done = await turnOnSecondFactor(db, sessions, teacher.id, secret, codeAt(secret, step), null, new Date(step * 30_000));
    if (!("codes" in done)) throw new Error("not turned on");
    return { secret, codes: done.codes };
  };
  const personOf = (cookie: string) => sessions.personOf(new Headers({ cookie }));
  return { open, db, ...where, sessions, given, teacher, signsIn, turnedOn, personOf };
}

test("codes are those of RFC 6238, taken about now and never twice", () => {
  const secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"; // "12345678901234567890", as its appendix B has it
  for (const [at, code] of [[59, "287082"], [1111111109, "081804"], [1111111111, "050471"], [1234567890, "005924"], [2000000000, "279037"], [20000000000, "353130"]] as const) {
    const step = Math.floor(at / 30);
    expect(codeAt(secret, step)).toBe(code);
    const when = (seconds: number) => new Date((at + seconds) * 1000);
    expect([stepOf(secret, code, 0, when(0)), stepOf(secret, code, 0, when(30)), stepOf(secret, code, 0, when(-30)), stepOf(secret, code, 0, when(90)), stepOf(secret, code, 0, when(-60))]).toEqual([step, step, step, undefined, undefined]);
    expect(stepOf(secret, code, step, when(0))).toBeUndefined();
  }
  expect(stepOf(secret, "28708", 0, new Date(59_000))).toBeUndefined();
  expect(newSecret()).toMatch(/^[A-Z2-7]{32}$/);
  expect(newRecoveryCode()).toMatch(/^([a-z2-7]{6}-){3}[a-z2-7]{6}$/);
});

test("whoever has turned it on is asked for a code after the password, and comes in by none other, nor by the same one twice", { timeout: 120_000 }, async () => {
  const { db, sessions, given, teacher, signsIn, turnedOn, personOf } = await setting();
  expect(await signsIn()).toMatchObject({ asks: undefined });
  const { secret } = await turnedOn();
  const { asks, cookie } = await signsIn();
  expect([asks, await personOf(cookie)]).toEqual(["code", null]);
  expect(await sessions.finish(asking(cookie), "none at all")).toEqual({ refused: "wrong" });
  const code = codeAt(secret, now());
  const done = await sessions.finish(asking(cookie), ` ${code.slice(0, 3)} ${code.slice(3)}`);
  expect("headers" in done && (await personOf(cookiesOf(done.headers)))).toBe(teacher.id);
  expect(await sessions.finish(asking((await signsIn()).cookie), code)).toEqual({ refused: "wrong" });
  expect(given.filter((one) => one.code).map(({ account, outcome }) => [account, outcome])).toEqual([[teacher.id, "wrong"], [teacher.id, "right"], [teacher.id, "wrong"]]);
  expect(JSON.stringify([await db.select().from(secondFactors), given])).not.toMatch(new RegExp(`${secret}|${code}`));
});

test("a recovery code stands in for the device once, is kept as a hash alone, and others end them all", { timeout: 120_000 }, async () => {
  const { db, sessions, teacher, signsIn, turnedOn, personOf } = await setting();
  const { codes } = await turnedOn();
  expect(new Set(codes).size).toBe(8);
  for (const code of codes) expect(JSON.stringify(await db.select().from(recoveryCodes))).not.toContain(code.slice(0, 6));
  const { cookie } = await signsIn();
  const done = await sessions.finish(asking(cookie), (codes[0] ?? "").toUpperCase().replaceAll("-", " "));
  expect("headers" in done && (await personOf(cookiesOf(done.headers)))).toBe(teacher.id);
  expect(await sessions.finish(asking(cookie), codes[0] ?? "")).toEqual({ refused: "wrong" });
  expect((await db.select().from(auditLog)).map((entry) => entry.act)).toEqual(["second_factor.on", "recovery_code.used"]);
  expect(await renewRecoveryCodes(db, sessions, teacher.id, "猜一猜的密码")).toEqual({ problems: { password: { key: "people:logins.wrong" } } });
  const renewed = await renewRecoveryCodes(db, sessions, teacher.id, PASSWORD);
  expect(await sessions.finish(asking(cookie), codes[1] ?? "")).toEqual({ refused: "wrong" });
  expect(await sessions.finish(asking(cookie), ("codes" in renewed && renewed.codes[1]) || "")).toHaveProperty("headers");
});

test("wrong codes are slowed for the account, whichever browser they come from, and the right one then as well", { timeout: 120_000 }, async () => {
  const { sessions, signsIn, turnedOn } = await setting();
  const { secret } = await turnedOn();
  const browsers = [(await signsIn()).cookie, (await signsIn()).cookie];
  // However slow the machine is, no pause passes meanwhile.
  vi.spyOn(Date, "now").mockReturnValue(Date.now());
  onTestFinished(() => void vi.restoreAllMocks());
  const outcomes: string[] = [];
  for (let no = 0; no < 7; no += 1) {
    const answer = await sessions.finish(asking(browsers[no % 2] ?? ""), `1${no}-none`);
    outcomes.push("refused" in answer ? answer.refused : "in");
  }
  expect(outcomes).toEqual(["wrong", "wrong", "wrong", "wrong", "wrong", "wrong", "slow"]);
  expect(await sessions.finish(asking(browsers[0] ?? ""), codeAt(secret, now()))).toEqual({ refused: "slow" });
});

test("what waits between password and code opens nothing by itself, ends with the password and the account, and cannot be made up", { timeout: 120_000 }, async () => {
  const { db, sessions, teacher, signsIn, turnedOn, open } = await setting();
  const { codes } = await turnedOn();
  const another = makeSessions(open, `${SECRET}别处的`, ORIGIN);
  const made = (what: object) => `code=${encodeURIComponent(another.seal(JSON.stringify(what)))}`;
  const sealed = (what: object) => `code=${encodeURIComponent(sessions.seal(JSON.stringify(what)))}`;
  const [account] = await db.select().from(authAccounts).where(eq(authAccounts.userId, teacher.id));
  const right = { purpose: "sign in", personId: teacher.id, passwordSetAt: account?.updatedAt.getTime(), until: Date.now() + 60_000 };
  expect(await sessions.finish(asking(sealed(right)), "none")).toEqual({ refused: "wrong" });
  for (const cookie of ["", "code=none", made(right), sealed({ ...right, until: Date.now() - 1 }), sealed({ ...right, purpose: "second factor" })]) expect(await sessions.finish(asking(cookie), codes[0] ?? ""), cookie).toEqual({ refused: "gone" });
  const before = (await signsIn()).cookie;
  expect(await changePassword(db, sessions, teacher.id, { old: PASSWORD, fresh: "通分与约分都要会" })).toBeUndefined();
  expect(await sessions.finish(asking(before), codes[0] ?? "")).toEqual({ refused: "gone" });
  expect(await changePassword(db, sessions, teacher.id, { old: "通分与约分都要会", fresh: PASSWORD })).toBeUndefined();
  const operator = await aGrant(db, await aTeacher(db), "system_operator", "system");
  const again = (await signsIn()).cookie;
  await freeze(db, operator, await personFor(db, operator, "freeze", teacher.id), "账号被人借用");
  expect(await sessions.finish(asking(again), codes[0] ?? "")).toEqual({ refused: "gone" });
});

test("a link for a forgotten password sets the password alone: the code is asked for all the same", async () => {
  const { sessions, teacher, turnedOn, personOf } = await setting();
  await turnedOn();
  const entered = await sessions.enter(new Request(ORIGIN), teacher.id);
  expect([entered.asks, await personOf(cookiesOf(entered.headers))]).toEqual(["code", null]);
});

test("the secret waits with its own person's browser, not for long; turned on or off, it ends what is open elsewhere", async () => {
  const { db, sessions, teacher, personOf } = await setting();
  const colleague = await aTeacher(db);
  const sealed = offerSecret(sessions, teacher.id, EVENING);
  const offer = readOffer(sessions, sealed, teacher, EVENING);
  expect(offer?.address).toBe(`otpauth://totp/%E5%90%8C%E7%A0%94:%E6%9E%97%E9%9B%A8%E6%A1%90?secret=${offer?.secret}&issuer=%E5%90%8C%E7%A0%94`);
  expect([readOffer(sessions, sealed, colleague, EVENING), readOffer(sessions, sealed, teacher, new Date(EVENING.getTime() + 16 * 60_000)), readOffer(sessions, `${sealed}x`, teacher, EVENING), readOffer(sessions, undefined, teacher, EVENING)]).toEqual([undefined, undefined, undefined, undefined]);
  const comesIn = async () => cookiesOf(await sessions.open(new Request(ORIGIN), teacher.id));
  const [here, elsewhere] = [await comesIn(), await comesIn()];
  const hereId = await sessions.sessionOf(asking(here));
  const secret = offer?.secret ?? "";
  expect(await turnOnSecondFactor(db, sessions, teacher.id, secret, "000", hereId)).toEqual({ problems: { code: { key: "people:second.wrong" } } });
  expect(await personOf(elsewhere)).toBe(teacher.id);
  expect(await turnOnSecondFactor(db, sessions, teacher.id, secret, codeAt(secret, now()), hereId)).toHaveProperty("codes");
  expect([await personOf(here), await personOf(elsewhere)]).toEqual([teacher.id, null]);
  expect(await turnOnSecondFactor(db, sessions, teacher.id, secret, codeAt(secret, now()), hereId)).toEqual({ problems: { form: { key: "people:second.already" } } });
  const other = await comesIn();
  expect(await turnOffSecondFactor(db, sessions, teacher.id, "猜一猜的密码", hereId)).toEqual({ password: { key: "people:logins.wrong" } });
  expect(await turnOffSecondFactor(db, sessions, teacher.id, PASSWORD, hereId)).toBeUndefined();
  expect([await personOf(here), await personOf(other), (await db.select().from(recoveryCodes)).length]).toEqual([teacher.id, null, 0]);
});

test("who may take a lost one away: never oneself, nor whoever hands out links for the password", async () => {
  const { db, cityId, countyId, provinceId, otherCountyId, schoolId, teacher } = await setting();
  const facts: PersonFacts = { id: teacher.id, schoolId, regionPath: [countyId, cityId, provinceId], governs: false, hasEmail: false, hasSecondFactor: true };
  const holding = async (...grant: [Parameters<typeof aGrant>[2], Parameters<typeof aGrant>[3], string?]) => aGrant(db, await aTeacher(db), ...grant);
  const administrator = await holding("region_admin", "region", cityId);
  const both = { ...administrator, grants: [...administrator.grants, { role: "school_coordinator", scopeType: "school", scopeId: schoolId } as const] };
  const who = { "a system operator": await holding("system_operator", "system"), "the region's administrator": administrator, "who is coordinator as well": both, "another region's": await holding("region_admin", "region", otherCountyId), "the school's coordinator": await holding("school_coordinator", "school", schoolId), "a moderator": await holding("moderator", "system"), herself: teacher };
  const may = (given: Partial<PersonFacts>) => Object.entries(who).filter(([, viewer]) => canOnPerson(viewer, "removeSecondFactor", { ...facts, ...given })).map(([name]) => name);
  expect(may({})).toEqual(["a system operator", "the region's administrator"]);
  expect(may({ governs: true })).toEqual(["a system operator"]);
  expect(may({ hasSecondFactor: false })).toEqual([]);
});

test("somebody who lost the device is helped by an officer: it is written down, she is told, and the password is asked for still", async () => {
  const { db, sessions, teacher, signsIn, turnedOn, personOf, cityId } = await setting();
  await turnedOn();
  const elsewhere = cookiesOf(await sessions.open(new Request(ORIGIN), teacher.id));
  const administrator = await aGrant(db, await aTeacher(db, { name: "钱守正" }), "region_admin", "region", cityId);
  await removeSecondFactor(db, administrator, await personFor(db, administrator, "removeSecondFactor", teacher.id), EVENING);
  expect(await db.select().from(auditLog).where(eq(auditLog.act, "second_factor.removed"))).toMatchObject([{ personId: administrator.id, onBehalfOf: teacher.id }]);
  expect(await db.select().from(notifications).where(eq(notifications.personId, teacher.id))).toMatchObject([{ kind: "secondFactorRemoved", params: { name: "钱守正" } }]);
  expect([await personOf(elsewhere), await personOf((await signsIn()).cookie)]).toEqual([null, teacher.id]);
});

test("whose offices ask for one are asked; where it is demanded, the offices wait for it and nothing else does", async () => {
  const { open, db, cityId, turnedOn, teacher } = await setting();
  const demanding = makeSessions(open, SECRET, ORIGIN, undefined, { secondFactorDemanded: true });
  const administrator = await aGrant(db, await aGrant(db, teacher, "region_admin", "region", cityId), "moderator", "system");
  const moderator = await aGrant(db, await aTeacher(db), "moderator", "system");
  expect([await lacksSecondFactor(db, administrator), await lacksSecondFactor(db, moderator)]).toEqual([true, false]);
  const seen = async () => viewerOf({ db, sessions: demanding }, new Headers({ cookie: cookiesOf(await demanding.open(new Request(ORIGIN), teacher.id)) }))();
  const waiting = await seen();
  expect([waiting?.grants.map((one) => one.role), waiting?.withheld?.map((one) => one.role)]).toEqual([["moderator"], ["region_admin"]]);
  expect(waiting && (await lacksSecondFactor(db, waiting))).toBe(true);
  await turnedOn();
  const after = await seen();
  expect([after?.grants.map((one) => one.role).sort(), after?.withheld, after && (await lacksSecondFactor(db, after))]).toEqual([["moderator", "region_admin"], undefined, false]);
});
