import type { ActionFunctionArgs } from "@remix-run/node";
import { expect, test } from "vitest";
import { weakness } from "#app/people/weak-password.server.ts";
import { action as changing } from "#app/routes/me.password/route.tsx";
import { action as registering } from "#app/routes/register/route.tsx";
import { aContext, aForm } from "#tests/context.ts";
import { identities, persons, roleGrants } from "#db/schema/index.ts";
import { anOpenDatabase } from "#tests/database.ts";
import { aTeacher, places } from "#tests/factories.ts";

const MINE = ["林雨桐", "lin.yutong@example.cn", "13805710001"];
const said = (password: string) => weakness(password, MINE)?.key.replace("people:register.password", "");

test.each([
  ["the most common ones", "Common", ["12345678", "Password1", "qwertyuiop", "ILOVEYOU", "１２３４５６７８", "11111111", "abababab"]],
  ["words of this place", "AboutUs", ["tongyan2026", "Laoshi@2025", "同研工作室同研", "beike-jiaoyan", "欢迎老师123456"]],
  ["one's own name or login", "AboutYou", ["13805710001", "lin.yutong1990", "林雨桐林雨桐林雨桐", "lin.yutong@example.cn"]],
  ["anything else", undefined, ["一起备好每一节课", "yiqi-beike-2", "分数的意义是什么", "correct horse battery", "        冷风吹过运河", "Zx7!"]],
])("a new password of %s", (_what, why, passwords) => {
  expect(passwords.map((password) => [password, said(password)])).toEqual(passwords.map((password) => [password, why]));
});

type Answer = { data?: { problems?: Record<string, { key: string }> }; status?: number };

test("the forms say why, beside the field, and a password of a hundred and twenty characters of any kind is taken", async () => {
  const open = await anOpenDatabase();
  await places(open.db);
  const viewer = await aTeacher(open.db, { name: "林雨桐" });
  const argsOf = (request: Request, who: typeof viewer | null) => ({ request, params: {}, context: aContext(open, who) }) as unknown as ActionFunctionArgs; // an interface has no index signature
  const account = { name: "何立夏", login: "he@example.cn", stage: "primary", subject: "mathematics", service: "on" };
  const register = async (password: string) => (await registering(argsOf(aForm("/register", { ...account, password }), null)).catch((thrown: unknown) => thrown)) as Answer;
  expect((await register("12345678")).data?.problems).toMatchObject({ password: { key: "people:register.passwordCommon" } });
  expect((await register("何立夏何立夏何立夏")).data?.problems).toMatchObject({ password: { key: "people:register.passwordAboutYou" } });
  expect((await register(" 分数é🙂".repeat(20))).status).toBe(302);
  const changed = (await changing(argsOf(aForm("/me/password", { oldPassword: "不管是什么", password: "林雨桐2026-1990" }), viewer)).catch((thrown: unknown) => thrown)) as Answer;
  expect(changed.data?.problems).toMatchObject({ password: { key: "people:register.passwordAboutYou" } });
});

test("a form brings no more than it asks for: neither other fields, nor a second value, nor one that changes every object", async () => {
  const open = await anOpenDatabase();
  await places(open.db);
  const more = { id: "01J00000000000000000000000", status: "frozen", verifiedAt: "2026-11-23", verifiedBy: "01J00000000000000000000000", role: "system_operator" };
  const fields = { ...more, name: ["何立夏", "别人"], login: "he@example.cn", password: "一起备好每一节课", stage: "primary", subject: "mathematics", service: "on", constructor: "x" };
  Object.defineProperty(fields, "__proto__", { value: "x", enumerable: true });
  const args = { request: aForm("/register", fields), params: {}, context: aContext(open, null) } as unknown as ActionFunctionArgs; // an interface has no index signature
  const answer = (await registering(args).catch((thrown: unknown) => thrown)) as Answer;
  expect(answer.status).toBe(302);
  expect(await open.db.select().from(identities)).toMatchObject([{ name: "何立夏", verifiedAt: null, verifiedBy: null }]);
  const [person] = await open.db.select().from(persons);
  expect(person?.status).toBe("active");
  expect(person?.id).not.toBe(more.id);
  expect(await open.db.select().from(roleGrants)).toEqual([]);
  expect(({} as Record<string, unknown>).x).toBeUndefined();
});
