import { existsSync } from "node:fs";
import { CHROMIUM } from "#tests/e2e/browser.ts";
import { NotThere } from "../bench.ts";

/** Before a browser is started. @throws NotThere */
export function needChromium(): void {
  if (!existsSync(CHROMIUM)) throw new NotThere(`there is no Chromium at ${CHROMIUM}: Debian's package chromium, or CHROMIUM_PATH`);
}
