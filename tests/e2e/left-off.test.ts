import type { Page } from "playwright-core";
import { expect, onTestFinished, test } from "vitest";
import { aPersonAtTheScreen, startBrowser } from "#tests/e2e/browser.ts";
import { running } from "#tests/e2e/running.ts";

const PATIENT = { timeout: 60_000, interval: 200 };

test("on a phone home leads back to the section that one left, whether by a link, for another document or after a rest, and a glance does not forget it", async () => {
  const server = await running();
  onTestFinished(() => server.stop());
  const browser = await startBrowser();
  onTestFinished(() => browser.close());
  const { page, errors, signInAsDemo } = await aPersonAtTheScreen(browser, server.url, { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true });
  page.setDefaultTimeout(PATIENT.timeout);
  await signInAsDemo("lin-yutong");
  await page.goto("/lessons");
  await page.getByRole("link", { name: "分数的意义", exact: true }).first().click();
  await page.getByRole("link", { name: "写共案" }).click();
  await page.locator("[data-status=saved]").waitFor();
  const plan = new URL(page.url()).pathname;
  const told: string[] = [];
  page.on("request", (request) => {
    const { pathname } = new URL(request.url());
    if (pathname.endsWith("/place")) told.push(new URLSearchParams(request.postData() ?? "").get("section") ?? "");
    if (pathname === "/_root.data") told.push("(home is asked for)");
  });

  await goToAndLeave(page, "difficult_points", { press: "[data-phone-bar] a[href='/']" });
  await page.getByRole("region", { name: "上次看到" }).waitFor();
  // What home is made from, it knows before it is made.
  expect(told).toEqual(["difficult_points", "(home is asked for)"]);
  await isLedBackTo(page, "教学难点");
  await back(page, "教学难点").click();
  await page.locator("[data-status=saved]").waitFor();
  await expect.poll(() => isAtTheTop(page, "difficult_points"), PATIENT).toBe(true);

  await goToAndLeave(page, "process.p2", { address: "/me" });
  await page.waitForURL("**/me");
  await page.goto("/");
  await isLedBackTo(page, "教学过程 · 第二课时");

  await page.goto(`${plan}/read`);
  await page.waitForLoadState("networkidle");
  await page.evaluate(() => document.getElementById("objectives")?.scrollIntoView());
  await expect.poll(() => told, PATIENT).toContain("objectives");
  await page.goto("/");
  await isLedBackTo(page, "教学目标");

  told.length = 0;
  await page.setViewportSize({ width: 360, height: 2400 });
  await page.goto(plan);
  await page.locator("[data-status=saved]").waitFor();
  // On so tall a screen a section is where one would read.
  expect(await page.evaluate(() => (document.querySelector(".plan-section")?.getBoundingClientRect().top ?? innerHeight) < innerHeight / 3)).toBe(true);
  await page.locator("[data-phone-bar]").getByRole("link", { name: "首页" }).click();
  await page.getByRole("region", { name: "上次看到" }).waitFor();
  expect(told).toEqual(["(home is asked for)"]);
  expect(await back(page, "教学目标").getAttribute("href")).toBe(`${plan}#objectives`);
  expect(errors).toEqual([]);
});

const back = (page: Page, section: string) => page.getByRole("region", { name: "上次看到" }).getByRole("link", { name: `分数的意义 · ${section}` });

async function isLedBackTo(page: Page, section: string): Promise<void> {
  await expect.poll(async () => (await page.reload(), back(page, section).count()), PATIENT).toBe(1);
}

/** Scrolls the section's beginning to the top and leaves before one has rested there: by a link of our pages, or to another document. */
async function goToAndLeave(page: Page, section: string, how: { press: string } | { address: string }): Promise<void> {
  await page.evaluate(([key, way]) => {
    const leave = () => ("press" in way ? document.querySelector<HTMLElement>(way.press)?.click() : window.location.assign(way.address));
    document.addEventListener("scroll", leave, { once: true });
    document.getElementById(key)?.scrollIntoView();
  }, [section, how] as const);
}

function isAtTheTop(page: Page, section: string): Promise<boolean> {
  return page.evaluate((key) => {
    const { top = -1 } = document.getElementById(key)?.getBoundingClientRect() ?? {};
    return top >= 0 && top < window.innerHeight / 3;
  }, section);
}
