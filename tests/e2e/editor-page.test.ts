import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { aContext, pause } from "./editor-harness/browser.ts";
import { aStaffRoomInTheBrowser } from "./editor-harness/two-writers.ts";

const { server, browser, newPlan } = aStaffRoomInTheBrowser();

async function open(person: string, doc: string, viewport?: { width: number; height: number }): Promise<Page> {
  const context = await aContext(browser(), server(), person, viewport);
  const page = await context.newPage();
  await page.goto(`${server().url}/whole.html?${new URLSearchParams({ person, doc, edit: person === "zhou" ? "no" : "yes" })}`);
  await text(page, "教学重点").waitFor();
  return page;
}

const text = (page: Page, section: string) => page.getByRole("textbox", { name: section, exact: true });

async function into(page: Page, section: string): Promise<void> {
  await text(page, section).click();
  await pause(120);
}

/** Selects words by the page's own selection, as a mouse would. */
async function select(page: Page, words: string): Promise<void> {
  await page.evaluate((wanted) => {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      if (!node.parentElement?.closest("[contenteditable]")) continue;
      const at = node.textContent?.indexOf(wanted) ?? -1;
      if (at < 0) continue;
      node.parentElement?.closest<HTMLElement>("[contenteditable]")?.focus();
      window.getSelection()?.setBaseAndExtent(node, at, node, at + wanted.length);
      return;
    }
    throw new Error(`nobody wrote ${wanted}`);
  }, words);
  await pause(150);
}

async function paste(page: Page, section: string, html: string): Promise<void> {
  await text(page, section).evaluate((root, content) => {
    const data = new DataTransfer();
    data.setData("text/html", content);
    data.setData("text/plain", "别的");
    root.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
  }, html);
  await pause(150);
}

/** The section as the server has it, as lines of text. */
async function kept(docId: string, title: string): Promise<string> {
  await pause(300);
  const { sections } = await server().documents.read(docId);
  return JSON.stringify(sections.find((section) => section.title === title)?.nodes);
}

test("a plan is written with the tools at the selection", async () => {
  const doc = newPlan();
  const docId = await server().make(doc, { key_points: [{ p: "理解分数的意义" }] });
  const page = await open("lin", doc);
  await page.getByRole("toolbar").waitFor({ state: "detached" });
  await select(page, "分数");
  await page.getByRole("button", { name: "加粗" }).click();
  await page.getByText("已保存").waitFor();
  expect(await kept(docId, "教学重点")).toMatch(/"format":1[^}]*"text":"分数"/);
  await page.getByRole("button", { name: "链接" }).click();
  await page.getByRole("textbox", { name: "链接地址" }).fill("javascript:alert(1)");
  await page.getByRole("button", { name: "确定" }).click();
  await page.getByText("只能用 http、https 或邮箱地址").waitFor();
  await page.getByRole("textbox", { name: "链接地址" }).fill("www.pep.com.cn/book");
  await page.getByRole("button", { name: "确定" }).click();
  expect(await text(page, "教学重点").locator("a").getAttribute("href")).toBe("https://www.pep.com.cn/book");
  await page.context().close();
});

test("at an empty line there is a menu, in a table another; both work by keyboard", async () => {
  const doc = newPlan();
  const page = await open("lin", doc);
  expect(await page.locator(".plan-placeholder").first().textContent()).toBe("这节课一定要让学生明白的一两件事");
  await into(page, "教学过程 · 第一课时");
  await page.keyboard.press("Alt+Insert");
  await page.getByRole("menu").waitFor();
  for (let i = 0; i < 3; i++) await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  const table = text(page, "教学过程 · 第一课时").getByRole("table");
  await table.waitFor();
  expect(await table.getByRole("row").count()).toBe(3);
  await page.keyboard.type("环节");
  await page.keyboard.press("Tab");
  await page.keyboard.type("教师活动");
  expect(await table.getByRole("columnheader").allTextContents()).toEqual(["环节", "教师活动", ""]);
  await page.getByRole("button", { name: "表格" }).click();
  await page.getByRole("menuitem", { name: "下面加一行" }).click();
  await page.getByRole("button", { name: "表格" }).click();
  await page.getByRole("menuitem", { name: "删除这一列" }).click();
  await pause(100);
  expect(await table.getByRole("row").count()).toBe(4);
  expect(await table.getByRole("columnheader").allTextContents()).toEqual(["环节", ""]);
  await into(page, "板书设计");
  await page.keyboard.type("1. ");
  await page.keyboard.type("先折");
  await page.keyboard.press("Enter");
  await page.keyboard.type("再圈");
  expect(await text(page, "板书设计").locator("ol > li").allTextContents()).toEqual(["先折", "再圈"]);
  await page.context().close();
});

test("what comes from Word keeps its structure and loses its looks", async () => {
  const doc = newPlan();
  const docId = await server().make(doc, {});
  const page = await open("lin", doc);
  await into(page, "教学重点");
  await paste(page, "教学重点", `<html><head><style>p{color:red}</style></head><body>
    <h1 style="color:#2e74b5">一、导入</h1>
    <p class=MsoNormal style="font-family:宋体;color:red">先<b style='mso-bidi-font-weight:normal'>折</b>一折<o:p></o:p><span style="font-weight:bold">再圈</span></p>
    <p class=MsoListParagraph style='mso-list:l0 level1 lfo1'><span style='mso-list:Ignore'>1.<span>&nbsp;&nbsp;</span></span>一根绳</p>
    <p class=MsoListParagraph style='mso-list:l0 level1 lfo1'><span style='mso-list:Ignore'>2.<span>&nbsp;</span></span>一张纸</p>
    <table><tr><td style="background:yellow"><p>环节</p></td><td>活动</td></tr></table>
    <a href="javascript:alert(1)">点我</a><script>alert(1)</script><img src="file:///C:/a.png"></body></html>`);
  const root = text(page, "教学重点");
  expect(await root.locator("h3").textContent()).toBe("一、导入");
  expect(await root.locator("strong").allTextContents()).toEqual(["折", "再圈"]);
  expect(await root.locator("ol > li").allTextContents()).toEqual(["一根绳", "一张纸"]);
  expect((await root.locator("td").allTextContents()).slice(0, 2)).toEqual(["环节", "活动"]);
  expect(await root.locator("img").count()).toBe(0);
  await page.getByText("已保存").waitFor();
  const nodes = await kept(docId, "教学重点");
  expect(nodes).not.toMatch(/javascript:|color|宋体|yellow|file:/);
  expect(nodes).toContain("点我");
  await page.context().close();
});

test("a picture is sent, stands in the text, and is described; one that fails says why", async () => {
  const doc = newPlan();
  const docId = await server().make(doc, {});
  const page = await open("lin", doc);
  await into(page, "教学重点");
  const picker = page.locator('#key_points input[type="file"]');
  await picker.setInputFiles({ name: "坏的.png", mimeType: "image/png", buffer: Buffer.from("x") });
  await page.getByText("图片没有传上去：文件打不开").waitFor();
  await into(page, "教学重点");
  await picker.setInputFiles({ name: "数轴.png", mimeType: "image/png", buffer: Buffer.from("x") });
  const picture = text(page, "教学重点").getByRole("img", { name: "数轴" });
  await picture.waitFor();
  expect(await picture.getAttribute("src")).toBe("/files/picture1");
  await picture.click();
  await page.getByRole("textbox", { name: "图片说明" }).fill("把单位一平均分成四份的数轴");
  await into(page, "教学难点");
  expect(await kept(docId, "教学重点")).toContain("把单位一平均分成四份的数轴");
  await page.context().close();
});

test("who may not write can comment; the mark follows the words, and their end leaves the quote", async () => {
  const doc = newPlan();
  await server().make(doc, { key_points: [{ p: "理解单位一可以是许多物体组成的一个整体" }] });
  const zhou = await open("zhou", doc);
  const lin = await open("lin", doc);
  await select(zhou, "许多物体");
  await zhou.getByRole("button", { name: "说一句" }).click();
  const thread = zhou.locator("#threads li");
  expect(await thread.allTextContents()).toEqual(["许多物体"]);
  const marked = () => zhou.evaluate(() => [...(CSS.highlights.get("plan-thread") ?? [])].map(String).join());
  expect(await marked()).toBe("许多物体");

  await select(lin, "许多");
  await lin.getByRole("button", { name: "加粗" }).click();
  await select(lin, "理解");
  await lin.keyboard.type("真正懂得");
  await zhou.getByText("真正懂得单位一").waitFor();
  await pause(100);
  expect(await marked()).toBe("许多物体");
  const box = await text(zhou, "教学重点").locator("strong").boundingBox();
  await zhou.mouse.click((box?.x ?? 0) + 8, (box?.y ?? 0) + 8);
  expect(await zhou.locator('#threads li[aria-current="true"]').count()).toBe(1);

  await into(lin, "教学重点");
  await lin.keyboard.press("Control+a");
  await lin.keyboard.press("Delete");
  await zhou.getByText("许多物体（原文已改）").waitFor();
  await zhou.context().close();
  await lin.context().close();
});

test("one sees who is here and who writes where; a reader is seen as one", async () => {
  const doc = newPlan();
  const lin = await open("lin", doc);
  const he = await open("he", doc);
  await into(he, "教学难点");
  await lin.getByText("何立夏正在写").waitFor();
  await lin.getByText("1 人在写").waitFor();
  const zhou = await open("zhou", doc);
  await lin.getByTitle("周文澜（在看）").waitFor();
  await he.context().close();
  await lin.getByText("1 人在这里").waitFor();
  await zhou.context().close();
  await lin.context().close();
});

test("on a phone nothing scrolls sideways, and the tools are a row at the bottom", async () => {
  const doc = newPlan();
  await server().make(doc, { "process.p1": [{ table: [["环节", "教师活动", "学生活动", "设计意图"], ["导入", "出示一根绳、一张纸", "折一折", "从一个到一些"]] }] });
  const page = await open("lin", doc, { width: 360, height: 740 });
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(360);
  await into(page, "教学重点");
  const bar = page.locator(".plan-phone-bar");
  const { y = 0, height = 0 } = (await bar.boundingBox()) ?? {};
  expect(y + height).toBe(740);
  expect(Math.min(...(await bar.getByRole("button").evaluateAll((buttons) => buttons.map((button) => Math.min(button.clientWidth, button.clientHeight)))))).toBeGreaterThanOrEqual(44);
  await page.context().close();
});
