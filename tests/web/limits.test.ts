import { afterAll, beforeAll, expect, test } from "vitest";
import { Allowances } from "#server/allowances.ts";
import { Patience } from "#server/patience.ts";
import { aSite, type Answered, PASSWORD, type Site } from "#tests/web/site.ts";

const SCHOOL = 200;

let site: Site;
beforeAll(async () => void (site = await aSite({ people: SCHOOL + 3 })), 240_000);
afterAll(() => site?.close());

/** Answers that say "not now" to somebody who did nothing wrong. */
const shutOut = (answers: readonly Answered[]) => answers.filter(({ status }) => [403, 429, 500, 503].includes(status)).length;

test("two hundred people behind one address use everything at once, and nobody is told to wait", { timeout: 240_000 }, async () => {
  const { ask, cookies } = site;
  const everything = (cookie: string) => [
    () => ask("/", { cookie }),
    () => ask("/studios.data", { cookie }),
    () => ask("/resources?q=%E5%88%86%E6%95%B0", { cookie }),
    () => ask("/resources?q=%E9%9D%A2%E7%A7%AF"),
    () => ask("/me/evidence", { cookie }),
    () => ask("/preferences", { cookie, form: { theme: "dark" } }),
    () => ask("/uploads/simple", { cookie, method: "POST", headers: { origin: "http://tongyan.example", accept: "application/json" } }),
    () => ask("/password/forgot", { form: { login: "nobody@example.cn" } }),
  ];
  const answers = (await Promise.all(cookies.slice(0, SCHOOL).map(async (cookie) => {
    const had: Answered[] = [];
    for (const asked of everything(cookie)) had.push(await asked());
    return had;
  }))).flat();
  expect(answers).toHaveLength(SCHOOL * 8);
  expect(shutOut(answers)).toBe(0);
});

test("twenty wrong passwords for one account are slowed, for that account and nobody else behind the address", { timeout: 120_000 }, async () => {
  const { ask, logins } = site;
  const [attacked = "", other = ""] = logins.slice(SCHOOL);
  const tried: Answered[] = [];
  for (let no = 0; no < 20; no += 1) tried.push(await ask("/sign-in", { form: { login: attacked, password: `猜一猜的密码${no}` } }));
  const slowed = tried.filter(({ body }) => body.includes("试错的次数有点多"));
  expect(tried.every(({ status }) => status === 422)).toBe(true);
  expect(slowed.length).toBeGreaterThan(5);
  expect((await ask("/sign-in", { form: { login: attacked, password: PASSWORD } })).body).toContain("试错的次数有点多");
  expect((await ask("/sign-in", { form: { login: other, password: PASSWORD } })).status).toBe(302);
});

test("each further wrong password costs a longer pause, at most a quarter of an hour, and the right one ends it", () => {
  const patience = new Patience();
  let now = 0;
  const pauses: number[] = [];
  for (let no = 0; no < 20; no += 1) {
    patience.failed("林雨桐", now);
    let waited = 0;
    while (!patience.allows("林雨桐", now + waited)) waited += 500;
    pauses.push(waited);
    now += waited;
  }
  expect(pauses.slice(0, 6)).toEqual([0, 0, 0, 0, 0, 2_000]);
  expect(pauses).toEqual([...pauses].sort((a, b) => a - b));
  expect(pauses.at(-1)).toBe(15 * 60_000);
  expect(patience.allows("何立夏", now)).toBe(true);
  patience.failed("林雨桐", now);
  patience.forget("林雨桐");
  expect(patience.allows("林雨桐", now)).toBe(true);
});

test("a script that goes on and on is told to wait, as a person and as an address, and time gives it back", () => {
  const allowances = new Allowances();
  const takenAtOnce = (kind: "address" | "person", act: "signIn" | "register" | "search" | "upload") => {
    let taken = 0;
    while (taken < 10_000 && allowances.take(kind, "10.0.0.1", act, 1, 0)) taken += 1;
    return taken;
  };
  expect(takenAtOnce("person", "search")).toBe(120);
  expect(takenAtOnce("person", "upload")).toBe(120);
  expect(takenAtOnce("address", "register")).toBe(500);
  expect(takenAtOnce("address", "signIn")).toBe(1_000);
  // What a person is bound in, a school is not.
  expect(takenAtOnce("address", "upload")).toBe(10_000);
  expect(allowances.take("person", "10.0.0.2", "search", 1, 0)).toBe(true);
  expect(allowances.take("person", "10.0.0.1", "search", 1, 400)).toBe(false);
  expect(allowances.take("person", "10.0.0.1", "search", 1, 600)).toBe(true);
});

test("who has searched or uploaded too much is told so in words, with what was meant kept out of the log", { timeout: 120_000 }, async () => {
  const { ask, cookies, said } = site;
  const cookie = cookies.at(-1) ?? "";
  // What is left grows while one asks: until there is nothing, however slow the machine is.
  const untilRefused = async (once: () => Promise<Answered>): Promise<Answered[]> => {
    for (let burst = 0; burst < 30; burst += 1) {
      const refused = (await Promise.all(Array.from({ length: 40 }, once))).filter(({ status }) => status === 429);
      if (refused.length > 0) return refused;
    }
    return [];
  };
  const refused = await untilRefused(() => ask("/resources?q=%E7%A7%98%E5%AF%86", { cookie }));
  expect(refused[0]?.body).toContain("请稍等一会儿");
  expect((await ask("/studios", { cookie })).status).toBe(200);
  const uploads = await untilRefused(() => ask("/uploads/simple", { cookie, method: "POST", headers: { origin: "http://tongyan.example", accept: "application/json" } }));
  expect(uploads[0]?.body).toBe('{"refused":"busy"}');
  expect(said()).toContain('"status":429');
  expect(said()).not.toMatch(/%E7%A7%98|秘密/);
});
