import type { Browser, Page } from "playwright-core";
import words from "#app/i18n/zh-CN/index.ts";
import type { House } from "#tests/doors/house.ts";
import { wrongToAxe } from "./axe.ts";
import { atRest, opener, type Weight } from "./loading.ts";
import { wrongOnPhone } from "./on-a-phone.ts";
import type { Visit } from "./visits.ts";

export interface Looked {
  visit: Visit;
  locale: "zh-CN" | "en";
  /** On a phone with nothing in its cache. */
  weight: Weight;
  wrong: Record<"content" | "axe" | "phone" | "console" | "weight", string[]>;
  /** Where the first look at it got stuck, for one is looked at again in another window. */
  stuck: string | null;
}

const KB = 1000;
const AT_MOST = { bytes: 150 * KB, script: 120 * KB };
/** Where one writes, what there is to read comes with the page itself; these count until it is alive. */
const AT_MOST_WRITING = { bytes: 155 * KB, script: 127 * KB };
export const WRITING = new Set(["/plans/:planId", "/seminars/:seminarId/room"]);
/** A key of the dictionary where its words should stand. */
const KEY = new RegExp(`\\b(${Object.keys(words).join("|")}):[a-z]\\w*(\\.\\w+)+`);
export const PHONE = { width: 360, height: 740 };
const DESK = { width: 1280, height: 800 };
/** Pages looked at side by side. */
const TABS = 2;
/** A look takes two to five seconds. What is asked of a page has no patience of its own: a window that hangs would hang for good. */
const PATIENCE_MS = 120_000;

/** Where pages are, and how one comes in. */
export type Looking = Pick<House, "url" | "ask" | "cookieOf">;

/** Looks at every page in one language: on a phone and at a desk, light and dark. */
export async function lookAt(house: Looking, browser: Browser, visits: readonly Visit[], locale: Looked["locale"]): Promise<Looked[]> {
  for (const who of new Set(visits.map((visit) => visit.who))) {
    if (who) await house.ask(who, "/preferences", { method: "POST", headers: { origin: house.url }, body: new URLSearchParams({ locale }) });
  }
  const waiting = [...visits];
  const looked: Looked[] = [];
  const atOneTab = async () => {
    let tab = await openTab(house, browser, locale);
    for (let visit = waiting.shift(); visit; visit = waiting.shift()) {
      const first = await lookAtOne(house, tab, visit, locale);
      if (typeof first !== "string") {
        looked.push(first);
        continue;
      }
      leave(tab);
      tab = await openTab(house, browser, locale);
      const second = await lookAtOne(house, tab, visit, locale);
      const stuck = `${visit.address} (${locale}) as ${visit.who ?? "a visitor"}: stuck ${first}`;
      if (typeof second === "string") throw new Error(`${stuck}, then ${second}`);
      console.log(stuck);
      looked.push({ ...second, stuck });
    }
    leave(tab);
  };
  await Promise.all(Array.from({ length: TABS }, atOneTab));
  return looked;
}

interface Tab {
  page: Page;
  open: Awaited<ReturnType<typeof opener>>;
  /** What its console has said since the last look began. */
  said: string[];
}

async function openTab(house: Looking, browser: Browser, locale: Looked["locale"]): Promise<Tab> {
  const context = await browser.newContext({ baseURL: house.url, locale, timezoneId: "Asia/Shanghai", reducedMotion: "reduce", viewport: PHONE });
  const page = await context.newPage();
  const said: string[] = [];
  page.on("console", (message) => void (["error", "warning"].includes(message.type()) && said.push(message.text())));
  page.on("pageerror", (error) => said.push(error.message));
  return { page, open: await opener(page), said };
}

/** Nobody waits for it: with a window that hangs this hangs as well. */
function leave(tab: Tab): void {
  void tab.page.context().close().catch(() => undefined);
}

/** What is to be seen, or where the look got stuck. */
async function lookAtOne(house: Looking, tab: Tab, visit: Visit, locale: Looked["locale"]): Promise<Looked | string> {
  let at = "";
  let timer: NodeJS.Timeout | undefined;
  const stuck = new Promise<string>((give) => {
    timer = setTimeout(() => give(`${at} for ${PATIENCE_MS / 1000} s`), PATIENCE_MS);
    tab.page.once("crash", () => give(`${at}: the page crashed`));
  });
  const looking = theLook(house, tab, visit, locale, (step) => (at = step));
  looking.catch(() => undefined); // whoever lost the race
  try {
    return await Promise.race([looking, stuck]);
  } finally {
    clearTimeout(timer);
    tab.page.removeAllListeners("crash");
  }
}

async function theLook(house: Looking, { page, open, said }: Tab, visit: Visit, locale: Looked["locale"], step: (at: string) => void): Promise<Looked> {
  step("before it is opened");
  await page.setViewportSize(PHONE);
  await page.emulateMedia({ colorScheme: "light" });
  await page.context().clearCookies();
  if (visit.who) await page.context().addCookies(house.cookieOf(visit.who).split("; ").map((one) => ({ name: one.slice(0, one.indexOf("=")), value: one.slice(one.indexOf("=") + 1), url: house.url })));
  said.length = 0;
  step("while it is opened");
  const { status, weight } = await open(visit.address);
  step("while it is read");
  const content = await wrongContent(page, visit, status, locale);
  const phone = await wrongOnPhone(page);
  step("with axe on a phone");
  const axe = await wrongToAxe(page);
  await page.emulateMedia({ colorScheme: "dark" });
  step("with axe in the dark");
  axe.push(...(await wrongToAxe(page, { colours: true })).map((line) => `dark: ${line}`));
  step("on the way to a desk");
  await page.setViewportSize(DESK);
  await atRest(page);
  step("with axe at a desk");
  axe.push(...(await wrongToAxe(page)).map((line) => `at a desk, dark: ${line}`));
  if (await page.evaluate(() => document.documentElement.scrollWidth > innerWidth)) phone.push("scrolls sideways at a desk");
  return { visit, locale, weight, stuck: null, wrong: { content, axe, phone, console: said.slice(0, 3).filter((line) => !(visit.status === 404 && line.includes("404"))), weight: tooHeavy(weight, WRITING.has(visit.pattern) ? AT_MOST_WRITING : AT_MOST) } };
}

async function wrongContent(page: Page, visit: Visit, status: number, locale: Looked["locale"]): Promise<string[]> {
  const seen = await page.evaluate(() => ({ lang: document.documentElement.lang, h1: document.querySelector("main h1")?.textContent?.trim() ?? "", text: document.querySelector("main")?.innerText.length ?? 0, words: document.body.innerText, title: document.title }));
  const wrong: string[] = [];
  if (status !== visit.status) wrong.push(`answered ${status}`);
  if (new URL(page.url()).pathname !== new URL(visit.address, page.url()).pathname) wrong.push(`led to ${page.url()}`);
  if (seen.lang !== locale) wrong.push(`speaks ${seen.lang}`);
  if (seen.h1.length < 2) wrong.push("has no heading");
  if (seen.text < 20) wrong.push(`says only ${seen.text} characters`);
  if (seen.title.length < 2) wrong.push("has no title");
  const [key] = KEY.exec(seen.words) ?? [];
  if (key) wrong.push(`says ${key} instead of words`);
  return wrong;
}

function tooHeavy({ bytes, script }: Weight, atMost: typeof AT_MOST): string[] {
  const wrong: string[] = [];
  if (bytes > atMost.bytes || bytes === 0) wrong.push(`${bytes} bytes before it is readable`);
  if (script > atMost.script || script === 0) wrong.push(`${script} bytes of script before it is alive`);
  return wrong;
}
