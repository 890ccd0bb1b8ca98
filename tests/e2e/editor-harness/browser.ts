import { type Browser, type BrowserContext, type CDPSession, chromium, type Page } from "playwright-core";
import { CHROMIUM } from "#tests/e2e/browser.ts";
import type { PageApi } from "./page-api.ts";
import type { HarnessServer } from "./server.ts";

declare global {
  interface Window {
    page: PageApi;
  }
}

export function startBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: CHROMIUM,
    args: ["--no-sandbox", "--disable-dev-shm-usage", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run"],
  });
}

export const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

/** One person at a browser of her own, with an input method. */
export interface Writer {
  page: Page;
  context: BrowserContext;
  /** The letters so far, as an input method shows them while one types. */
  compose(letters: string): Promise<void>;
  /** The input method writes this text, and its window closes. */
  commit(text: string): Promise<void>;
  cancel(): Promise<void>;
  texts(section: string): Promise<string[]>;
}

/** Opens a plan as this person. In an earlier context of hers, the browser still has what it kept. */
export async function openWriter(browser: Browser, server: HarnessServer, person: string, doc: string, again?: BrowserContext, epoch = 1): Promise<Writer> {
  const context = again ?? (await aContext(browser, server, person));
  const page = await context.newPage();
  await page.goto(`${server.url}/?${new URLSearchParams({ person, doc, epoch: String(epoch) })}`);
  const writer = writerOn(page, context, await context.newCDPSession(page));
  await page.waitForFunction(() => window.page.editors.size === 2 && [...window.page.editors.keys()].every((key) => window.page.texts(key).length > 0));
  return writer;
}

export async function aContext(browser: Browser, server: HarnessServer, person: string, viewport = { width: 1100, height: 800 }): Promise<BrowserContext> {
  const context = await browser.newContext({ viewport });
  await context.addCookies([{ name: "person", value: person, url: server.url }]);
  return context;
}

function writerOn(page: Page, context: BrowserContext, devtools: CDPSession): Writer {
  const compose = (text: string) => devtools.send("Input.imeSetComposition", { text, selectionStart: text.length, selectionEnd: text.length });
  return {
    page,
    context,
    compose: async (letters) => void (await compose(letters)),
    commit: async (text) => void (await devtools.send("Input.insertText", { text })),
    cancel: async () => void (await compose("")),
    texts: (section) => page.evaluate((key) => window.page.texts(key), section),
  };
}

/** Waits until all of them show the same, twice in a row; gives what they show after two seconds in any case. */
export async function settled(writers: readonly Writer[], section: string): Promise<string[][]> {
  let before = "";
  let all: string[][] = [];
  for (const until = Date.now() + 2_000; Date.now() < until; ) {
    all = await Promise.all(writers.map((writer) => writer.texts(section)));
    const [first = "", ...others] = all.map((one) => JSON.stringify(one));
    if (others.every((other) => other === first) && first === before) return all;
    before = first;
    await pause(25);
  }
  return all;
}
