import { afterEach, expect, test, vi } from "vitest";
import { changePassword } from "#app/people/change-logins.server.ts";
import { readLoginName } from "#app/people/login-name.ts";
import { issuePasswordLink, readPasswordLink, requestPasswordLink, setPasswordByLink } from "#app/people/one-time-link.server.ts";
import { sealedLogin } from "#app/people/register.server.ts";
import { setLogins } from "#db/identities.ts";
import { listWaitingJobs } from "#db/jobs.ts";
import { makeSessions } from "#server/sessions.ts";
import { SECRET } from "#tests/context.ts";
import { anOpenDatabase } from "#tests/database.ts";
import { aTeacher } from "#tests/factories.ts";

const [KNOWN, FRESH, THEIRS] = ["一起备好每一节课", "那就换一句别的话", "谁都想不到的一句"];

afterEach(() => void vi.useRealTimers());

async function setting() {
  const open = await anOpenDatabase();
  const { db } = open;
  const sessions = makeSessions(open, SECRET, "http://localhost:3000");
  const teacher = await aTeacher(db, { passwordHash: await sessions.hash(KNOWN) });
  const login = readLoginName("lin@example.cn");
  if (!login) throw new Error("no login");
  await setLogins(db, teacher.id, { email: null, phone: null, employeeNo: null, ...sealedLogin(sessions, login) });
  const signIn = (password: string) => sessions.signIn(new Request("http://localhost:3000/sign-in", { method: "POST" }), "lin@example.cn", password);
  const opens = async (headers: Headers) => (await sessions.personOf(new Headers({ cookie: headers.getSetCookie().map((one) => one.split(";")[0]).join("; ") }))) === teacher.id;
  const letter = async () => {
    await requestPasswordLink(db, sessions, "lin@example.cn");
    const job = (await listWaitingJobs(db)).findLast(({ kind }) => kind === "mail.send");
    return sessions.unseal(String(job?.payload.secret));
  };
  return { db, sessions, teacher, signIn, opens, letter };
}

test("who signs in by the old password while it is changed comes out with no session", async () => {
  const { db, sessions, teacher, signIn, opens, letter } = await setting();
  const token = await letter();
  const hash = await sessions.hash(FRESH);
  // Comparing a password takes a while: all of them began before it was changed.
  const trying = Array.from({ length: 5 }, () => signIn(KNOWN));
  await new Promise((resolve) => setTimeout(resolve, 5));
  expect(await setPasswordByLink(db, token, hash)).toBe(teacher.id);
  for (const outcome of await Promise.all(trying)) expect("headers" in outcome && (await opens(outcome.headers))).toBe(false);
  const outcome = await signIn(FRESH);
  expect("headers" in outcome && (await opens(outcome.headers))).toBe(true);
});

test("who knew the old password sets no other after its owner did", async () => {
  const { db, sessions, teacher, letter } = await setting();
  const token = await letter();
  const hash = await sessions.hash(FRESH);
  const trying = changePassword(db, sessions, teacher.id, { old: KNOWN, fresh: THEIRS });
  await new Promise((resolve) => setTimeout(resolve, 5));
  await setPasswordByLink(db, token, hash);
  expect(await trying).toEqual({ oldPassword: { key: "people:logins.wrong" } });
  expect(await sessions.check(teacher.id, FRESH)).toBe("right");
});

test("a link that waits in a mailbox or on a slip of paper ends when its owner changes the password or the logins", async () => {
  const { db, sessions, teacher, letter } = await setting();
  const token = await letter();
  expect(await readPasswordLink(db, token)).toBeDefined();
  expect(await changePassword(db, sessions, teacher.id, { old: KNOWN, fresh: FRESH })).toBeUndefined();
  expect(await readPasswordLink(db, token)).toBeUndefined();
});

test("a thousand guesses at once are slowed like one after the other", async () => {
  const { signIn } = await setting();
  const outcomes = await Promise.all(Array.from({ length: 100 }, (_, no) => signIn(`猜一猜的密码${no}`)));
  expect(outcomes.filter((outcome) => "refused" in outcome && outcome.refused === "slow").length).toBeGreaterThan(90);
});

test("nobody learns from the pauses whether a login is somebody's, nor that two are one person's", async () => {
  const { db, sessions, teacher } = await setting();
  const [mail, phone] = [readLoginName("lin@example.cn"), readLoginName("13800001111")];
  if (!mail || !phone) throw new Error("no login");
  await setLogins(db, teacher.id, { email: null, phone: null, employeeNo: null, ...sealedLogin(sessions, mail), ...sealedLogin(sessions, phone) });
  // No pause ends meanwhile, however long comparing takes.
  vi.useFakeTimers({ toFake: ["Date"] });
  const tries = async (login: string) => {
    const outcome = await sessions.signIn(new Request("http://localhost:3000/sign-in", { method: "POST" }), login, "猜一猜的密码");
    return "refused" in outcome && outcome.refused;
  };
  const guesses = async (...logins: string[]) => {
    const had: (string | boolean)[] = [];
    for (const login of logins) had.push(await tries(login));
    return had;
  };
  const written = (name: string) => [0, 1, 2, 3, 4, 5].map((no) => `${" ".repeat(no)}${name}@EXAMPLE.cn`);
  expect(await guesses(...written("Lin"), "lin@example.cn")).toEqual(await guesses(...written("Nobody"), "nobody@example.cn"));
  expect(await guesses("lin@example.cn", "13800001111")).toEqual(["slow", "wrong"]);
});
