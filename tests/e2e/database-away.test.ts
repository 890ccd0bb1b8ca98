import type { Page } from "playwright-core";
import { expect, onTestFinished, test } from "vitest";
import common from "#app/i18n/zh-CN/common.ts";
import editor from "#app/i18n/zh-CN/editor.ts";
import { startBrowser } from "#tests/e2e/browser.ts";
import { aFormAndAPlan, ANNOUNCED } from "#tests/e2e/half-written.ts";
import { running } from "#tests/e2e/running.ts";
import { startPostgresql } from "#tests/postgresql-server.ts";

const PATIENT = { timeout: 60_000, interval: 100 };
const INSIDE = /ECONN|select |postgres|Unexpected|Error/i;

test("PostgreSQL is killed and started again: a form keeps what was typed, the plan says that it is not saved, other pages say that they cannot with a number, and then all of it is kept, once", async () => {
  const database = await startPostgresql();
  if (!database) throw new Error("Debian's package `postgresql` is not installed");
  onTestFinished(() => database.remove());
  const server = await running({ mode: "filled", env: { DATABASE_URL: database.address } });
  onTestFinished(() => server.stop());
  const browser = await startBrowser();
  onTestFinished(() => browser.close());

  const { he, lin, section } = await aFormAndAPlan(browser, server.url, "数据库停着的那天");

  database.kill();
  await he.page.getByRole("button", { name: "发出" }).click();
  await he.page.getByText(common.refusal.kept).waitFor();
  const numberOn = async ({ page }: Pick<typeof he, "page">) => /[0-9A-Z]{26}/.exec(await page.locator("main").innerText())?.[0] ?? "no number";
  const writtenDown = (number: string) => server.said().split("\n").some((line) => line.includes(number) && line.includes("a fault"));
  expect(writtenDown(await numberOn(he)), "the number on the page is that of the fault").toBe(true);
  await lin.page.keyboard.type("停着也要在");
  await lin.page.getByText(editor.status.offline).waitFor();
  // Opened anew, not even who asks can be looked up.
  const anew = { page: await lin.context.newPage() };
  for (const path of ["/me", "/", new URL(lin.page.url()).pathname]) {
    const answer = await anew.page.goto(path);
    expect(answer?.status(), path).toBe(500);
    await anew.page.getByRole("heading", { name: common.refusal.fault.title }).waitFor();
    await taken(anew.page);
    expect(await anew.page.locator("body").innerText()).not.toMatch(INSIDE);
    const number = await numberOn(anew);
    expect([number, writtenDown(number)], path).toEqual([answer?.headers()["x-request-id"], true]);
  }
  // And by a link, for which data alone is asked.
  await anew.page.getByRole("link", { name: common.refusal.again }).click();
  await anew.page.getByRole("heading", { name: common.refusal.fault.title }).waitFor();
  expect(writtenDown(await numberOn(anew))).toBe(true);

  database.start();
  await lin.page.getByText(editor.status.saved).waitFor();
  await he.page.getByRole("link", { name: common.refusal.toForm }).click();
  await expect.poll(() => he.page.getByLabel("内容").inputValue().catch(() => ""), PATIENT).toBe(ANNOUNCED);
  await he.page.getByRole("button", { name: "发出" }).click();
  await he.page.getByText(ANNOUNCED).waitFor();
  await he.page.reload();
  expect(await he.page.getByText(ANNOUNCED).count()).toBe(1);
  await anew.page.getByRole("link", { name: common.refusal.again }).click();
  await anew.page.getByText("停着也要在").first().waitFor();
  expect(await section.innerText()).toBe("停着也要在");
}, 300_000);

/** The scripts have taken the page over. */
function taken(page: Page): Promise<unknown> {
  return page.waitForFunction(() => Object.keys(document.querySelector("main") ?? {}).some((key) => key.startsWith("__react")));
}
