import { mkdirSync } from "node:fs";
import { join, resolve } from "node:path";
import Database from "better-sqlite3";
import { demoLogin, DEMO_PASSWORD } from "#server/demo/people.ts";
import { startBrowser } from "./browser.ts";
import { running } from "./running.ts";

/** `npm run shots`: the main pages in both languages, at 360 and 1440 px, light and dark, into the folder `shots` that git ignores. */
const folder = resolve("shots");
const server = await running({ mode: "demo" });
const browser = await startBrowser();
try {
  mkdirSync(folder, { recursive: true });
  const pages = pagesOf(server.dataDir);
  for (const locale of ["zh-CN", "en"] as const) {
    for (const width of [360, 1440]) {
      for (const colorScheme of ["light", "dark"] as const) {
        const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme, locale, reducedMotion: "reduce" });
        await context.addCookies([{ name: "locale", value: locale, url: server.url }]);
        const page = await context.newPage();
        await page.goto(`${server.url}/sign-in`);
        await page.screenshot({ path: join(folder, `sign-in-${locale}-${width}-${colorScheme}.png`), fullPage: true });
        await page.fill("[name=login]", demoLogin("lin-yutong"));
        await page.fill("[name=password]", DEMO_PASSWORD);
        await page.locator("main form button[type=submit]").first().click();
        await page.waitForURL((url) => !url.pathname.startsWith("/sign-in"));
        await page.request.post(`${server.url}/preferences`, { form: { locale }, headers: { origin: server.url } });
        for (const [name, path] of Object.entries(pages)) {
          await page.goto(server.url + path);
          await page.waitForTimeout(name === "plan" ? 2500 : 400);
          await page.screenshot({ path: join(folder, `${name}-${locale}-${width}-${colorScheme}.png`), fullPage: name !== "plan" });
        }
        await context.close();
      }
    }
  }
  console.log(`${folder}: ${Object.keys(pages).length + 1} pages, 8 pictures each`);
} finally {
  await browser.close();
  await server.stop();
}

/** The pages of the demonstration that are worth a look, by name. */
function pagesOf(dataDir: string): Record<string, string> {
  const db = new Database(join(dataDir, "demo.sqlite"), { readonly: true });
  const one = (statement: string) => String(db.prepare(statement).pluck().get());
  const lesson = one("select id from lessons where title = '分数的意义'");
  const plan = one(`select id from lesson_plans where kind = 'common' and lesson_id = '${lesson}'`);
  const held = one("select id from seminars where state = 'reported' limit 1");
  const coming = one("select id from seminars where state = 'scheduled' order by starts_at limit 1");
  const published = one("select id from resources where state = 'published' and kind = 'teaching_case' limit 1");
  const studio = one("select id from studios where level = 'province'");
  db.close();
  return {
    home: "/", lessons: "/lessons", lesson: `/lessons/${lesson}`, plan: `/plans/${plan}`, read: `/plans/${plan}/read`, studios: "/studios", studio: `/studios/${studio}`, members: `/studios/${studio}/members`,
    seminars: "/seminars", seminar: `/seminars/${coming}`, held: `/seminars/${held}`, find: `/resources?q=${encodeURIComponent("分数")}`, nothing: `/resources?q=${encodeURIComponent("量子")}`, case: `/resources/${published}`,
    me: "/me", evidence: "/me/evidence", inbox: "/inbox", profile: "/me/profile",
  };
}
