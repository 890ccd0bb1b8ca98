import { afterAll, beforeAll, expect, test } from "vitest";
import { newId } from "#db/ids.ts";
import type { Db } from "#db/types.ts";
import { Allowances } from "#server/allowances.ts";
import { Patience } from "#server/patience.ts";
import { aMediaServer } from "#tests/doors/media.ts";
import { aSchoolAtWork, type Line, opensLine, opensPlan } from "#tests/web/school.ts";
import { aSite, type Answered, PASSWORD, type Site } from "#tests/web/site.ts";

const SCHOOL = 200;

let site: Site;
let media: Awaited<ReturnType<typeof aMediaServer>>;
let school: Awaited<ReturnType<typeof aSchoolAtWork>>;
beforeAll(async () => {
  media = await aMediaServer();
  const furnish = async (db: Db, people: readonly string[]) => void (school = await aSchoolAtWork(db, people.slice(0, SCHOOL)));
  site = await aSite({ people: SCHOOL + 3, furnish, env: { LIVEKIT_URL: media.url, LIVEKIT_API_KEY: "key", LIVEKIT_API_SECRET: "a secret that is known to this test alone" } });
}, 240_000);
afterAll(async () => {
  await site?.close();
  media?.close();
});

/** Answers that say "not now" to somebody who did nothing wrong. */
const shutOut = (answers: readonly Answered[]) => answers.filter(({ status }) => [403, 429, 500, 503].includes(status)).length;

test("two hundred people behind one address use everything at once, and nobody is told to wait", { timeout: 600_000 }, async () => {
  const { ask, cookies, logins, publicUrl } = site;
  const ofOurs = { origin: publicUrl, accept: "application/json" };
  const everything = (cookie: string) => [
    () => ask("/", { cookie }),
    () => ask("/studios.data", { cookie }),
    () => ask("/resources?q=%E5%88%86%E6%95%B0", { cookie }),
    () => ask("/resources?q=%E9%9D%A2%E7%A7%AF"),
    () => ask("/me/evidence", { cookie }),
    () => ask("/preferences", { cookie, form: { theme: "dark" } }),
    () => ask("/uploads/simple", { cookie, method: "POST", headers: ofOurs }),
    () => ask("/password/forgot", { form: { login: "nobody@example.cn" } }),
  ];
  // What each does of these is taken, every time.
  const came: Record<string, number> = {};
  const done = (act: string, how: string | number) => void (came[`${act}: ${how}`] = (came[`${act}: ${how}`] ?? 0) + 1);
  const lines: Line[] = [];
  const opened = async (act: string, opening: Promise<Line>) => {
    const line = await opening;
    lines.push(line);
    done(act, line.came);
  };
  const works = async (cookie: string, no: number) => {
    const [planId = "", { seminarId }] = [school.planIds[no], school];
    done("signs in", (await ask("/sign-in", { form: { login: logins[no] ?? "", password: PASSWORD } })).status);
    done("registers", (await ask("/register", { form: { name: "新来的老师", login: `new${no}@example.cn`, password: "春天里的二十四节气", stage: "primary", subject: "mathematics", service: "on" } })).status);
    done("uploads", (await uploads(cookie, planId, no)).status);
    await opened("opens a plan", opensPlan(site, cookie, planId));
    done("enters a seminar", (await ask(`/seminars/${seminarId}/enter`, { cookie, form: {} })).headers.location === `/seminars/${seminarId}/room` ? "in" : "not");
    await opened("is in its room", opensLine(site, cookie, `/room?seminar=${seminarId}`, "welcome"));
    done("says something by letter", (await ask(`/seminars/${seminarId}/orders`, { cookie, sent: Buffer.from(JSON.stringify({ type: "say", body: "大家好", clientKey: newId() })), headers: { "content-type": "application/json" } })).body);
    const ticket = await ask(`/seminars/${seminarId}/ticket`, { cookie, form: {} });
    done("asks for a ticket", ticket.status);
    await opened("is in picture and sound", opensLine(site, cookie, `/rtc?access_token=${/"token":"([^"]+)"/.exec(ticket.body)?.[1]}`));
  };
  const answers = (await Promise.all(cookies.slice(0, SCHOOL).map(async (cookie, no) => {
    const had: Answered[] = [];
    for (const asked of everything(cookie)) had.push(await asked());
    await works(cookie, no);
    return had;
  }))).flat();
  expect(answers).toHaveLength(SCHOOL * 8);
  expect(shutOut(answers)).toBe(0);
  expect(came).toEqual(Object.fromEntries(["signs in: 302", "registers: 302", "uploads: 201", "opens a plan: in", "enters a seminar: in", "is in its room: in", "says something by letter: {}", "asks for a ticket: 200", "is in picture and sound: in"].map((act) => [act, SCHOOL])));
  expect(lines.flatMap(({ closes }) => closes)).toEqual([]);
  for (const line of lines) line.leave();
});

/** A worksheet of their own. */
function uploads(cookie: string, planId: string, no: number): Promise<Answered> {
  const edge = "edge-of-a-part";
  const fields = Object.entries({ ownerType: "plan", ownerId: planId, kind: "worksheet" }).map(([name, value]) => `--${edge}\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`).join("");
  const sent = Buffer.from(`${fields}--${edge}\r\ncontent-disposition: form-data; name="file"; filename="${no}.pdf"\r\n\r\n%PDF-1.7\n${no}\r\n--${edge}--\r\n`);
  return site.ask("/uploads/simple", { cookie, sent, headers: { accept: "application/json", "content-type": `multipart/form-data; boundary=${edge}` } });
}

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
