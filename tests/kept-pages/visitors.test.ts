import { request as ask } from "node:http";
import { and, asc, eq, ne } from "drizzle-orm";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { engine } from "#db/dialect.ts";
import { enqueue } from "#db/jobs.ts";
import { identities, jobs, resources } from "#db/schema/index.ts";
import { type StatementRun, statementRuns } from "#db/statements.ts";
import { demoId } from "#server/demo/ids.ts";
import { type Blueprint, drawHouse, type House } from "#tests/doors/house.ts";
import { running } from "#tests/e2e/running.ts";

let blueprint: Blueprint;
beforeAll(async () => void (blueprint = await drawHouse()), 300_000);
afterAll(() => blueprint.remove());

async function aHouse(): Promise<House> {
  const house = await blueprint.house();
  onTestFinished(() => house.close());
  return house;
}

/** A request with exactly these headers: `fetch` sends its own host and languages. */
function visit(url: string, path: string, headers: Record<string, string> = {}): Promise<{ status: number; body: string; headers: NodeJS.Dict<string | string[]> }> {
  return new Promise((resolve, reject) => {
    const sent = ask(url + path, { headers, agent: false }, (response) => {
      let body = "";
      response.setEncoding("utf8").on("data", (piece: string) => (body += piece)).on("end", () => resolve({ status: response.statusCode ?? 0, body, headers: response.headers }));
    });
    sent.on("error", reject).end();
  });
}

const kept = (answer: { headers: NodeJS.Dict<string | string[]> }) => answer.headers.etag !== undefined;

/** A publication that anybody may read, and its page. */
async function aPublication({ db }: House) {
  const [found] = (await db.select().from(resources).where(eq(resources.state, "published")).orderBy(asc(resources.id))).filter((one) => one.licence !== "studio_only");
  if (!found) throw new Error("the demonstration has no publication");
  return { ...found, path: `/resources/${found.id}` };
}

test("found again by its ETag, whatever else the visitor sends", async () => {
  const { url } = await aHouse();
  const first = await visit(url, "/studios");
  expect(first).toMatchObject({ status: 200, headers: { "cache-control": "private, no-cache", vary: expect.stringContaining("cookie") } });
  // The mark of a visit is all that is put beside it, and the same for everybody.
  expect(first.headers["set-cookie"]).toEqual(["visit=1; Path=/; Max-Age=1800; HttpOnly; SameSite=Lax"]);
  expect(first.body).not.toContain("nonce");
  const again = await visit(url, "/studios", { "if-none-match": `"else", ${first.headers.etag}`, "user-agent": "Other/1", cookie: "visit=1" });
  expect(again).toMatchObject({ status: 304, body: "" });
  expect(again.headers["content-security-policy"]).toBe(first.headers["content-security-policy"]);
  expect(await visit(url, "/studios", { "if-none-match": 'W/"another"' })).toMatchObject({ status: 200, body: first.body });
});

test("a page of somebody signed in never reaches a visitor, nor a visitor's page them", async () => {
  const { url, cookieOf } = await aHouse();
  const lin = demoId("person", "lin-yutong");
  for (const path of ["/", "/studios", `/studios/${demoId("studio", "wenlan")}`, "/resources", "/_root.data", "/studios.data"]) {
    const before = await visit(url, path);
    const hers = await visit(url, path, { cookie: cookieOf(lin), "if-none-match": String(before.headers.etag) });
    const after = await visit(url, path);
    expect(kept(before) && kept(after) && !kept(hers)).toBe(true);
    expect(hers).toMatchObject({ status: before.status, headers: { "cache-control": "private, no-store" } });
    expect(hers.body).toContain("林雨桐");
    expect(after.body).toBe(before.body);
    expect(after.body).not.toContain(lin);
    // A cookie beside others, and one that has run out, are a person's all the same.
    for (const cookie of [`theme=dark; ${cookieOf(lin)}`, "tongyan.session_token=ended"]) expect(kept(await visit(url, path, { cookie }))).toBe(false);
  }
});

test("each language, theme and query has its own page; host, addresses and browser have none", async () => {
  const { url } = await aHouse();
  const english = await visit(url, "/", { "accept-language": "en-GB,en" });
  const chinese = await visit(url, "/", { "accept-language": "zh-CN" });
  expect(english.body).toContain('<html lang="en"');
  expect(chinese.body).toContain('<html lang="zh-CN"');
  expect((await visit(url, "/", { "accept-language": "en", cookie: "locale=zh-CN" })).body).toBe(chinese.body);
  expect((await visit(url, "/", { cookie: "theme=dark" })).body).toMatch(/<html[^>]*data-theme="dark"/);
  expect((await visit(url, "/", { cookie: "theme=light" })).body).toMatch(/<html[^>]*data-theme="light"/);
  expect((await visit(url, "/")).body).toBe(chinese.body);
  expect((await visit(url, "/resources?q=分数")).body).toContain('value="分数"');
  expect((await visit(url, "/resources?q=evil")).body).toContain('value="evil"');
  expect((await visit(url, "/resources")).body).not.toContain('value="evil"');
  for (const headers of [{ host: "evil.example" }, { "x-forwarded-host": "evil.example", "x-forwarded-proto": "https" }, { "user-agent": "Googlebot/2.1 evil.example" }, { referer: "http://evil.example" }] as Record<string, string>[]) {
    expect((await visit(url, "/", headers)).body).toBe(chinese.body);
  }
});

test("what is meant to be seen once is nobody else's: another cookie, an address with a secret, a form that came back", async () => {
  const { url } = await aHouse();
  for (const headers of [{ cookie: "flash=hello" }, { cookie: "locale=en; flash=hello" }, { authorization: "Bearer x" }] as Record<string, string>[]) expect(kept(await visit(url, "/", headers))).toBe(false);
  for (const path of ["/password/reset/abc", "/setup/abc", "/register", "/me", "/studios/new", "/nowhere"]) expect(kept(await visit(url, path))).toBe(false);
  const refused = await fetch(`${url}/sign-in`, { method: "POST", body: new URLSearchParams({ login: "谁@example.com", password: "wrong-password" }), headers: { origin: url } });
  expect(refused.headers.has("etag")).toBe(false);
  expect((await visit(url, "/sign-in")).body).not.toContain("谁@example.com");
});

test("withdrawn: gone for the next visitor, whichever way they come", async () => {
  const house = await aHouse();
  const { path, ownerId, title } = await aPublication(house);
  const open = async () => ({ page: (await visit(house.url, path)).status, home: (await visit(house.url, "/")).body.includes(path), found: (await visit(house.url, "/resources")).body.includes(path) });
  expect(await open()).toMatchObject({ page: 200, found: true });
  const etag = String((await visit(house.url, path)).headers.etag);
  const done = await house.ask(ownerId, `${path}/withdraw`, { method: "POST", body: new URLSearchParams({ reason: "还要再改一改。" }), headers: { origin: house.url } });
  expect(done.status).toBe(302);
  expect(await open()).toEqual({ page: 404, home: false, found: false });
  const asked = await visit(house.url, path, { "if-none-match": etag });
  expect(asked.status).toBe(404);
  expect(asked.body).not.toContain(title);
});

test.runIf(engine === "sqlite")("what visitors look for stands until something comes or goes", async () => {
  const house = await aHouse();
  const { id, kind, path, ownerId, title } = await aPublication(house);
  const found = async () => (await visit(house.url, `/resources?q=${encodeURIComponent(title)}`)).body.includes(path);
  expect(await found()).toBe(true);
  await new Promise((resume) => setTimeout(resume, 1_600));
  const statements: string[] = [];
  const note = (run: unknown) => void statements.push((run as StatementRun).sql);
  statementRuns.subscribe(note);
  onTestFinished(() => void statementRuns.unsubscribe(note));
  expect(await found()).toBe(true);
  expect(statements.filter((sql) => sql.includes("resources"))).toEqual([]);
  await house.ask(ownerId, `${path}/withdraw`, { method: "POST", body: new URLSearchParams({ reason: "还要再改一改。" }), headers: { origin: house.url } });
  expect(await found()).toBe(false);
  await expect.poll(async () => (await house.db.select().from(jobs).where(and(eq(jobs.kind, "search.index"), ne(jobs.state, "done")))).length).toBe(0);
  // The rows say that it may be found again before the index has it.
  await house.db.update(resources).set({ state: "published" }).where(eq(resources.id, id));
  expect(await found()).toBe(false);
  await enqueue(house.db, "search.index", { kind, id });
  await expect.poll(found, { timeout: 10_000 }).toBe(true);
});

test("a changed licence, a page taken down, an erased person: the next visitor sees what is true then", async () => {
  const house = await aHouse();
  const { id, path, ownerId } = await aPublication(house);
  const [owner] = await house.db.select().from(identities).where(eq(identities.personId, ownerId));
  const name = owner?.name ?? "";
  expect((await visit(house.url, path)).body).toContain(name);
  await house.db.update(identities).set({ name: "已离开" }).where(eq(identities.personId, ownerId));
  expect((await visit(house.url, path)).body).not.toContain(name);
  await house.db.update(resources).set({ licence: "studio_only" }).where(eq(resources.id, id));
  expect((await visit(house.url, path)).status).toBe(404);
  await house.db.update(resources).set({ licence: "cc_by" }).where(eq(resources.id, id));
  expect((await visit(house.url, path)).status).toBe(200);
  await house.db.update(resources).set({ state: "taken_down" }).where(eq(resources.id, id));
  expect((await visit(house.url, path)).status).toBe(404);
});

test("two processes on one database: withdrawn in one, gone in the other within two seconds", async () => {
  const house = await aHouse();
  const { path } = await aPublication(house);
  const other = await running({ env: { DATABASE_URL: house.database } });
  onTestFinished(() => other.stop());
  const { ownerId } = await aPublication(house);
  const status = async () => (await visit(other.url, path)).status;
  expect(await status()).toBe(200);
  const done = await house.ask(ownerId, `${path}/withdraw`, { method: "POST", body: new URLSearchParams({ reason: "还要再改一改。" }), headers: { origin: house.url } });
  expect(done.status).toBe(302);
  // Asked for all the while, so that whatever is kept is kept as long as it can be.
  for (const until = performance.now() + 2_000; performance.now() < until; ) await status();
  expect(await status()).toBe(404);
}, 120_000);
