import { createHook } from "node:async_hooks";
import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import { eq } from "drizzle-orm";
import pino from "pino";
import { expect, test } from "vitest";
import type { AppContext } from "#app/context.ts";
import { changeLogins } from "#app/people/change-logins.server.ts";
import { readLoginName } from "#app/people/login-name.ts";
import { firstOperatorToken, makeFirstOperator, setupLinkWorks } from "#app/people/first-operator.server.ts";
import { issuePasswordLink, readPasswordLink, requestPasswordLink, setPasswordByLink } from "#app/people/one-time-link.server.ts";
import { personFor } from "#app/people/access.server.ts";
import { register, type Registration, sealedLogin } from "#app/people/register.server.ts";
import { action as forgotAt } from "#app/routes/password.forgot/route.tsx";
import { action as issueAt, loader as pageAt } from "#app/routes/people.$personId.password-link/route.tsx";
import { findIdentity, insertPerson } from "#db/identities.ts";
import { newId } from "#db/ids.ts";
import { type JobPayloads, listWaitingJobs } from "#db/jobs.ts";
import { identities, oneTimeLinks } from "#db/schema/index.ts";
import { type JobServices, makeHandlers } from "#server/jobs/handlers.ts";
import { sendPasswordLetter } from "#server/jobs/password-letter.ts";
import { makeMail } from "#server/mail.ts";
import { makeSessions } from "#server/sessions.ts";
import { aContext, aForm, SECRET } from "#tests/context.ts";
import { anOpenDatabase } from "#tests/database.ts";
import { aGrant, asViewer, aTeacher, EVENING, places } from "#tests/factories.ts";

const later = (ms: number) => new Date(EVENING.getTime() + ms);
const request = new Request("http://localhost:3000/sign-in", { method: "POST" });

function login(typed: string) {
  const name = readLoginName(typed);
  if (!name) throw new Error(typed);
  return name;
}

async function setting() {
  const open = await anOpenDatabase();
  const { schoolId } = await places(open.db);
  const sessions = makeSessions(open, SECRET, "http://localhost:3000");
  const lin: Registration = { name: "林雨桐", login: login("Lin@Example.cn"), password: "分数的意义", schoolId, stage: "primary", subject: "mathematics", locale: "zh-CN", displayName: true };
  return { open, db: open.db, sessions, lin, schoolId };
}

test("a teacher registers, signs in with the same address written otherwise, and nothing readable of it is stored", async () => {
  const { db, sessions, lin } = await setting();
  const made = await register(db, sessions, lin, EVENING);
  if (made === "taken") throw new Error("taken");
  expect(await asViewer(db, made.personId)).toMatchObject({ name: "林雨桐", verified: false, seats: [] });
  expect(JSON.stringify(await findIdentity(db, made.personId))).not.toMatch(/example/i);
  expect(await sessions.signIn(request, "lin@example.cn", "分数的意义")).toMatchObject({ personId: made.personId });
  expect(await sessions.signIn(request, "lin@example.cn", "分数的意思")).toEqual({ refused: "wrong" });
  expect(await sessions.signIn(request, "nobody@example.cn", "分数的意义")).toEqual({ refused: "wrong" });
  expect(await register(db, sessions, { ...lin, name: "另一个人" }, EVENING)).toBe("taken");
});

test("a session is a cookie that ends with signing out", async () => {
  const { db, sessions, lin } = await setting();
  const made = await register(db, sessions, lin, EVENING);
  if (made === "taken") throw new Error("taken");
  const headers = await sessions.open(request, made.personId);
  const cookie = headers.getSetCookie().map((one) => one.split(";")[0]).join("; ");
  const withCookie = new Request("http://localhost:3000/", { headers: { cookie } });
  expect(await sessions.personOf(withCookie.headers)).toBe(made.personId);
  expect(headers.getSetCookie().join()).toMatch(/HttpOnly/i);
  await sessions.signOut(withCookie);
  expect(await sessions.personOf(withCookie.headers)).toBeNull();
  expect(await sessions.personOf(new Headers({ cookie: cookie.replace(/.{4}$/, "AAAA") }))).toBeNull();
});

test("a forgotten password: a sealed letter waits, the link works once, old sessions end", async () => {
  const { db, sessions, lin } = await setting();
  const made = await register(db, sessions, lin, EVENING);
  if (made === "taken") throw new Error("taken");
  const old = (await sessions.open(request, made.personId)).getSetCookie().map((one) => one.split(";")[0]).join("; ");
  await requestPasswordLink(db, sessions, "nobody@example.cn", EVENING);
  expect(await listWaitingJobs(db)).toEqual([]);
  await requestPasswordLink(db, sessions, "lin@example.cn", EVENING);
  const [job] = await listWaitingJobs(db);
  const token = sessions.unseal(String(job?.payload.secret));
  expect(await readPasswordLink(db, token, later(59 * 60_000))).toMatchObject({ name: "林雨桐" });
  expect(await readPasswordLink(db, token, later(61 * 60_000))).toBeUndefined();
  expect(await setPasswordByLink(db, token, await sessions.hash("通分与约分"), later(1000))).toBe(made.personId);
  expect(await setPasswordByLink(db, token, await sessions.hash("再来一次"), later(2000))).toBeUndefined();
  expect(await sessions.signIn(request, "lin@example.cn", "通分与约分")).toMatchObject({ personId: made.personId });
  expect(await sessions.personOf(new Headers({ cookie: old }))).toBeNull();
});

test("a coordinator hands a colleague without e-mail a link, but no other school's, and none to an administrator", async () => {
  const { db, schoolId } = await setting();
  const { villageSchoolId, countyId } = await places(db);
  const coordinator = await aGrant(db, await aTeacher(db, { name: "校办" }), "school_coordinator", "school", schoolId);
  const colleague = await aTeacher(db, { name: "何立夏" });
  const elsewhere = await aTeacher(db, { name: "蓝小满", schoolId: villageSchoolId });
  const officer = await aGrant(db, await aTeacher(db, { name: "区里的" }), "region_admin", "region", countyId);
  const token = await issuePasswordLink(db, coordinator, await personFor(db, coordinator, "issueLink", colleague.id), EVENING);
  expect(await readPasswordLink(db, token, later(1000))).toMatchObject({ personId: colleague.id });
  for (const person of [elsewhere, officer, coordinator]) await expect(personFor(db, coordinator, "issueLink", person.id)).rejects.toMatchObject({ status: 404 });
  await expect(personFor(db, colleague, "issueLink", coordinator.id)).rejects.toMatchObject({ status: 404 });
});

test("an account with an e-mail is nobody else's to open: its page says how, a link is refused, and one from before ends", async () => {
  const { open, db, sessions, lin, schoolId } = await setting();
  const coordinator = await aGrant(db, await aTeacher(db, { name: "校办" }), "school_coordinator", "school", schoolId);
  const made = await register(db, sessions, { ...lin, login: login("GS-2041") }, EVENING);
  if (made === "taken") throw new Error("taken");
  const { personId } = made;
  const page = (site: Partial<AppContext["site"]>) => pageAt({ request, params: { personId }, context: aContext(open, coordinator, { site: { publicUrl: "", demo: false, mail: true, ...site } }) } as unknown as LoaderFunctionArgs); // only what this route asks for
  expect(await page({})).toEqual({ name: "林雨桐", byMail: false, mail: true });
  const token = await issuePasswordLink(db, coordinator, await personFor(db, coordinator, "issueLink", personId));
  expect(await readPasswordLink(db, token)).toMatchObject({ personId });

  expect(await changeLogins(db, sessions, personId, { email: "lin@example.cn", phone: "", employee_no: "" }, lin.password)).toBeUndefined();
  await expect(personFor(db, coordinator, "issueLink", personId)).rejects.toMatchObject({ status: 404 });
  await expect(issueAt({ request, params: { personId }, context: aContext(open, coordinator) } as unknown as ActionFunctionArgs)).rejects.toMatchObject({ status: 404 });
  expect(await readPasswordLink(db, token)).toBeUndefined();
  expect(await setPasswordByLink(db, token, await sessions.hash("通分与约分"))).toBeUndefined();
  expect(await page({})).toEqual({ name: "林雨桐", byMail: true, mail: true });
  expect(await page({ mail: false })).toEqual({ name: "林雨桐", byMail: true, mail: false });
});

test("without SMTP the letter with the link stands in the log, where the link works", async () => {
  const { db, sessions, lin } = await setting();
  await register(db, sessions, lin, EVENING);
  await requestPasswordLink(db, sessions, "lin@example.cn");
  const [job] = await listWaitingJobs(db);
  const said: string[] = [];
  const log = pino({}, { write: (line: string) => void said.push(line) });
  await sendPasswordLetter({ db, sessions, mail: makeMail(undefined, "", log), publicUrl: "http://localhost:3000" } as unknown as JobServices, job?.payload as JobPayloads["mail.send"]); // only what letters need
  const [, token = ""] = /http:\/\/localhost:3000\/password\/reset\/([\w-]+)/.exec(said.join("")) ?? [];
  expect(await readPasswordLink(db, token)).toMatchObject({ name: "林雨桐" });
});

test("as much is computed for a login that is nobody's, and for an account without a password, as for a wrong password", async () => {
  const { db, sessions, lin, schoolId } = await setting();
  await register(db, sessions, lin, EVENING);
  await insertPerson(db, { id: newId(), name: "何立夏", schoolId, stages: ["primary"], subjects: ["mathematics"], locale: "zh-CN", passwordHash: null, ...sealedLogin(sessions, login("he@example.cn")) }, EVENING);
  const hashes = async (name: string) => {
    let count = 0;
    const counting = createHook({ init: (_id, type) => void (count += type === "SCRYPTREQUEST" ? 1 : 0) }).enable();
    expect(await sessions.signIn(request, name, "分数的意思")).toEqual({ refused: "wrong" });
    counting.disable();
    return count;
  };
  expect([await hashes("lin@example.cn"), await hashes("nobody@example.cn"), await hashes("he@example.cn")]).toEqual([1, 1, 1]);
});

test("asking for a letter does the same whether or not the login is somebody's, before the page answers; who it is for is found afterwards", async () => {
  const { open, db, sessions, lin } = await setting();
  await register(db, sessions, lin, EVENING);
  const asks = async (login: string) => {
    const before = (await listWaitingJobs(db)).length;
    const answer = await forgotAt({ request: aForm("/password/forgot", { login }), params: {}, context: aContext(open, null, { sessions }) } as unknown as ActionFunctionArgs); // only what this route asks for
    return { answer, jobs: (await listWaitingJobs(db)).slice(before) };
  };
  const [known, unknown] = [await asks("lin@example.cn"), await asks("nobody@example.cn")];
  expect(unknown.answer).toEqual(known.answer);
  for (const { jobs } of [known, unknown]) expect(jobs).toMatchObject([{ kind: "password.asked" }]);
  expect(JSON.stringify([known.jobs, unknown.jobs])).not.toContain("example.cn");
  expect(await db.select().from(oneTimeLinks)).toEqual([]);
  const handlers = makeHandlers({ db, sessions, seminars: {} } as unknown as JobServices); // only what this job needs
  for (const { jobs } of [known, unknown]) await handlers["password.asked"]?.(jobs[0]?.payload as JobPayloads["password.asked"]);
  expect((await listWaitingJobs(db)).filter(({ kind }) => kind === "mail.send")).toHaveLength(1);
});

test("a letter calls its reader by a name, and by nothing that somebody else would have her read or follow", async () => {
  const { db, sessions, lin } = await setting();
  const made = await register(db, sessions, lin, EVENING);
  const personId = made === "taken" ? "" : made.personId;
  const letters: string[] = [];
  const mail = { works: true, send: async ({ text }: { text: string }) => void letters.push(text) };
  for (const name of ["林雨桐", "阿依古丽·买买提", "Mary O'Neil", "领奖http://evil.example/", "evil.example", "您中奖了，请点下面", "林\nhttp:", "<b>林</b>"]) {
    await db.update(identities).set({ name }).where(eq(identities.personId, personId));
    await sendPasswordLetter({ db, sessions, mail, publicUrl: "http://localhost:3000" } as unknown as JobServices, { personId, kind: "password", linkId: "", secret: sessions.seal("x") } as JobPayloads["mail.send"]); // only what letters need
  }
  expect(letters.map((text) => text.split("\n")[0])).toEqual(["林雨桐老师：", "阿依古丽·买买提老师：", "Mary O'Neil老师：", "您好：", "您好：", "您好：", "您好：", "您好："]);
});

test("an empty installation makes its first operator once", async () => {
  const { db, sessions } = await setting();
  const token = await firstOperatorToken(db, EVENING);
  if (!token) throw new Error("no token");
  expect(await setupLinkWorks(db, token, later(1000))).toBe(true);
  expect(await setupLinkWorks(db, "别的", later(1000))).toBe(false);
  const given = { name: "系统管理员", login: login("OPS-0001"), password: "开始工作吧", locale: "zh-CN" as const };
  const made = await makeFirstOperator(db, sessions, token, given, later(1000));
  expect(made).toHaveProperty("personId");
  expect(await makeFirstOperator(db, sessions, token, { ...given, login: login("OPS-0002") }, later(2000))).toBe("gone");
  expect(await firstOperatorToken(db, later(3000))).toBeUndefined();
  expect((await asViewer(db, (made as { personId: string }).personId)).grants).toEqual([{ role: "system_operator", scopeType: "system", scopeId: "" }]);
});
