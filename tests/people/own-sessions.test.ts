import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { deviceOf } from "#app/people/device.ts";
import { endOwnSessions, ownSessions } from "#app/people/own-sessions.server.ts";
import { action, loader } from "#app/routes/me.sessions/route.tsx";
import { listWaitingJobs } from "#db/jobs.ts";
import { auditLog, authSessions } from "#db/schema/index.ts";
import { makeSessions } from "#server/sessions.ts";
import { aContext, aForm, SECRET } from "#tests/context.ts";
import { anOpenDatabase } from "#tests/database.ts";
import { aTeacher, EVENING } from "#tests/factories.ts";

const PASSWORD = "一起备好每一节课";
const EDGE = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36 Edg/140.0.0.0";
const WECHAT = "Mozilla/5.0 (Linux; Android 14; 23127PN0CC) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/126.0.0.0 Mobile Safari/537.36 MMWEBID/1 MicroMessenger/8.0.50";

async function setting() {
  const open = await anOpenDatabase();
  const { db } = open;
  const sessions = makeSessions(open, SECRET, "http://localhost:3000");
  const passwordHash = await sessions.hash(PASSWORD);
  const [teacher, colleague] = [await aTeacher(db, { passwordHash }), await aTeacher(db, { passwordHash })];
  const comesIn = async (personId: string, userAgent = EDGE) => {
    const cookie = (await sessions.open(new Request("http://localhost:3000", { headers: { "user-agent": userAgent } }), personId)).getSetCookie().map((one) => one.split(";")[0]).join("; ");
    const headers = new Headers({ cookie });
    return { headers, id: (await sessions.sessionOf({ headers } as Request)) ?? "" };
  };
  return { open, db, sessions, teacher, colleague, comesIn };
}

test("a person sees where she is signed in, in plain words and here first, and neither what is over nor what is somebody else's", async () => {
  const { open, db, teacher, colleague, comesIn } = await setting();
  const [here, phone, old, over] = [await comesIn(teacher.id), await comesIn(teacher.id, WECHAT), await comesIn(teacher.id), await comesIn(teacher.id)];
  await comesIn(colleague.id);
  await db.update(authSessions).set({ createdAt: new Date(Date.now() - 91 * 86_400_000) }).where(eq(authSessions.id, old.id));
  await db.update(authSessions).set({ expiresAt: new Date(Date.now() - 1_000) }).where(eq(authSessions.id, over.id));
  const request = new Request("http://localhost:3000/me/sessions", { headers: here.headers });
  const { sessions: seen } = await loader({ request, params: {}, context: aContext(open, teacher) } as unknown as LoaderFunctionArgs); // only what the route asks for
  expect(seen.map(({ id, device, here: isHere }) => [id, device, isHere])).toEqual([
    [here.id, { system: "windows", browser: "edge" }, true],
    [phone.id, { system: "android", browser: "wechat" }, false],
  ]);
  const tokens = (await db.select({ token: authSessions.token }).from(authSessions)).map((row) => row.token);
  for (const token of tokens) expect(JSON.stringify(seen)).not.toContain(token);
});

test("by her password she ends one or all others, of her own alone, and everybody inside is asked again", async () => {
  const { db, sessions, teacher, colleague, comesIn } = await setting();
  const [here, one, other, theirs] = [await comesIn(teacher.id), await comesIn(teacher.id), await comesIn(teacher.id), await comesIn(colleague.id)];
  const open = () => Promise.all([here, one, other, theirs].map(async ({ headers }) => (await sessions.personOf(headers)) !== null));
  expect(await endOwnSessions(db, sessions, teacher.id, { except: here.id }, "猜一猜的密码")).toEqual({ password: { key: "people:logins.wrong" } });
  expect(await endOwnSessions(db, sessions, teacher.id, { only: theirs.id }, PASSWORD)).toBeUndefined();
  expect(await open()).toEqual([true, true, true, true]);
  expect(await listWaitingJobs(db)).toEqual([]);
  expect(await endOwnSessions(db, sessions, teacher.id, { only: one.id }, PASSWORD, EVENING)).toBeUndefined();
  expect(await open()).toEqual([true, false, true, true]);
  expect(await listWaitingJobs(db)).toMatchObject([{ kind: "access.changed", payload: { personIds: [teacher.id] } }]);
  expect(await endOwnSessions(db, sessions, teacher.id, { except: here.id }, PASSWORD, EVENING)).toBeUndefined();
  expect(await open()).toEqual([true, false, false, true]);
  expect((await db.select().from(auditLog)).map(({ act, detail }) => [act, detail])).toEqual([["sessions.ended", { count: 1 }], ["sessions.ended", { count: 1 }]]);
});

test("the page's own button keeps the session that presses it", async () => {
  const { open, db, sessions, teacher, comesIn } = await setting();
  const [here, other] = [await comesIn(teacher.id), await comesIn(teacher.id)];
  const form = aForm("/me/sessions", { which: "others", password: PASSWORD });
  form.headers.set("cookie", here.headers.get("cookie") ?? "");
  const pressing = action({ request: form, params: {}, context: aContext(open, teacher) } as unknown as ActionFunctionArgs); // the same
  await expect(pressing).rejects.toMatchObject({ status: 302 });
  expect([await sessions.personOf(here.headers), await sessions.personOf(other.headers)]).toEqual([teacher.id, null]);
  expect(await ownSessions(db, teacher.id, here.id)).toHaveLength(1);
});

test("devices are told apart by what their browsers say, and what says nothing is not guessed at", () => {
  const said: [string, string][] = [
    ["Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1", "iphone safari"],
    ["Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36", "mac chrome"],
    ["Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", "linux firefox"],
    ["Mozilla/5.0 (Phone; OpenHarmony 5.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/114.0.0.0 Safari/537.36 ArkWeb/4.1.6.1 Mobile", "harmony chrome"],
    ["Mozilla/5.0 (Windows NT 10.0; WOW64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/118.0.0.0 Safari/537.36 QQBrowser/15.0", "windows qq"],
    ["node", "unknown unknown"],
    ["", "unknown unknown"],
  ];
  expect(said.map(([userAgent]) => Object.values(deviceOf(userAgent)).join(" "))).toEqual(said.map(([, expected]) => expected));
});
