import { afterAll, afterEach, beforeAll, expect } from "vitest";
import type { Browser } from "playwright-core";
import { openWriter, settled, startBrowser, type Writer } from "./browser.ts";
import { type HarnessServer, startHarness } from "./server.ts";

export const section = "key_points";
export const other = "difficult_points";

/** A server and a browser for the tests of one file, and the people who open plans in it. A fault that a test did not take fails it. */
export function aStaffRoomInTheBrowser() {
  let server: HarnessServer;
  let browser: Browser;
  let plans = 0;
  beforeAll(async () => {
    [server, browser] = await Promise.all([startHarness(), startBrowser()]);
  });
  afterEach(() => expect(server.takeFaults()).toEqual([]));
  afterAll(async () => {
    await browser?.close();
    await server?.stop();
  });
  return {
    server: () => server,
    browser: () => browser,
    newPlan: () => `plan:${++plans}`,
    /** 林雨桐 and 何立夏 in one plan whose first section holds these paragraphs. */
    async twoWriters(paragraphs: readonly string[]): Promise<{ lin: Writer; he: Writer; doc: string }> {
      const doc = `plan:${++plans}`;
      await server.make(doc, { [section]: paragraphs.map((p) => ({ p })) });
      const lin = await openWriter(browser, server, "lin", doc);
      const he = await openWriter(browser, server, "he", doc);
      await settled([lin, he], section);
      return { lin, he, doc };
    },
  };
}

/** Asks again until it holds; what was asked last when it does not. */
export async function eventually<T>(ask: () => Promise<T>, holds: (answer: T) => boolean, patience = 8_000): Promise<T> {
  let answer = await ask();
  for (const until = Date.now() + patience; !holds(answer) && Date.now() < until; answer = await ask()) await new Promise((resolve) => setTimeout(resolve, 40));
  return answer;
}
