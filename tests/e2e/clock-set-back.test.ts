import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import editor from "#app/i18n/zh-CN/editor.ts";
import { aPersonAtTheScreen, startBrowser } from "#tests/e2e/browser.ts";
import { commonPlanOf, textOnDisk } from "#tests/e2e/plan-on-disk.ts";
import { running } from "#tests/e2e/running.ts";

const SECTION = { key: "difficult_points", title: "教学难点" };
const BEFORE = "钟拨回去之前写的。";
const AFTER = "拨回去以后写的。";
const HOUR_MS = 3_600_000;
const PATIENT = { timeout: 60_000, interval: 100 };
/** Debian's package `faketime`: a program hears from it what time it is. */
const library = ["x86_64-linux-gnu", "aarch64-linux-gnu"].map((machine) => `/usr/lib/${machine}/faketime/libfaketimeMT.so.1`).find((file) => existsSync(file));

test.skipIf(!library)("the server's clock is set back by an hour: nobody is signed out, what was saved is there, what is written now is saved behind it, also after a new start", async () => {
  const dataDir = mkdtempSync(join(tmpdir(), "tongyan-clock-"));
  onTestFinished(() => rmSync(dataDir, { recursive: true, force: true }));
  const offset = join(dataDir, "offset");
  writeFileSync(offset, "+0s");
  const env = { LD_PRELOAD: library ?? "", FAKETIME_TIMESTAMP_FILE: offset, FAKETIME_NO_CACHE: "1", FAKETIME_DONT_FAKE_MONOTONIC: "1" };
  const server = await running({ dataDir, env });
  onTestFinished(() => server.stop());
  const behindBy = async () => Date.now() - Date.parse(String((await fetch(`${server.url}/healthz`)).headers.get("date")));
  expect(await behindBy()).toBeLessThan(HOUR_MS / 2);
  const browser = await startBrowser();
  onTestFinished(() => browser.close());
  const { page, signInAsDemo } = await aPersonAtTheScreen(browser, server.url);
  page.setDefaultTimeout(PATIENT.timeout);
  await signInAsDemo("lin-yutong");
  const plan = commonPlanOf(dataDir);
  const section = page.getByRole("textbox", { name: SECTION.title, exact: true });
  const saved = () => page.getByRole("status").filter({ hasText: editor.status.saved }).waitFor();
  const onDisk = () => textOnDisk(dataDir, plan.docId, SECTION.key);
  const opensAndWrites = async (words: string) => {
    await page.goto(`/plans/${plan.id}#${SECTION.key}`);
    await section.and(page.locator("[contenteditable=true]")).click();
    await page.keyboard.press("Control+End");
    await page.keyboard.type(words);
  };
  await opensAndWrites(BEFORE);
  await expect.poll(onDisk, PATIENT).toContain(BEFORE);
  await saved();

  writeFileSync(offset, "-1h");
  await expect.poll(behindBy, PATIENT).toBeGreaterThan(HOUR_MS / 2);
  // In the page that was open all the while.
  await page.keyboard.type(AFTER);
  await expect.poll(onDisk, PATIENT).toContain(BEFORE + AFTER);
  await saved();
  // Opened anew, by the same session.
  await page.goto("/me");
  await page.getByRole("heading", { name: /林雨桐/ }).first().waitFor();
  await opensAndWrites("又打开写的。");
  await expect.poll(onDisk, PATIENT).toContain(`${BEFORE}${AFTER}又打开写的。`);
  await saved();
  const whole = await onDisk();
  await server.stop();

  const again = await running({ dataDir, env, port: server.port });
  onTestFinished(() => again.stop());
  await page.goto(`/plans/${plan.id}#${SECTION.key}`);
  await section.and(page.locator("[contenteditable=true]")).waitFor();
  await saved();
  await expect.poll(() => section.innerText(), PATIENT).toContain(`${BEFORE}${AFTER}又打开写的。`);
  expect(await behindBy()).toBeGreaterThan(HOUR_MS / 2);
  expect(await onDisk()).toBe(whole);
}, 300_000);
