import { doorsOf, theBuild } from "#tests/doors/manifest.ts";
import { drawHouse } from "#tests/doors/house.ts";
import { walk } from "#tests/doors/walk.ts";
import { startBrowser } from "#tests/e2e/browser.ts";
import { lookAt } from "#tests/e2e/pages/look.ts";
import { visitsOf } from "#tests/e2e/pages/visits.ts";
import type { Bench } from "./bench.ts";
import { needChromium } from "./process/browser.ts";

const LANGUAGES = ["zh-CN", "en"] as const;
/** Each page is looked at in both: `lookAt` turns the light off half-way. */
const THEMES = ["light", "dark"] as const;
/** Places at which each door is opened; the page with the most in it is looked at. */
const PLACES = 2;

/** Every page, found as the doors test finds them, looked at by axe in both languages and themes. */
export const access: Bench = {
  about: "what axe finds serious or critical, on every page in both languages and themes",
  options: {},
  async run({ say }) {
    needChromium();
    const blueprint = await drawHouse();
    const house = await blueprint.house();
    const browser = await startBrowser();
    try {
      const doors = doorsOf(await theBuild());
      const { visits, unseen } = await visitsOf(house, doors, await walk(house, doors, PLACES));
      const lines: string[] = [];
      const empty: string[] = [];
      for (const locale of LANGUAGES) {
        for (const { visit, wrong } of await lookAt(house, browser, visits, locale)) {
          lines.push(...wrong.axe.map((line) => `${visit.pattern} (${locale}): ${line}`));
          empty.push(...wrong.content.map((line) => `${visit.pattern} (${locale}) ${line}`));
        }
        say(`${visits.length} pages in ${locale}`);
      }
      for (const line of lines) say(line);
      const count = (impact: string) => lines.filter((line) => line.includes(`${impact}: `)).length;
      return {
        ours: { pages: visits.length, languages: LANGUAGES.length, themes: THEMES.length, serious: count("serious"), critical: count("critical") },
        peer: null,
        ratio: {},
        samples: visits.length * LANGUAGES.length * THEMES.length,
        broken: [...lines, ...empty, ...unseen.filter((pattern) => pattern !== "/setup/:token").map((pattern) => `${pattern} was not seen`)],
      };
    } finally {
      await browser.close();
      await house.close();
      await blueprint.remove();
    }
  },
};
