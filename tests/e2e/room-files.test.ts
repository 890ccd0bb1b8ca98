import { expect, onTestFinished, test } from "vitest";
import files from "#app/i18n/zh-CN/files.ts";
import seminars from "#app/i18n/zh-CN/seminars.ts";
import { startBrowser } from "#tests/e2e/browser.ts";
import { aPersonInTheRoom, SEMINAR } from "#tests/e2e/in-the-room.ts";
import { running } from "#tests/e2e/running.ts";

const worksheet = { name: "课堂练习单.pdf", mimeType: "application/pdf", buffer: Buffer.from("%PDF-1.7\n分数的意义\n%%EOF\n") };

test("whoever hosts lays a file on the table of the room; where its field did not come, the seminar's own page is a step away and the room stays", async () => {
  const server = await running();
  onTestFinished(() => server.stop());
  const browser = await startBrowser();
  onTestFinished(() => browser.close());
  const { page } = await aPersonInTheRoom(browser, server.url, "chen-jinghao");
  const fold = page.getByText(seminars.room.addFile, { exact: true });
  await fold.click();
  await page.getByLabel(files.upload.choose).setInputFiles(worksheet);
  await page.getByRole("button", { name: files.upload.send }).click();
  await page.getByRole("link", { name: worksheet.name }).waitFor();

  await page.route("**/upload-field-*.js", (route) => route.abort());
  await page.reload();
  await fold.click();
  const there = page.getByRole("link", { name: seminars.room.addFileThere });
  expect(await there.getAttribute("href")).toBe(`/seminars/${SEMINAR}`);
  expect(await there.getAttribute("target")).toBe("_blank");
  expect(await page.getByRole("link", { name: worksheet.name }).count()).toBe(1);
});
