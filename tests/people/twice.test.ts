import type { ActionFunctionArgs } from "@remix-run/node";
import { expect, test } from "vitest";
import { firstOperatorToken } from "#app/people/first-operator.server.ts";
import { action as registering } from "#app/routes/register/route.tsx";
import { action as settingUp } from "#app/routes/setup.$token/route.tsx";
import { identities } from "#db/schema/index.ts";
import type { OpenDb } from "#db/types.ts";
import { aContext, aForm } from "#tests/context.ts";
import { anOpenDatabase } from "#tests/database.ts";
import { places } from "#tests/factories.ts";

type Answer = { status: number; location: string | null; cookie: boolean };

const argsOf = (request: Request, params: Record<string, string>, open: OpenDb) => ({ request, params, context: aContext(open, null) }) as unknown as ActionFunctionArgs; // an interface has no index signature

/** What an act answers: where it sends to, whether somebody is signed in by it. */
async function answer(act: Promise<unknown>): Promise<Answer> {
  const given = await act.catch((thrown: unknown) => thrown);
  if (given instanceof Response) return { status: given.status, location: given.headers.get("location"), cookie: given.headers.getSetCookie().length > 0 };
  return { status: (given as { init?: { status?: number } }).init?.status ?? 200, location: null, cookie: false }; // what `data()` makes
}

const account = { name: "林雨桐", login: "lin@example.cn", password: "一起备好每一节课", stage: "primary", subject: "mathematics", service: "on", back: "/lessons" };

test("a registration sent twice makes one account, and both times its teacher is in; with another password it is somebody's", async () => {
  const open = await anOpenDatabase();
  await places(open.db);
  const send = (fields: Record<string, string> = {}) => answer(registering(argsOf(aForm("/register", { ...account, ...fields }), {}, open)) as Promise<unknown>);
  const inside = { status: 302, location: "/lessons", cookie: true };
  expect(await send()).toEqual(inside);
  expect(await send()).toEqual(inside);
  expect(await open.db.select().from(identities)).toHaveLength(1);
  expect(await send({ password: "猜一猜的密码是什么" })).toEqual({ status: 422, location: null, cookie: false });
});

test("the first operator's form sent twice makes one operator, who is in both times; somebody else finds the link gone", async () => {
  const open = await anOpenDatabase();
  const token = (await firstOperatorToken(open.db)) ?? "";
  const send = (fields: Record<string, string> = {}) => answer(settingUp(argsOf(aForm(`/setup/${token}`, { ...account, ...fields }), { token }, open)) as Promise<unknown>);
  const inside = { status: 302, location: "/operations/people", cookie: true };
  expect(await send()).toEqual(inside);
  expect(await send()).toEqual(inside);
  expect((await send({ login: "he@example.cn" })).status).toBe(404);
  expect((await send({ password: "猜一猜的密码是什么" })).status).toBe(404);
  expect(await open.db.select().from(identities)).toHaveLength(1);
});
