import { eq } from "drizzle-orm";
import type { ActionFunctionArgs } from "@remix-run/node";
import { expect, test } from "vitest";
import { frozenFor, personFor } from "#app/people/access.server.ts";
import { freeze, lift } from "#app/people/freeze.server.ts";
import { endGrant, grantToEnd } from "#app/people/grants.server.ts";
import { readLoginName } from "#app/people/login-name.ts";
import { readPasswordLink, requestPasswordLink } from "#app/people/one-time-link.server.ts";
import { sealedLogin } from "#app/people/register.server.ts";
import { action as signInAt } from "#app/routes/sign-in/route.tsx";
import { listGrantsOfRoles } from "#db/grants.ts";
import { setLogins } from "#db/identities.ts";
import { listWaitingJobs } from "#db/jobs.ts";
import { auditLog, freezes } from "#db/schema/index.ts";
import { findViewer, type Viewer } from "#db/viewer.ts";
import { makeSessions } from "#server/sessions.ts";
import { aContext, aForm, SECRET } from "#tests/context.ts";
import { anOpenDatabase } from "#tests/database.ts";
import { aGrant, aTeacher, EVENING, places } from "#tests/factories.ts";

const PASSWORD = "一起备好每一节课";
const statusOf = async (act: Promise<unknown>) => ((await act.catch((error: unknown) => error)) as Response).status;

async function setting() {
  const open = await anOpenDatabase();
  const { db } = open;
  const where = await places(db);
  const sessions = makeSessions(open, SECRET, "http://localhost:3000");
  const operator = await aGrant(db, await aTeacher(db, { name: "系统员" }), "system_operator", "system");
  const teacher = await aTeacher(db, { name: "林雨桐", locale: "en", passwordHash: await sessions.hash(PASSWORD) });
  const login = readLoginName("lin@example.cn");
  if (!login) throw new Error("no login");
  await setLogins(db, teacher.id, { email: null, phone: null, employeeNo: null, ...sealedLogin(sessions, login) });
  const freezing = async (who: Viewer, whom: Viewer, reason = "账号被人借用") => freeze(db, who, await personFor(db, who, "freeze", whom.id), reason, EVENING);
  const signsIn = async (password: string) => {
    const answer = (await signInAt({ request: aForm("/sign-in", { login: "lin@example.cn", password }), params: {}, context: aContext(open, null) } as unknown as ActionFunctionArgs).catch((thrown: unknown) => thrown)) as { data?: unknown; status?: number; init?: { status: number } }; // an answer, or a redirect
    return { status: answer.init?.status ?? answer.status, said: answer.data };
  };
  return { db, ...where, sessions, operator, teacher, freezing, signsIn };
}

test("a system operator freezes an account with a reason: nobody is inside by it any more, and nothing that a letter holds opens it", async () => {
  const { db, sessions, operator, teacher, freezing } = await setting();
  const cookie = new Headers({ cookie: (await sessions.open(new Request("http://localhost:3000"), teacher.id)).getSetCookie().map((one) => one.split(";")[0]).join("; ") });
  await requestPasswordLink(db, sessions, "lin@example.cn", EVENING);
  const [letter] = await listWaitingJobs(db);
  const token = sessions.unseal(String(letter?.payload.secret));
  expect(await readPasswordLink(db, token, EVENING)).toMatchObject({ personId: teacher.id });
  expect(await freezing(operator, teacher)).toBe("frozen");
  expect([await sessions.personOf(cookie), await findViewer(db, teacher.id)]).toEqual([null, undefined]);
  expect(await listWaitingJobs(db)).toMatchObject([{ kind: "mail.send" }, { kind: "access.changed", payload: { personIds: [teacher.id] } }]);
  expect(await readPasswordLink(db, token, EVENING)).toBeUndefined();
  await requestPasswordLink(db, sessions, "lin@example.cn", EVENING);
  expect((await listWaitingJobs(db)).map((job) => job.kind)).toEqual(["mail.send", "access.changed"]);
  const [entry] = await db.select().from(auditLog).where(eq(auditLog.act, "account.frozen"));
  expect(entry).toMatchObject({ personId: operator.id, onBehalfOf: teacher.id, detail: { reason: "账号被人借用" } });
});

test("whose account is frozen is told so and why in her language, by her password alone; lifted, she comes in", async () => {
  const { db, operator, teacher, freezing, signsIn } = await setting();
  await freezing(operator, teacher);
  expect(await signsIn("猜一猜的密码")).toMatchObject({ status: 422, said: { problems: { form: { key: "people:signIn.wrong" } } } });
  expect(await signsIn(PASSWORD)).toMatchObject({ status: 403, said: { frozen: { locale: "en", title: expect.stringContaining("Your account is frozen"), reason: "账号被人借用" } } });
  await lift(db, operator, await frozenFor(db, operator, teacher.id), EVENING);
  expect(await signsIn(PASSWORD)).toMatchObject({ status: 302 });
  expect(await db.select().from(freezes).where(eq(freezes.personId, teacher.id))).toMatchObject([{ frozenBy: operator.id, to: EVENING, liftedBy: operator.id }]);
  expect(await statusOf(frozenFor(db, operator, teacher.id))).toBe(404);
});

test("nobody else freezes or lifts: no officer of a region or school, no moderator, and nobody herself", async () => {
  const { db, cityId, schoolId, operator, teacher, freezing } = await setting();
  const others = [
    await aGrant(db, await aTeacher(db), "region_admin", "region", cityId),
    await aGrant(db, await aTeacher(db), "school_coordinator", "school", schoolId),
    await aGrant(db, await aTeacher(db), "moderator", "system"),
    await aTeacher(db),
  ];
  for (const one of others) expect(await statusOf(freezing(one, teacher))).toBe(404);
  expect(await statusOf(freezing(operator, operator))).toBe(404);
  await freezing(operator, teacher);
  for (const one of others) expect(await statusOf(frozenFor(db, one, teacher.id))).toBe(404);
});

test("a system operator is always left who can lift it: of two who freeze each other one remains, and a frozen one counts for nobody's end of office", async () => {
  const { db, operator, freezing } = await setting();
  const second = await aGrant(db, await aTeacher(db, { name: "第二位" }), "system_operator", "system");
  const [mine, theirs] = [await personFor(db, operator, "freeze", second.id), await personFor(db, second, "freeze", operator.id)];
  expect(await freeze(db, operator, mine, "试", EVENING)).toBe("frozen");
  expect(await freeze(db, second, theirs, "试", EVENING)).toBe("last");
  const [own] = (await listGrantsOfRoles(db, ["system_operator"])).filter((one) => one.personId === operator.id);
  expect(await endGrant(db, operator, await grantToEnd(db, operator, own?.id))).toBe("last");
  expect(await statusOf(freezing(operator, second))).toBe(404);
});
