import { expect, onTestFinished, test } from "vitest";
import { aPersonAtTheScreen, startBrowser } from "#tests/e2e/browser.ts";
import { running } from "#tests/e2e/running.ts";

test("a form sent while the line is down says so, keeps what was typed, and is sent when the line is back", async () => {
  const server = await running();
  onTestFinished(() => server.stop());
  const browser = await startBrowser();
  onTestFinished(() => browser.close());
  const lin = await aPersonAtTheScreen(browser, server.url);
  await lin.signInAsDemo("lin-yutong");
  await lin.page.goto("/lessons/new?free=1");
  await lin.page.getByLabel("课题").fill("山里的那一课");
  await lin.page.getByLabel("课时数").fill("3");

  await lin.context.setOffline(true);
  await lin.page.getByRole("button", { name: "开始写" }).click();
  await lin.page.getByRole("heading", { name: "网断了，没有送到" }).waitFor();
  await lin.page.getByRole("link", { name: "回到刚才填的" }).click();
  await lin.page.getByText("您刚才填的还在").waitFor();

  await lin.context.setOffline(false);
  await lin.page.getByRole("link", { name: "回到刚才填的" }).click();
  await expect.poll(() => lin.page.getByLabel("课题").inputValue().catch(() => ""), { timeout: 30_000 }).toBe("山里的那一课");
  expect(await lin.page.getByLabel("课时数").inputValue()).toBe("3");
  await lin.page.getByRole("button", { name: "开始写" }).click();
  await lin.page.getByRole("heading", { name: "山里的那一课" }).first().waitFor();
  // Sent and kept, it is not put back into the next form of this page.
  await lin.page.goto("/lessons/new?free=1");
  expect(await lin.page.getByLabel("课题").inputValue()).toBe("");
});

test("whoever leaves a plan while the line is down is told where her words are, stays herself, and finds the way back to send them", async () => {
  const server = await running();
  onTestFinished(() => server.stop());
  const browser = await startBrowser();
  onTestFinished(() => browser.close());
  const { page, context, signInAsDemo } = await aPersonAtTheScreen(browser, server.url);
  await signInAsDemo("lin-yutong");
  await page.getByRole("link", { name: "接着写" }).first().click();
  await page.locator("[data-status=saved]").waitFor();
  const note = page.getByText("《圆的周长》里您离线时写的字没有丢");
  const waits = page.getByRole("status").filter({ has: note });

  await page.getByRole("textbox", { name: "课标要求" }).click();
  await context.setOffline(true);
  await page.keyboard.type("量一量，再算一算。");
  await page.locator("[data-status=offline]").waitFor();
  await page.getByRole("link", { name: "首页" }).first().click();
  await page.getByRole("heading", { name: "网断了，这一页没能打开" }).waitFor();
  await note.waitFor();
  expect(await page.getByRole("banner").getByRole("link", { name: "我的" }).count()).toBe(1);

  await context.setOffline(false);
  await page.getByRole("link", { name: "再试一次" }).click();
  await page.getByRole("heading", { name: /林雨桐老师/ }).waitFor();
  await waits.getByRole("link", { name: "打开" }).click();
  await page.locator("[data-status=saved]").waitFor();
  await page.getByText("量一量，再算一算。").waitFor();
  await page.getByRole("link", { name: "首页" }).first().click();
  await page.getByRole("heading", { name: /林雨桐老师/ }).waitFor();
  expect(await note.count()).toBe(0);
}, 300_000);
