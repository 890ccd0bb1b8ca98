import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { expect, onTestFinished, test } from "vitest";
import editor from "#app/i18n/zh-CN/editor.ts";
import { aPersonAtTheScreen, startBrowser } from "#tests/e2e/browser.ts";
import { commonPlanOf, textOnDisk } from "#tests/e2e/plan-on-disk.ts";
import { running } from "#tests/e2e/running.ts";
import { aPage, signedIn } from "#tests/processes/pages.ts";

const SECTION = { key: "difficult_points", title: "教学难点" };
const PATIENT = { timeout: 60_000, interval: 100 };

declare global {
  interface Window {
    /** All that this page has said and shown since it was opened; gone when it is loaded anew. */
    watched: { said: string[]; shownAsSaved: string };
  }
}

test("the server is killed while two teachers type in one section: what was shown as saved is on disk, and all of it is there once", async () => {
  const before = await running();
  onTestFinished(() => before.stop());
  const browser = await startBrowser();
  onTestFinished(() => browser.close());
  const plan = commonPlanOf(before.dataDir);
  const lin = await aWriter(browser, before.url, plan.id, "lin-yutong", "林");
  const he = await aWriter(browser, before.url, plan.id, "he-lixia", "何");
  await lin.newParagraphAtTheEnd();
  await expect.poll(he.text, PATIENT).toMatch(/\n$/);
  await he.newParagraphAtTheBeginning();
  await expect.poll(lin.text, PATIENT).toMatch(/^\n/);
  const middle = (await lin.text()).slice(1, -1);
  const whole = () => `${he.typed()}\n${middle}\n${lin.typed()}`;

  const bothType = [lin.keepTyping(), he.keepTyping()];
  await lin.page.getByText("何立夏正在写").waitFor();
  await he.page.getByText("林雨桐正在写").waitFor();
  await expect.poll(lin.text, PATIENT).toMatch(/^何1；何2；/);
  await expect.poll(he.text, PATIENT).toMatch(/\n林1；林2；/);
  for (const writer of [lin, he]) await expect.poll(async () => (await writer.shownAsSaved()).includes(`${writer.mark}8；`), PATIENT).toBe(true);
  await before.kill9();
  for (const writer of [lin, he]) await writer.says("还没有保存");
  for (const writer of [lin, he]) await writer.typesOnFor(5);
  for (const writer of [lin, he]) writer.stopTyping();
  await Promise.all(bothType);

  // Nobody is connected: what was shown as saved is what the disk has by itself.
  const onDisk = await textOnDisk(before.dataDir, plan.docId, SECTION.key);
  for (const writer of [lin, he]) {
    expect((await writer.said()).at(-1)).toBe("offline");
    const promised = writer.paragraphIn(await writer.shownAsSaved());
    expect(promised).toContain(`${writer.mark}8；`);
    expect(writer.paragraphIn(onDisk).slice(0, promised.length)).toBe(promised);
    expect(writer.typed().length).toBeGreaterThan(writer.paragraphIn(onDisk).length);
  }

  const after = await running({ dataDir: before.dataDir, port: before.port });
  onTestFinished(() => after.stop());
  for (const writer of [lin, he]) await writer.says("已保存");
  for (const writer of [lin, he]) await expect.poll(writer.text, PATIENT).toBe(whole());
  await lin.page.keyboard.type("又见面了");
  await expect.poll(he.text, PATIENT).toBe(`${whole()}又见面了`);
  await lin.page.getByText("何立夏正在写").waitFor();
  await lin.says("已保存");
  // The same pages as before, never loaded anew.
  for (const writer of [lin, he]) expect(await writer.said()).toEqual(expect.arrayContaining(["saving", "offline"]));
  const chen = await aPersonAtTheScreen(browser, after.url);
  await chen.signInAsDemo("chen-jinghao");
  await chen.page.goto(`/plans/${plan.id}#${SECTION.key}`);
  await expect.poll(() => textIn(chen.page), PATIENT).toBe(`${whole()}又见面了`);
}, 300_000);

test("the server is told to stop while fifty type: whoever sees it happen is told that the rest is not saved, what was shown as saved is on disk, and all of it is there once", async () => {
  const dataDir = mkdtempSync(join(tmpdir(), "tongyan-told-to-stop-"));
  onTestFinished(() => rmSync(dataDir, { recursive: true, force: true }));
  const before = await running({ dataDir });
  onTestFinished(() => before.stop());
  const browser = await startBrowser();
  onTestFinished(() => browser.close());
  const plan = commonPlanOf(dataDir);
  const cookie = await signedIn(before.url, "he-lixia");
  const others = await Promise.all(Array.from({ length: 49 }, () => aPage(before.url, cookie, plan.id)));
  const lin = await aWriter(browser, before.url, plan.id, "lin-yutong", "林");
  await lin.newParagraphAtTheEnd();
  const above = (await lin.text()).replace(/\n$/, "");
  const whole = () => `${above}\n${lin.typed()}`;

  const theirs: string[] = [];
  const typing = setInterval(() => others.forEach((page, who) => {
    theirs.push(`${who}：${theirs.length}`);
    page.types(theirs.at(-1) ?? "");
  }), 250);
  onTestFinished(() => clearInterval(typing));
  const sheTypes = lin.keepTyping();
  await expect.poll(async () => (await lin.shownAsSaved()).includes("林8；"), PATIENT).toBe(true);
  await before.stop();
  expect(await before.ended()).toEqual([0, null]);
  await lin.says(editor.status.offline);
  await lin.typesOnFor(5);
  lin.stopTyping();
  clearInterval(typing);
  await sheTypes;
  const onDisk = await textOnDisk(dataDir, plan.docId, SECTION.key);
  const promised = lin.paragraphIn(await lin.shownAsSaved());
  expect(lin.paragraphIn(onDisk).slice(0, promised.length)).toBe(promised);
  expect(lin.typed().length).toBeGreaterThan(lin.paragraphIn(onDisk).length);
  expect((await lin.said()).at(-1)).toBe("offline");

  const after = await running({ dataDir, port: before.port });
  onTestFinished(() => after.stop());
  await lin.says(editor.status.saved);
  for (const page of others) await page.saved();
  await expect.poll(lin.text, PATIENT).toBe(whole());
  await expect.poll(() => others[0]?.sees().toSorted(), PATIENT).toEqual(theirs.toSorted());
  await lin.page.reload();
  await expect.poll(() => textIn(lin.page), PATIENT).toBe(whole());
  expect(await textOnDisk(dataDir, plan.docId, SECTION.key)).toBe(whole());
}, 300_000);

/** Somebody of the demonstration with the section before her, who writes a paragraph of her own. */
async function aWriter(browser: Browser, url: string, planId: string, key: string, mark: "林" | "何") {
  const { page, signInAsDemo } = await aPersonAtTheScreen(browser, url);
  page.setDefaultTimeout(PATIENT.timeout);
  await signInAsDemo(key);
  await page.goto(`/plans/${planId}#${SECTION.key}`);
  const section = page.getByRole("textbox", { name: SECTION.title, exact: true });
  await section.and(page.locator("[contenteditable=true]")).click();
  await page.getByText("已保存").waitFor();
  await watch(page);
  let typed = "";
  let count = 0;
  let typing = true;
  return {
    page,
    mark,
    text: () => textIn(page),
    typed: () => typed,
    said: () => page.evaluate(() => window.watched.said),
    /** The section as it stood when the page last said that all is saved. */
    shownAsSaved: () => page.evaluate(() => window.watched.shownAsSaved),
    says: (words: string) => page.getByRole("status").filter({ hasText: words }).waitFor(),
    /** Her own paragraph: 何立夏 writes above all others, 林雨桐 below. */
    paragraphIn: (text: string) => text.split("\n").at(mark === "何" ? 0 : -1) ?? "",
    newParagraphAtTheEnd: async () => {
      await caretGoes(page, "Control+End", -1);
      await page.keyboard.press("Enter");
    },
    newParagraphAtTheBeginning: async () => {
      await caretGoes(page, "Control+Home", 0);
      await page.keyboard.press("Enter");
      await caretGoes(page, "ArrowUp", 0);
    },
    /** Numbers, one after the other, and now and then a moment of thought in which the page may say that all is saved. */
    keepTyping: async () => {
      while (typing) {
        const next = `${mark}${++count}；`;
        await page.keyboard.type(next, { delay: 15 });
        typed += next;
        if (count % 4 === 0) await page.locator("[data-status=saved], [data-status=offline]").waitFor();
      }
    },
    typesOnFor: (numbers: number) => {
      const until = count + numbers;
      return expect.poll(() => count, PATIENT).toBeGreaterThan(until);
    },
    stopTyping: () => void (typing = false),
  };
}

function textIn(page: Page): Promise<string> {
  return page.getByRole("textbox", { name: SECTION.title, exact: true }).evaluate((root) => [...root.children].map((block) => block.textContent).join("\n"));
}

/** Presses a key until the caret stands in the first (0) or the last (-1) paragraph, and lets the editor hear of it. */
async function caretGoes(page: Page, key: string, paragraph: 0 | -1): Promise<void> {
  await expect.poll(async () => {
    await page.keyboard.press(key);
    return page.evaluate(async ([title, at]) => {
      for (let frame = 0; frame < 2; frame++) await new Promise(requestAnimationFrame);
      const blocks = document.querySelector(`[role=textbox][aria-label="${title}"]`)?.children ?? [];
      return [...blocks].at(at)?.contains(getSelection()?.anchorNode ?? null);
    }, [SECTION.title, paragraph] as const);
  }, PATIENT).toBe(true);
}

/** From now on the page is read many times a second, as somebody who watches it would. */
function watch(page: Page): Promise<void> {
  return page.evaluate((title) => {
    window.watched = { said: [], shownAsSaved: "" };
    setInterval(() => {
      const status = document.querySelector<HTMLElement>("[data-status]")?.dataset.status ?? "";
      const section = document.querySelector(`[role=textbox][aria-label="${title}"]`);
      if (window.watched.said.at(-1) !== status) window.watched.said.push(status);
      if (status === "saved") window.watched.shownAsSaved = [...(section?.children ?? [])].map((block) => block.textContent).join("\n");
    }, 10);
  }, SECTION.title);
}
