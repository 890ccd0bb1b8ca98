import { expect, onTestFinished, test } from "vitest";
import { aPersonAtTheScreen, startBrowser } from "#tests/e2e/browser.ts";
import { running } from "#tests/e2e/running.ts";

test("a form open in two tabs: the second says what the first kept, beside each field that differs, and can then be saved", async () => {
  const server = await running();
  onTestFinished(() => server.stop());
  const browser = await startBrowser();
  onTestFinished(() => browser.close());
  const lin = await aPersonAtTheScreen(browser, server.url);
  await lin.signInAsDemo("lin-yutong");
  await lin.page.getByRole("link", { name: "接着写" }).first().click();
  await lin.page.getByRole("link", { name: "表头" }).click();
  await lin.page.getByLabel("班级").waitFor();
  const later = await lin.context.newPage();
  await later.goto(lin.page.url());
  await later.getByLabel("授课时间").fill("11 月 27 日");

  await lin.page.getByLabel("班级").fill("六（2）班");
  await lin.page.getByRole("button", { name: "保存" }).click();
  await lin.page.waitForURL(/\/plans\/\w+$/);

  await later.getByRole("button", { name: "保存" }).click();
  await later.getByRole("alert").getByText("先另外保存过一次").waitFor();
  expect(await later.getByLabel("授课时间").inputValue()).toBe("11 月 27 日");
  await later.getByText("现在保存着的是：六（2）班").waitFor();
  await later.getByText("现在保存着的是空的").waitFor();
  expect(await later.getByText("现在保存着的是").count()).toBe(2);

  await later.getByLabel("班级").fill("六（2）班");
  await later.getByRole("button", { name: "保存" }).click();
  await later.waitForURL(/\/plans\/\w+$/);
  await later.getByText("班级 六（2）班").first().waitFor();
  await later.getByText("授课时间 11 月 27 日").first().waitFor();
});
