import { expect, onTestFinished, test } from "vitest";
import { startBrowser } from "#tests/e2e/browser.ts";
import { aFormAndAPlan, ANNOUNCED } from "#tests/e2e/half-written.ts";
import { running } from "#tests/e2e/running.ts";
import { aSmallDisk, mayMount } from "#tests/small-disk.ts";

test.skipIf(!mayMount)("a full disk: a form keeps what was typed, the plan says that it is not saved, and both are kept when there is room again", async () => {
  const disk = aSmallDisk(128);
  // Seeded and ended in order, so that the next write needs new room at once.
  await (await running({ dataDir: disk.folder })).stop();
  const server = await running({ dataDir: disk.folder });
  onTestFinished(() => server.stop());
  const browser = await startBrowser();
  onTestFinished(() => browser.close());

  const { he, lin } = await aFormAndAPlan(browser, server.url, "磁盘满的那天");

  disk.fill();
  await he.page.getByRole("button", { name: "发出" }).click();
  await he.page.getByText("您刚才填的还在").waitFor();
  const [number = "no number"] = /[0-9A-Z]{26}/.exec(await he.page.locator("main").innerText()) ?? [];
  expect(server.said().split("\n").find((line) => line.includes(number) && line.includes("a fault")), "the number on the page is that of the fault").toBeDefined();
  await lin.page.getByRole("textbox").first().click();
  await lin.page.keyboard.type("满了也要在");
  await lin.page.getByText("还没有保存").waitFor();
  // She types on while the page tries again and again.
  await lin.page.keyboard.type("，写多少都在".repeat(20), { delay: 20 });

  disk.empty();
  await he.page.getByRole("link", { name: "回到刚才填的" }).click();
  await expect.poll(() => he.page.getByLabel("内容").inputValue(), { timeout: 30_000 }).toBe(ANNOUNCED);
  await he.page.getByRole("button", { name: "发出" }).click();
  await he.page.getByText(ANNOUNCED).waitFor();
  await lin.page.getByText("已保存").waitFor();
  const plan = lin.page.url();
  await server.kill9();

  const after = await running({ dataDir: disk.folder, port: server.port });
  onTestFinished(() => after.stop());
  await lin.page.goto(plan);
  await expect.poll(() => lin.page.getByRole("textbox").first().innerText(), { timeout: 60_000 }).toContain(`满了也要在${"，写多少都在".repeat(20)}`);
  await he.page.reload();
  expect(await he.page.getByText(ANNOUNCED).count()).toBe(1);
});
