import { connect } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import WebSocket from "ws";
import { safeReturn } from "#app/http/viewer.server.ts";
import { aSite, type Answered, MARKUP, PASSWORD, type Site } from "#tests/web/site.ts";

let site: Site;
let secure: Site;

beforeAll(async () => {
  site = await aSite({ people: 2 });
  secure = await aSite({ publicUrl: "https://tongyan.example" });
}, 240_000);

afterAll(async () => {
  await site?.close();
  await secure?.close();
});

const setCookies = (answer: Answered) => [answer.headers["set-cookie"] ?? []].flat();

test("over https every answer says so for the years to come, and every cookie is bound to its host", async () => {
  const { ask, logins } = secure;
  for (const path of ["/", "/healthz", "/studios.data", "/favicon.svg", "/files/01J00000000000000000000000", "/nowhere"]) {
    expect((await ask(path)).headers["strict-transport-security"], path).toBe("max-age=31536000; includeSubDomains");
  }
  const signedIn = await ask("/sign-in", { form: { login: logins[0] ?? "", password: PASSWORD } });
  const chosen = await ask("/preferences", { form: { locale: "en", theme: "dark" } });
  const cookies = [...setCookies(signedIn), ...setCookies(chosen)];
  expect(cookies.map((one) => one.split("=")[0]).sort()).toEqual(["__Host-locale", "__Host-theme", "__Host-tongyan.session_token"]);
  for (const cookie of cookies) expect(cookie).toMatch(/^(?=.*; Path=\/;)(?=.*; Secure)(?=.*; HttpOnly)(?=.*; SameSite=Lax)(?!.*; Domain)/i);
  expect((await ask("/me", { cookie: setCookies(signedIn)[0]?.split(";")[0] ?? "" })).status).toBe(200);
  expect((await ask("/sign-in", { cookie: setCookies(chosen).map((one) => one.split(";")[0]).join("; ") })).body).toMatch(/<html lang="en"[^>]*data-theme="dark"/);
});

test("over https an act, or a socket, of a page that came without it is refused: only the public address is ours", async () => {
  const { ask, url, cookies } = secure;
  const cookie = cookies[0] ?? "";
  const shake = (path: string, origin: string) =>
    new Promise<number>((resolve) => {
      const line = new WebSocket(url.replace("http", "ws") + path, { headers: { host: "tongyan.example", origin, cookie } });
      line.on("error", () => undefined).on("unexpected-response", (_request, response) => resolve(response.statusCode ?? 0)).on("open", () => (line.terminate(), resolve(101)));
    });
  for (const origin of ["http://tongyan.example", "https://tongyan.example:8443", url]) {
    expect((await ask("/preferences", { cookie, form: { theme: "dark" }, headers: { origin } })).status, origin).toBe(403);
    expect((await ask("/uploads/simple", { cookie, method: "POST", headers: { origin } })).status, origin).toBe(403);
    for (const path of ["/collab", "/room?seminar=01J00000000000000000000000", "/rtc?access_token=none"]) expect(await shake(path, origin), `${path} ${origin}`).toBe(403);
  }
  expect((await ask("/preferences", { cookie, form: { theme: "dark" } })).status).toBe(302);
  expect(await shake("/collab", "https://tongyan.example")).toBe(101);
});

test("every answer forbids what it does not need: scripts from elsewhere, frames, guesses at its kind", async () => {
  const { ask, cookies } = site;
  for (const path of ["/", "/me", "/me.data", "/me/data.json", "/healthz", "/readyz", "/favicon.svg", "/session", "/uploads", "/files/01J00000000000000000000000", "/nowhere"]) {
    const { headers } = await ask(path, { cookie: cookies[0] ?? "" });
    expect(headers["x-content-type-options"], path).toBe("nosniff");
    expect(headers["referrer-policy"], path).toBe("same-origin");
    expect(headers["cross-origin-resource-policy"], path).toBe("same-origin");
    expect(headers["access-control-allow-origin"], path).toBeUndefined();
    expect(headers["x-powered-by"], path).toBeUndefined();
    const policy = String(headers["content-security-policy"]);
    for (const part of ["frame-ancestors 'none'", "base-uri 'none'"]) expect(policy, path).toContain(part);
    expect(policy, path).not.toMatch(/script-src[^;]*'unsafe-|default-src[^;]*'unsafe-/);
    expect(policy, path).toMatch(/object-src 'none'|default-src 'none'/);
    // A line to anywhere else would carry off what a script that should not run has found.
    expect(policy, path).toMatch(/connect-src 'self' wss?:\/\/tongyan\.example(?:;|$)|default-src 'none'/);
  }
});

test("methods that nobody needs are refused, and nothing of the request comes back", async () => {
  const { ask } = site;
  for (const method of ["TRACE", "PROPFIND", "LINK"]) {
    const answer = await ask("/studios", { method, headers: { "x-secret": "what-i-sent" } });
    expect(answer.status, method).toBe(405);
    expect(answer.body + JSON.stringify(answer.headers), method).not.toContain("what-i-sent");
  }
});

test("a request that two servers could read differently is not answered", async () => {
  const { url } = site;
  const { hostname, port } = new URL(url);
  const said = (head: string) =>
    new Promise<string>((resolve, reject) => {
      let text = "";
      const line = connect(Number(port), hostname, () => line.write(head));
      line.on("data", (bytes) => (text += bytes.toString())).on("close", () => resolve(text)).on("error", reject);
    });
  expect(await said("GET /healthz HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")).toMatch(/^HTTP\/1.1 200 /);
  expect(await said("POST /sign-in HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /me HTTP/1.1\r\nHost: a\r\n\r\n")).toMatch(/^HTTP\/1.1 400 /);
});

test("addresses and hosts that are none are answered as such, and nobody fills the log of faults by them", async () => {
  const { ask, url, said } = site;
  const { hostname, port } = new URL(url);
  const status = (head: string) =>
    new Promise<string>((resolve, reject) => {
      let text = "";
      const line = connect(Number(port), hostname, () => line.write(`${head}\r\nConnection: close\r\n\r\n`));
      line.on("data", (bytes) => (text += bytes.toString())).on("close", () => resolve(text.slice(9, 12))).on("error", reject);
    });
  for (const path of ["/files/%ff", "/files/%ff/x"]) expect([(await ask(path)).status, (await ask(path)).body], path).toEqual([404, "not there\n"]);
  for (const host of ["a:99999", "a b", "[::1", "a/studios?", "a@b", ""]) expect(await status(`GET /lessons HTTP/1.1\r\nHost: ${host}`), host).toBe("400");
  for (const host of ["a", "a.example:8443", "[::1]:3000", "10.0.0.1"]) expect(await status(`GET /lessons HTTP/1.1\r\nHost: ${host}`), host).toBe("302");
  for (const path of ["/resources?q=%00", "/studios/%00", "/sign-in.data?back=%00"]) expect((await ask(path)).status, path).toBe(400);
  expect(await status("GET http://elsewhere.example/lessons HTTP/1.1\r\nHost: a")).toBe("400");
  expect(await status("GET /lessons HTTP/1.1\r\nHost: a\r\nX-Forwarded-Host: a:99999")).toBe("302");
  expect((await ask("/sign-out")).status).toBeLessThan(500);
  expect(said()).not.toMatch(/"msg":"(?:a fault|a request failed)/);
});

test("who signs out leaves nothing of pages in the browser, and what is not saved yet stays there", async () => {
  const { ask, cookies } = site;
  const cookie = cookies[1] ?? "";
  const answer = await ask("/sign-out", { cookie, form: {} });
  expect(answer.headers["clear-site-data"]).toBe('"cache"');
  expect(answer.headers.location).toBe("/sign-in");
  expect((await ask("/me", { cookie })).headers.location).toMatch(/^\/sign-in/);
});

test("a page that fails shows a number and nothing of the inside, however it is asked for", async () => {
  const { ask } = site;
  for (const path of ["/studios/%E0%A4%A", "/resources/%00", "/%ff.data", "/files/..%2f..%2fsecret", "/build/server/index.js", "/.git/config", "/package.json", "/assets/", "/assets/../../package.json"]) {
    const answer = await ask(path);
    expect(answer.status, path).toBeGreaterThanOrEqual(400);
    expect(answer.body, path).not.toMatch(/node_modules|\.ts:\d|\bat \w+ \(|Error:|dependencies|select |Index of/);
  }
});

test("what somebody is called is never markup, neither in the page nor in the data that its scripts read", async () => {
  const { ask, cookies } = site;
  for (const path of ["/me", "/me/profile", "/lessons"]) {
    const { status, body } = await ask(path, { cookie: cookies[0] ?? "" });
    expect([status, body.includes("教师0"), body.includes(MARKUP)], path).toEqual([200, true, false]);
  }
});

test("texts say in which letters they are written", async () => {
  const { ask, cookies } = site;
  for (const path of ["/", "/me", "/me.data", "/me/data.json", "/healthz", "/readyz", "/nowhere", "/files/01J00000000000000000000000"]) {
    const { headers, body } = await ask(path, { cookie: cookies[0] ?? "" });
    expect([body.length > 0, headers["content-type"]], path).toEqual([true, expect.stringMatching(/; ?charset=utf-8$/i)]);
  }
});

test("nobody is sent to another site after signing in", async () => {
  for (const back of ["//evil.example", "https://evil.example", "/\\evil.example", "javascript:alert(1)", "/a b", "", null, "/sign-in?back=/me"]) expect(safeReturn(back)).toBe("/");
  expect(safeReturn("/lessons?from=colleague")).toBe("/lessons?from=colleague");
  const { ask, logins } = site;
  const answer = await ask("/sign-in", { form: { login: logins[0] ?? "", password: PASSWORD, back: "//evil.example/me" } });
  expect([answer.status, answer.headers.location]).toEqual([302, "/"]);
});

test("a password's field hides it, lets a program fill it in, and forbids no pasting", async () => {
  const { ask, cookies } = site;
  const pages = { "/sign-in": null, "/register": null, "/me/password": cookies[0] ?? "", "/me/logins": cookies[0] ?? "" };
  for (const [path, cookie] of Object.entries(pages)) {
    const { body } = await ask(path, cookie ? { cookie } : {});
    const fields = [...body.matchAll(/<input[^>]*>/g)].map(([field]) => field).filter((field) => /name="(oldP|p)assword"/.test(field));
    expect(fields.length, path).toBeGreaterThan(0);
    for (const field of fields) expect(field, path).toMatch(/^(?=.*type="password")(?=.*autocomplete="(current|new)-password")(?!.*onpaste)/i);
  }
});

test("in production the demonstration's ways in are not there", async () => {
  const { ask } = site;
  expect((await ask("/demo/sign-in", { form: { personId: "01J00000000000000000000000" } })).status).toBe(404);
  expect((await ask("/sign-in")).body).not.toContain("/demo/sign-in");
});
