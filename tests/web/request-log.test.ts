import { afterAll, beforeAll, expect, test } from "vitest";
import { withoutSecrets } from "#server/request-log.ts";
import { aSite, PASSWORD, type Site } from "#tests/web/site.ts";

let site: Site;
beforeAll(async () => void (site = await aSite()), 120_000);
afterAll(() => site?.close());

type Line = Record<string, unknown>;

const linesOf = (said: string): Line[] => said.split("\n").filter((line) => line.startsWith("{")).map((line) => JSON.parse(line) as Line);

test("who came in, who did not, and who was refused stands in the log, from where it truly was, with neither login nor password", async () => {
  const { ask, logins, cookies, said } = site;
  const [login = ""] = logins;
  const wrong = await ask("/sign-in", { form: { login, password: "不是这个密码啊" }, headers: { "x-forwarded-for": "203.0.113.9", "x-real-ip": "203.0.113.9" } });
  const right = await ask("/sign-in", { form: { login, password: PASSWORD } });
  const nobody = await ask("/sign-in", { form: { login: "nobody@example.cn", password: PASSWORD } });
  const notTheirs = await ask("/operations/people", { cookie: cookies[0] ?? "" });
  const foreign = await ask("/sign-in", { form: { login, password: PASSWORD }, headers: { origin: "https://evil.example" } });
  const letter = await ask("/password/reset/dont-write-me-down", { form: { password: "通分与约分都要会" } });
  const file = await ask("/files/01J00000000000000000000000", { cookie: cookies[0] ?? "", headers: { accept: "image/png" } });
  const upload = await ask("/uploads/simple", { cookie: cookies[0] ?? "", method: "POST", headers: { origin: "http://tongyan.example", accept: "application/json" } });
  expect([file.status, upload.status]).toEqual([404, 422]);
  expect([wrong.status, right.status, nobody.status, notTheirs.status, foreign.status, letter.status]).toEqual([422, 302, 422, 404, 403, 422]);
  const lines = linesOf(said());
  const about = (answer: { headers: NodeJS.Dict<string | string[]> }) => lines.filter((line) => line.requestId === answer.headers["x-request-id"]);
  expect(about(wrong)).toMatchObject([{ msg: "a password was given", outcome: "wrong" }, { msg: "an act", method: "POST", path: "/sign-in", status: 422, address: "127.0.0.1" }]);
  expect(about(right)).toMatchObject([{ outcome: "right" }, { status: 302 }]);
  expect(about(nobody)).toMatchObject([{ outcome: "wrong" }, { status: 422 }]);
  expect(about(notTheirs)).toMatchObject([{ msg: "refused", path: "/operations/people", status: 404 }]);
  expect(about(file)).toMatchObject([{ msg: "refused", path: "/files/01J00000000000000000000000", personId: about(right)[0]?.account }]);
  expect(about(foreign)).toMatchObject([{ msg: "refused", status: 403 }]);
  expect(about(wrong)[0]?.account).toBe(about(right)[0]?.account);
  expect(about(notTheirs)[0]?.personId).toBe(about(right)[0]?.account);
  expect(said()).not.toMatch(/example\.cn|不是这个密码|一起备好|通分与约分|dont-write-me-down/);
  for (const line of lines) expect(line).toMatchObject({ time: expect.any(Number), level: expect.any(Number) });
});

test("nobody writes a line of their own, and nobody chooses the number under which they are written down", async () => {
  const { ask, said } = site;
  const forged = '"}\n{"level":30,"msg":"forged"}';
  const answer = await ask("/sign-in", { form: { login: forged, password: forged }, headers: { "x-request-id": "mine", "user-agent": forged.replace("\n", " ") } });
  expect(answer.headers["x-request-id"]).not.toBe("mine");
  await ask(`/password/reset/${encodeURIComponent(forged)}`, { form: { password: forged } });
  expect(linesOf(said()).filter((line) => line.msg === "forged" || line.requestId === "mine")).toEqual([]);
});

test("what a letter's link holds is left out of its address", () => {
  expect(["/setup/abc", "/password/reset/abc.data", "/password/forgot", "/people/01J0/password-link"].map(withoutSecrets)).toEqual(["/setup/…", "/password/reset/….data", "/password/forgot", "/people/01J0/password-link"]);
});
