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
