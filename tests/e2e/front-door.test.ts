import { expect, test } from "vitest";
import { aPersonAtTheScreen, startBrowser } from "#tests/e2e/browser.ts";
import { running } from "#tests/e2e/running.ts";

test("somebody of the demonstration comes in by the front door, before and after a power cut", async () => {
  const before = await running();
  const browser = await startBrowser();
  const lin = await aPersonAtTheScreen(browser, before.url);
  await lin.page.goto("/lessons");
  expect(new URL(lin.page.url()).pathname).toBe("/sign-in");
  await lin.signInAsDemo("lin-yutong");
  await lin.page.waitForLoadState("networkidle");
  expect(lin.errors).toEqual([]);
  await lin.page.goto("about:blank");
  await before.kill9();
  const after = await running({ dataDir: before.dataDir, port: before.port });
  await lin.page.goto("/lessons");
  expect(new URL(lin.page.url()).pathname).toBe("/lessons");
  expect(lin.errors).toEqual([]);
  await browser.close();
  await after.stop();
  await before.stop();
});
