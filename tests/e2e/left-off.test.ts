import type { Page } from "playwright-core";
import { expect, onTestFinished, test } from "vitest";
import { aPersonAtTheScreen, startBrowser } from "#tests/e2e/browser.ts";
import { running } from "#tests/e2e/running.ts";

const PATIENT = { timeout: 60_000, interval: 200 };

test("on a phone home leads back to the section that one left, whether by a link, by closing the page or by another page of the plan", async () => {
  const server = await running();
  onTestFinished(() => server.stop());
  const browser = await startBrowser();
  onTestFinished(() => browser.close());
  const { context, page, errors, signInAsDemo } = await aPersonAtTheScreen(browser, server.url, { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true });
  page.setDefaultTimeout(PATIENT.timeout);
  await signInAsDemo("lin-yutong");
  await page.goto("/lessons");
  await page.getByRole("link", { name: "分数的意义", exact: true }).first().click();
  await page.getByRole("link", { name: "写共案" }).click();
  await page.locator("[data-status=saved]").waitFor();
  const plan = new URL(page.url()).pathname;

  await goTo(page, "difficult_points");
  await page.locator("[data-phone-bar]").getByRole("link", { name: "首页" }).click();
  await back(page, "教学难点").click();
  await page.locator("[data-status=saved]").waitFor();
  await expect.poll(() => isAtTheTop(page, "difficult_points"), PATIENT).toBe(true);

  await goTo(page, "process.p2");
  await page.close();
  const next = await context.newPage();
  await next.goto("/");
  await expect.poll(async () => (await next.reload(), back(next, "教学过程 · 第二课时").count()), PATIENT).toBe(1);

  await next.goto(`${plan}/read`);
  await goTo(next, "objectives");
  await next.goto("/");
  await expect.poll(async () => (await next.reload(), back(next, "教学目标").count()), PATIENT).toBe(1);

  // A glance does not forget.
  await next.goto(plan);
  await next.locator("[data-status=saved]").waitFor();
  await next.goto("/");
  expect(await back(next, "教学目标").getAttribute("href")).toBe(`${plan}#objectives`);
  expect(errors).toEqual([]);
});

const back = (page: Page, section: string) => page.getByRole("region", { name: "上次看到" }).getByRole("link", { name: `分数的意义 · ${section}` });

/** As one scrolls with a finger: the section's beginning comes to the top. */
async function goTo(page: Page, section: string): Promise<void> {
  await page.evaluate((key) => document.getElementById(key)?.scrollIntoView(), section);
}

function isAtTheTop(page: Page, section: string): Promise<boolean> {
  return page.evaluate((key) => {
    const { top = -1 } = document.getElementById(key)?.getBoundingClientRect() ?? {};
    return top >= 0 && top < window.innerHeight / 3;
  }, section);
}
