import { expect, onTestFinished, test } from "vitest";
import editor from "#app/i18n/zh-CN/editor.ts";
import seminars from "#app/i18n/zh-CN/seminars.ts";
import { demoId } from "#server/demo/ids.ts";
import { aPersonAtTheScreen, startBrowser } from "#tests/e2e/browser.ts";
import { running } from "#tests/e2e/running.ts";

const ADDRESS = `/seminars/${demoId("seminar", "fraction-meaning-round-two")}`;
const WROTE = "份是分出来的，个是数出来的。";
const DECIDED = "先出示份，再数个。";

test("without picture and sound a seminar is held in words: the page says so, plan and chat go on, a cut line loses nothing, and the minutes are finished together", async () => {
  const server = await running();
  onTestFinished(() => server.stop());
  const browser = await startBrowser();
  onTestFinished(() => browser.close());
  const enter = async (key: string) => {
    const { page, context, signInAsDemo } = await aPersonAtTheScreen(browser, server.url);
    page.setDefaultTimeout(60_000);
    await signInAsDemo(key);
    await page.goto(ADDRESS);
    return { page, context, goIn: async () => (await page.getByRole("button", { name: seminars.page.enter }).click(), await page.waitForURL("**/room")) };
  };
  const chen = await enter("chen-jinghao");
  await chen.goIn();
  await chen.page.getByRole("button", { name: seminars.room.start, exact: true }).click();
  // The server has none: it is not hidden, and nothing else is less.
  await chen.page.getByText(seminars.live.noServer.missing).waitFor();

  const lin = await enter("lin-yutong");
  await lin.page.addInitScript(() => Reflect.deleteProperty(window, "RTCPeerConnection"));
  await lin.goIn();
  await lin.page.reload();
  await lin.page.getByText(seminars.live.unavailable.browser).waitFor();
  await lin.page.getByRole("article").getByText("课标要求").waitFor();
  await lin.page.getByRole("button", { name: seminars.room.handUp, exact: true }).click();
  await chen.page.getByRole("link", { name: `${seminars.room.tab.hands} 1` }).click();
  await chen.page.getByRole("listitem").filter({ hasText: "林雨桐" }).getByText("林雨桐").first().waitFor();
  await chen.page.getByRole("button", { name: seminars.room.actNamed.replace("{{name}}", "林雨桐").replace("{{act}}", seminars.room.giveFloor) }).click();
  await lin.page.getByRole("status").getByText(seminars.room.floor.words).waitFor();

  // In the tunnel she goes on writing.
  await lin.context.setOffline(true);
  const box = lin.page.getByRole("textbox", { name: seminars.room.say });
  await box.fill(WROTE);
  await box.press("Enter");
  await lin.page.getByText(seminars.room.waits).or(lin.page.getByText(seminars.room.sending, { exact: true })).waitFor();
  await lin.context.setOffline(false);
  await chen.page.getByRole("link", { name: seminars.room.tab.talk }).click();
  await chen.page.getByText(WROTE).waitFor();
  await expect.poll(() => lin.page.getByText(seminars.room.waits).or(lin.page.getByText(seminars.room.sending, { exact: true })).count(), { timeout: 60_000 }).toBe(0);
  for (const { page } of [chen, lin]) expect(await page.getByText(WROTE).count()).toBe(1);

  await chen.page.locator("summary", { hasText: seminars.room.end }).click();
  await chen.page.getByRole("button", { name: seminars.room.endNow }).click();
  for (const { page } of [chen, lin]) {
    // Nobody reloads: the room leads out by itself.
    await page.waitForURL(`**${ADDRESS}`);
    await page.goto(`${ADDRESS}/minutes`);
    await page.getByRole("article").getByText(WROTE).waitFor();
    await page.getByText(editor.status.saved).waitFor();
  }
  await lin.page.locator("#decided .plan-text").click();
  await lin.page.keyboard.type(DECIDED);
  await chen.page.locator("#decided").getByText(DECIDED).waitFor();
  await lin.page.goto(`${ADDRESS}/report`);
  await lin.page.getByText(seminars.report.said.replace("{{messages}}", "1").replace("{{hands}}", "1")).first().waitFor();
}, 300_000);
