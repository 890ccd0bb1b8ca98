import * as docx from "docx";
import sharp from "sharp";
import { expect, onTestFinished, test } from "vitest";
import editor from "#app/i18n/zh-CN/editor.ts";
import files from "#app/i18n/zh-CN/files.ts";
import { aPersonAtTheScreen, startBrowser } from "#tests/e2e/browser.ts";
import { running } from "#tests/e2e/running.ts";
import { aWordFile, headingLine } from "#tests/plans/word-files.ts";
import { aBucket } from "#tests/processes/parts.ts";
import { programOf } from "#tests/processes/programs.ts";

const PATIENT = { timeout: 60_000, interval: 200 };
const named = (words: string, params: Record<string, string>) => words.replace(/\{\{(\w+)\}\}/g, (_, key: string) => params[key] ?? "");

test.skipIf(!programOf("versitygw"))("the object store is away: a plan opens and is saved, what needs the store says so where it stands, and when it is back pictures and uploads come by themselves", async () => {
  const bucket = await aBucket();
  const { endpoint, accessKeyId, secretAccessKey, bucket: name } = bucket.named;
  const server = await running({ env: { S3_ENDPOINT: endpoint, S3_BUCKET: name, S3_ACCESS_KEY_ID: accessKeyId, S3_SECRET_ACCESS_KEY: secretAccessKey } });
  onTestFinished(() => server.stop());
  const browser = await startBrowser();
  onTestFinished(() => browser.close());
  const { page, signInAsDemo } = await aPersonAtTheScreen(browser, server.url);
  page.setDefaultTimeout(PATIENT.timeout);
  await signInAsDemo("lin-yutong");
  await page.goto("/lessons/new?free=1");
  await page.getByLabel("课题").fill("存储停了的那天");
  await page.getByRole("button", { name: "开始写" }).click();
  await page.locator("[data-status=saved]").waitFor();
  const plan = page.url().split("?")[0] ?? "";
  const numberLine = await sharp({ create: { width: 60, height: 30, channels: 3, background: "#b3301d" } }).png().toBuffer();
  const givePicture = async (fileName: string) => {
    await page.getByRole("textbox").first().click();
    await page.locator("input[type=file][accept='image/*']").first().setInputFiles({ name: fileName, mimeType: "image/png", buffer: numberLine });
  };
  await givePicture("数轴.png");
  const drawn = () => page.getByRole("img", { name: "数轴" }).first().evaluate((image) => (image as HTMLImageElement).naturalWidth, undefined, { timeout: 1_000 }).catch(() => 0);
  await expect.poll(drawn, PATIENT).toBe(60);
  await page.locator("[data-status=saved]").waitFor();

  await bucket.kill();
  await page.reload();
  await page.getByText(editor.image.away).first().waitFor();
  const writing = page.getByRole("textbox").nth(1);
  await writing.click();
  await page.keyboard.type("存储停着，也写得下去。");
  await expect.poll(() => writing.innerText(), PATIENT).toContain("存储停着，也写得下去。");
  await page.locator("[data-status=saved]").waitFor();
  await givePicture("分数墙.png");
  await page.getByRole("alert").getByText(named(editor.image.failed, { reason: files.refused.store_away })).waitFor();
  await page.locator("summary", { hasText: files.list.add }).click();
  await page.getByLabel(files.upload.choose).setInputFiles({ name: "课件.pdf", mimeType: "application/pdf", buffer: Buffer.from("%PDF-1.7\n分数的意义\n%%EOF\n") });
  await page.getByRole("button", { name: files.upload.send }).click();
  await page.getByRole("status").getByText(named(files.upload.storeAway, { percent: "0" })).waitFor();
  const desk = await page.context().newPage();
  await desk.goto(`${plan}/import`);
  const word = await aWordFile([headingLine("一、教学重点"), new docx.Paragraph({ children: [new docx.ImageRun({ type: "png", data: numberLine, transformation: { width: 60, height: 30 } })] })]);
  await desk.getByLabel("Word 文件（docx）").setInputFiles({ name: "教案.docx", mimeType: "application/vnd.openxmlformats-officedocument.wordprocessingml.document", buffer: word });
  await desk.getByRole("button", { name: "导入" }).click();
  await desk.getByText(files.refused.store_away).waitFor();
  const download = await page.evaluate((address) => fetch(address).then(async (answer) => [answer.status, await answer.text()]), `${plan}/export.docx`);
  expect(download).toEqual([503, `${files.away}\n`]);
  const { parts } = (await (await fetch(`${server.url}/readyz`)).json()) as { parts: { files: unknown } }; // as server/web.ts answers
  expect(parts.files).toMatchObject({ ready: true, reason: expect.stringContaining("none is taken") });

  await bucket.again();
  await page.getByText(named(files.upload.done, { name: "课件.pdf" })).waitFor();
  await expect.poll(drawn, PATIENT).toBe(60);
  await desk.getByRole("button", { name: "导入" }).click();
  await desk.waitForURL((address) => !address.pathname.endsWith("/import"));
  await expect.poll(async () => (await page.request.get(String(await page.getByRole("link", { name: "课件.pdf" }).getAttribute("href")))).status(), PATIENT).toBe(200);
  await page.goto(plan);
  await page.getByText("存储停着，也写得下去。").first().waitFor();
}, 300_000);
