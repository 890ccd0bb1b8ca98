import type { Browser, Page } from "playwright-core";
import { expect, onTestFinished, test } from "vitest";
import { aPersonAtTheScreen, startBrowser } from "#tests/e2e/browser.ts";
import { type Running, running } from "#tests/e2e/running.ts";

const PATIENT = { timeout: 60_000, interval: 100 };
const WORDS = "圈一直留在黑板上";

test("who may not write comments on words: the others see it while it happens, and find the words from the talk", async () => {
  const { server, browser } = await aStaffRoom();
  const wu = await opened(browser, server, "wu-haiping", "分数的意义", "readonly");
  const chen = await opened(browser, server, "chen-jinghao", "分数的意义", "saved");
  await chen.evaluate(() => void Object.assign(window, { neverLoadedAnew: true }));

  await select(wu, "教学难点", WORDS);
  await wu.getByRole("button", { name: "说一句" }).click();
  await said(wu).pressSequentially("黑板不够大，@林");
  await wu.getByRole("button", { name: "@林雨桐" }).click();
  await said(wu).pressSequentially("怎么办？");
  await wu.getByRole("button", { name: "写下意见" }).click();
  const thread = chen.getByRole("article").filter({ hasText: "黑板不够大，@林雨桐 怎么办？" });
  await thread.waitFor();

  // Her answer, half written, outlives what the others say meanwhile.
  await thread.locator("summary").click();
  await thread.getByRole("textbox").fill("先把圈画");
  await expect.poll(() => said(wu).inputValue(), PATIENT).toBe("");
  expect(await wu.locator("input[name=quote]").count()).toBe(0);
  await said(wu).fill("另外，第二课时的作业多了。");
  await wu.getByRole("button", { name: "写下意见" }).click();
  await chen.getByText("第二课时的作业多了").waitFor();
  expect(await thread.getByRole("textbox").inputValue()).toBe("先把圈画");
  await thread.getByRole("textbox").pressSequentially("小一点。");
  await thread.getByRole("button", { name: "回复" }).click();
  await wu.getByText("先把圈画小一点。").waitFor();

  await chen.evaluate(() => window.scrollTo(0, 0));
  await thread.getByRole("link", { name: new RegExp(WORDS) }).click();
  await expect.poll(() => markedInView(chen), PATIENT).toBe(WORDS);
  await thread.getByRole("button", { name: "解决" }).click();
  await wu.getByText("已解决 3 条").waitFor();
  expect(await chen.evaluate(() => "neverLoadedAnew" in window)).toBe(true);

  const lin = await aPersonAtTheScreen(browser, server.url);
  await lin.signInAsDemo("lin-yutong");
  await lin.page.goto("/inbox");
  await lin.page.getByText("吴海平在《分数的意义》的意见里提到您").waitFor();
  // Who writes along and cannot move the prep on is led to the text, too.
  await lin.page.goto("/lessons");
  await lin.page.getByRole("link", { name: "分数的意义", exact: true }).first().click();
  await lin.page.getByRole("link", { name: "写共案" }).click();
  await lin.page.locator("[data-status=saved]").waitFor();
}, 300_000);

test("what a plan still lacks follows what is written in it", async () => {
  const { server, browser } = await aStaffRoom();
  const he = await opened(browser, server, "he-lixia", "圆的周长", "saved");
  const missing = he.getByRole("link", { name: /^还缺 \d+ 项$/ });
  expect(await missing.textContent()).toBe("还缺 2 项");
  const board = he.getByRole("textbox", { name: "板书设计", exact: true }).and(he.locator("[contenteditable=true]"));
  await he.locator("[id='board_plan.p1']").scrollIntoViewIfNeeded();
  await board.click();
  await he.keyboard.type("圆的周长 = 圆周率 × 直径。左边画三个圆，右边写量出来的数，中间留给学生的发现。".repeat(2));
  await expect.poll(() => missing.textContent(), PATIENT).toBe("还缺 1 项");
  await he.keyboard.press("Control+A");
  await he.keyboard.press("Delete");
  await expect.poll(() => missing.textContent(), PATIENT).toBe("还缺 2 项");
}, 300_000);

const said = (page: Page) => page.getByRole("textbox", { name: "意见", exact: true });

async function aStaffRoom(): Promise<{ server: Running; browser: Browser }> {
  const server = await running();
  onTestFinished(() => server.stop());
  const browser = await startBrowser();
  onTestFinished(() => browser.close());
  return { server, browser };
}

/** The common plan of a lesson, as somebody of the demonstration gets to it, when its page says how it stands. */
async function opened(browser: Browser, server: Running, key: string, lesson: string, status: "saved" | "readonly"): Promise<Page> {
  const { page, signInAsDemo } = await aPersonAtTheScreen(browser, server.url);
  page.setDefaultTimeout(PATIENT.timeout);
  await signInAsDemo(key);
  await page.goto("/lessons");
  await page.getByRole("link", { name: lesson, exact: true }).first().click();
  await page.getByRole("link", { name: "共案", exact: true }).click();
  await page.locator(`[data-status=${status}]`).waitFor();
  return page;
}

/** Selects words with the page's own selection, once the section's editor shows them. */
async function select(page: Page, section: string, words: string): Promise<void> {
  await page.getByRole("heading", { name: section, exact: true }).scrollIntoViewIfNeeded();
  const text = page.getByRole("textbox", { name: section, exact: true }).filter({ hasText: words });
  await text.waitFor();
  await text.evaluate((root, wanted) => {
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const at = node.textContent?.indexOf(wanted) ?? -1;
      if (at >= 0) return void window.getSelection()?.setBaseAndExtent(node, at, node, at + wanted.length);
    }
    throw new Error(`nobody wrote ${wanted}`);
  }, words);
}

/** The words of the chosen thread, if they are on the screen. */
function markedInView(page: Page): Promise<string> {
  return page.evaluate(() => {
    for (const range of CSS.highlights.get("plan-thread-selected") ?? []) {
      const { top, bottom } = (range as Range).getBoundingClientRect();
      if (top >= 0 && bottom <= window.innerHeight) return range.toString();
    }
    return "";
  });
}
