import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "playwright-core";

const WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"];

/** What axe calls serious or critical on the page as it stands, a line each that begins with which. `colours`: only what another theme can change. */
export async function wrongToAxe(page: Page, { colours = false } = {}): Promise<string[]> {
  const axe = new AxeBuilder({ page }).setLegacyMode();
  const { violations } = await (colours ? axe.withRules(["color-contrast", "link-in-text-block"]) : axe.withTags(WCAG)).analyze();
  return violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .flatMap(({ id, impact, nodes }) => nodes.map((node) => `${impact}: ${id}: ${node.html.slice(0, 160)}${id === "color-contrast" ? ` (${node.any[0]?.message ?? ""})` : ""}`));
}
