import * as docx from "docx";
import { expect, onTestFinished, test } from "vitest";
import { aPersonAtTheScreen, startBrowser } from "#tests/e2e/browser.ts";
import { running } from "#tests/e2e/running.ts";
import { aWordFile, cell, headingLine, line } from "#tests/plans/word-files.ts";

test("a colleague's Word plan comes into a plan, and the page says what became of it as long as one wants", async () => {
  const server = await running();
  onTestFinished(() => server.stop());
  const browser = await startBrowser();
  onTestFinished(() => browser.close());
  const { page, signInAsDemo } = await aPersonAtTheScreen(browser, server.url);
  page.setDefaultTimeout(60_000);
  await signInAsDemo("qian-muyun");
  await page.goto("/lessons");
  await page.getByRole("link", { name: "比的意义", exact: true }).first().click();
  await page.getByRole("link", { name: "教案", exact: true }).click();
  await page.locator("[data-status=saved]").waitFor();
  // As somebody comes whose browser has not loaded the editor yet, over a line on which that takes its time.
  await page.goto(`${page.url()}/import`);
  let arrive = () => undefined as void;
  const arrived = new Promise<void>((resolve) => (arrive = resolve));
  await page.route(/plan-desk/, async (route) => {
    await arrived;
    await route.continue();
  });
  const fraction = new docx.Math({ children: [new docx.MathFraction({ numerator: [new docx.MathRun("3")], denominator: [new docx.MathRun("5")] })] });
  const bytes = await aWordFile([
    headingLine("一、教学重点"), line("来自 Word 的重点。"),
    headingLine("二、教学过程"), new docx.Table({ rows: [["环节", "教师活动"], ["导入", "调一杯糖水"]].map((row) => new docx.TableRow({ children: row.map((words) => cell(words)) })) }), new docx.Paragraph({ children: [new docx.TextRun("比值是 "), fraction] }),
    headingLine("三、安全提示"), line("杯子轻放。"),
  ]);
  await page.getByLabel("Word 文件（docx）").setInputFiles({ name: "比的意义.docx", mimeType: "application/vnd.openxmlformats-officedocument.wordprocessingml.document", buffer: bytes });
  await page.getByRole("button", { name: "导入" }).click();
  await page.waitForURL((address) => !address.pathname.endsWith("/import") && address.search === "");
  arrive();
  await page.locator("[data-status=saved]").waitFor();
  const inSection = (words: string, title: string) => page.locator("section", { has: page.getByRole("heading", { name: title, exact: true }) }).filter({ hasText: words }).waitFor();
  await inSection("来自 Word 的重点。", "教学重点");
  await inSection("调一杯糖水", "教学过程");
  await inSection("3/5", "教学过程");
  await inSection("杯子轻放。", "其他内容");
  // The editor has taken the place of the text to read, and what was said of the file is still there to be read.
  await expect.poll(() => page.locator("[contenteditable=true]").count(), { timeout: 60_000 }).toBeGreaterThan(0);
  const said = page.getByRole("status", { name: "Word 文件已经导入" });
  expect(await said.textContent()).toContain("公式已转成一行文字");
  await said.getByRole("button", { name: "知道了" }).click();
  await said.waitFor({ state: "detached" });
}, 300_000);
