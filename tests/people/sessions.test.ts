import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { newToken, requestPasswordLink } from "#app/people/one-time-link.server.ts";
import { readLoginName } from "#app/people/login-name.ts";
import { sealedLogin } from "#app/people/register.server.ts";
import { setLogins } from "#db/identities.ts";
import { listWaitingJobs } from "#db/jobs.ts";
import { authAccounts, authSessions, oneTimeLinks, persons } from "#db/schema/index.ts";
import { findViewer } from "#db/viewer.ts";
import { makeSessions, type PasswordGiven } from "#server/sessions.ts";
import { SECRET } from "#tests/context.ts";
import { anOpenDatabase } from "#tests/database.ts";
import { aTeacher, EVENING } from "#tests/factories.ts";

const DAY = 86_400_000;
const cookieOf = (headers: Headers) => new Headers({ cookie: headers.getSetCookie().map((one) => one.split(";")[0]).join("; ") });

async function setting(publicUrl = "http://localhost:3000") {
  const open = await anOpenDatabase();
  const given: PasswordGiven[] = [];
  const sessions = makeSessions(open, SECRET, publicUrl, (one) => given.push(one));
  const teacher = await aTeacher(open.db, { passwordHash: await sessions.hash("一起备好每一节课") });
  const login = readLoginName("lin@example.cn");
  if (!login) throw new Error("no login");
  await setLogins(open.db, teacher.id, { email: null, phone: null, employeeNo: null, ...sealedLogin(sessions, login) });
  const comesIn = async (from: Headers = new Headers()) => cookieOf(await sessions.open(new Request(publicUrl, { headers: from }), teacher.id));
  return { db: open.db, sessions, teacher, comesIn, given };
}

test("whoever signs in again goes on in a new session, and the one before opens nothing", async () => {
  const { sessions, teacher, comesIn } = await setting("https://tongyan.example");
  const elsewhere = await comesIn();
  const first = await comesIn();
  const second = await comesIn(first);
  expect(second.get("cookie")).not.toBe(first.get("cookie"));
  expect([await sessions.personOf(first), await sessions.personOf(second), await sessions.personOf(elsewhere)]).toEqual([null, teacher.id, teacher.id]);
});

test("a session that nobody used for a fortnight is over, and one of ninety days in any case", async () => {
  const { db, sessions, teacher, comesIn } = await setting();
  const [unused, old, young] = [await comesIn(), await comesIn(), await comesIn()];
  const tokenOf = (headers: Headers) => decodeURIComponent(headers.get("cookie")?.split("=")[1] ?? "").split(".")[0] ?? "";
  // Were the cookie gone after a fortnight, whoever comes every week would be signed out all the same.
  const set = (await sessions.open(new Request("http://localhost:3000"), teacher.id)).getSetCookie().join();
  expect(Number(/Max-Age=(\d+)/.exec(set)?.[1]) * 1000).toBe(90 * DAY);
  const [row] = await db.select().from(authSessions).where(eq(authSessions.token, tokenOf(unused)));
  expect((row?.expiresAt.getTime() ?? 0) - Date.now()).toBeLessThanOrEqual(14 * DAY);
  await db.update(authSessions).set({ expiresAt: new Date(Date.now() - 1_000) }).where(eq(authSessions.token, tokenOf(unused)));
  await db.update(authSessions).set({ createdAt: new Date(Date.now() - 91 * DAY) }).where(eq(authSessions.token, tokenOf(old)));
  await db.update(authSessions).set({ createdAt: new Date(Date.now() - 89 * DAY) }).where(eq(authSessions.token, tokenOf(young)));
  expect([await sessions.personOf(unused), await sessions.personOf(old), await sessions.personOf(young)]).toEqual([null, null, teacher.id]);
});

test("an account that is frozen, or whose owner has left, is nobody's from the next request on", async () => {
  const { db, sessions, teacher, comesIn } = await setting();
  const cookie = await comesIn();
  const seen = async () => findViewer(db, (await sessions.personOf(cookie)) ?? "");
  expect(await seen()).toMatchObject({ id: teacher.id });
  for (const status of ["frozen", "left", "erased"] as const) {
    await db.update(persons).set({ status }).where(eq(persons.id, teacher.id));
    expect(await seen(), status).toBeUndefined();
  }
});

test("a session's token is long and by chance, and one that was made up or changed opens nothing", async () => {
  const { sessions, comesIn } = await setting();
  const cookies = await Promise.all(Array.from({ length: 20 }, () => comesIn()));
  const tokens = cookies.map((one) => decodeURIComponent(one.get("cookie") ?? "").split("=")[1]?.split(".")[0] ?? "");
  expect(new Set(tokens).size).toBe(20);
  for (const token of tokens) expect(token).toMatch(/^[A-Za-z0-9]{32,}$/);
  const forged = (cookies[0]?.get("cookie") ?? "").replace(tokens[0] ?? "", tokens[1] ?? "");
  expect(await sessions.personOf(new Headers({ cookie: forged }))).toBeNull();
});

test("of one account five letters an hour are sent, whoever asks and however often", async () => {
  const { db, sessions } = await setting();
  for (let no = 0; no < 8; no += 1) await requestPasswordLink(db, sessions, "lin@example.cn", new Date(EVENING.getTime() + no * 60_000));
  const letters = async () => (await listWaitingJobs(db)).filter((job) => job.kind === "mail.send").length;
  expect(await letters()).toBe(5);
  await requestPasswordLink(db, sessions, "lin@example.cn", new Date(EVENING.getTime() + 62 * 60_000));
  expect(await letters()).toBe(6);
});

test("every password that is given is told, by account and outcome, and neither it nor the login", async () => {
  const { sessions, teacher, given } = await setting();
  const request = new Request("http://localhost:3000/sign-in", { method: "POST", headers: { "x-request-id": "01R" } });
  await sessions.signIn(request, "lin@example.cn", "不是这个密码啊");
  await sessions.signIn(request, "lin@example.cn", "一起备好每一节课");
  await sessions.signIn(request, "nobody@example.cn", "一起备好每一节课");
  await sessions.check(teacher.id, "不是这个密码啊");
  expect(given.map(({ account, outcome, requestId }) => [account === teacher.id, outcome, requestId])).toEqual([[true, "wrong", "01R"], [true, "right", "01R"], [false, "wrong", "01R"], [true, "wrong", undefined]]);
  expect(JSON.stringify(given)).not.toMatch(/example|密码|备好/);
});

test("a password is taken as it was typed, to the letter and the space, and kept so that it costs to guess at", async () => {
  const { db, sessions, teacher } = await setting();
  const odd = " Yi Qi备课 ";
  const [one, two] = [await sessions.hash(odd), await sessions.hash(odd)];
  expect(one).not.toBe(two);
  // A salt of its own and 64 bytes of scrypt.
  for (const hash of [one, two]) expect(hash).toMatch(/^[0-9a-f]{32}:[0-9a-f]{128}$/);
  await db.update(authAccounts).set({ password: one }).where(eq(authAccounts.userId, teacher.id));
  const given = [odd, odd.trim(), odd.toLowerCase(), odd.slice(0, -1), `${odd} `];
  expect(await Promise.all(given.map((typed) => sessions.check(teacher.id, typed)))).toEqual(["right", "wrong", "wrong", "wrong", "wrong"]);
});

test("a link's secret is by chance, long, and kept as a hash alone", async () => {
  const { db, sessions } = await setting();
  const made = Array.from({ length: 50 }, newToken);
  expect(new Set(made.map(({ token }) => token)).size).toBe(50);
  for (const { token, tokenHash } of made) {
    expect(token).toMatch(/^[\w-]{32}$/);
    expect(tokenHash).toMatch(/^[\w-]{43}$/);
  }
  await requestPasswordLink(db, sessions, "lin@example.cn", EVENING);
  const [job] = await listWaitingJobs(db);
  const token = sessions.unseal(String(job?.payload.secret));
  expect(JSON.stringify(await db.select().from(oneTimeLinks)) + JSON.stringify(job)).not.toContain(token);
});

test("what would put another line into a letter is no address", () => {
  for (const typed of ["lin@example.cn\r\nBcc: all@example.cn", "lin@example.cn\nSubject: x", "lin@example.cn,all@example.cn x", "<lin@example.cn> all@example.cn"]) expect(readLoginName(typed)?.kind, typed).not.toBe("email");
});
