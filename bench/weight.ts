import { drawHouse } from "#tests/doors/house.ts";
import { doorsOf, theBuild } from "#tests/doors/manifest.ts";
import { walk } from "#tests/doors/walk.ts";
import { startBrowser } from "#tests/e2e/browser.ts";
import { PHONE, WRITING } from "#tests/e2e/pages/look.ts";
import { opener } from "#tests/e2e/pages/loading.ts";
import { visitsOf } from "#tests/e2e/pages/visits.ts";
import type { Bench } from "./bench.ts";
import { rounded } from "./numbers.ts";
import { needChromium } from "./process/browser.ts";

const PLACES = 1;
/** A village's line: 256 kbit/s and 200 ms to and fro. */
const LINE = { offline: false, latency: 200, downloadThroughput: 256_000 / 8, uploadThroughput: 256_000 / 8 };

interface Weighed {
  path: string;
  bytesToReadable: number;
  jsBytes: number;
  requests: number;
  readableMsAt256k: number;
  writes: boolean;
}

/** What every page weighs until it can be read and used, and how long that takes on a village's line, with nothing in the browser's cache. */
export const weight: Bench = {
  about: "bytes until a page is readable, and how long it takes at 256 kbit/s and 200 ms",
  options: { pages: 0 },
  async run({ option, say }) {
    needChromium();
    const blueprint = await drawHouse();
    const house = await blueprint.house();
    const browser = await startBrowser();
    try {
      const doors = doorsOf(await theBuild());
      const { visits } = await visitsOf(house, doors, await walk(house, doors, PLACES));
      const chosen = option("pages") > 0 ? visits.slice(0, option("pages")) : visits;
      const context = await browser.newContext({ baseURL: house.url, locale: "zh-CN", timezoneId: "Asia/Shanghai", viewport: PHONE });
      const page = await context.newPage();
      page.setDefaultTimeout(120_000);
      const open = await opener(page);
      const line = await context.newCDPSession(page);
      await line.send("Network.enable");
      await line.send("Network.emulateNetworkConditions", LINE);
      const pages: Weighed[] = [];
      for (const visit of chosen) {
        await context.clearCookies();
        if (visit.who) await context.addCookies(house.cookieOf(visit.who).split("; ").map((one) => ({ name: one.slice(0, one.indexOf("=")), value: one.slice(one.indexOf("=") + 1), url: house.url })));
        const { weight } = await open(visit.address);
        const readable = await page.evaluate(() => performance.getEntriesByName("first-contentful-paint")[0]?.startTime ?? 0);
        pages.push({ path: visit.who ? visit.pattern : `${visit.pattern} (visitor)`, bytesToReadable: weight.bytes, jsBytes: weight.script, requests: weight.requests, readableMsAt256k: rounded(readable, 0), writes: WRITING.has(visit.pattern) });
        if (pages.length % 20 === 0) say(`${pages.length} of ${chosen.length} pages`);
      }
      await context.close();
      const reading = pages.filter((one) => !one.writes);
      const most = (of: (one: Weighed) => number, among = pages) => Math.max(...among.map(of));
      return {
        ours: { heaviestReadingBytes: most((one) => one.bytesToReadable, reading), heaviestReadingScript: most((one) => one.jsBytes, reading), heaviestBytes: most((one) => one.bytesToReadable), slowestMs: most((one) => one.readableMsAt256k), pages: [...pages].sort((a, b) => b.readableMsAt256k - a.readableMsAt256k).map(({ writes: _, ...one }) => ({ name: one.path, ...one })) },
        peer: null,
        ratio: {},
        samples: pages.length,
        broken: pages.filter((one) => one.bytesToReadable === 0 || one.readableMsAt256k === 0).map((one) => `${one.path} was not measured`),
      };
    } finally {
      await browser.close();
      await house.close();
      await blueprint.remove();
    }
  },
};
