import type { Browser } from "playwright-core";
import editor from "#app/i18n/zh-CN/editor.ts";
import { aPersonAtTheScreen } from "#tests/e2e/browser.ts";

/** What stands in the form. */
export const ANNOUNCED = "下周三的磨课改到晚上七点半。";

/** 周文澜 has filled a form and not sent it; 林雨桐 has begun a plan, is in its first section and has nothing unsaved. */
export async function aFormAndAPlan(browser: Browser, url: string, title: string) {
  const he = await aPersonAtTheScreen(browser, url);
  await he.signInAsDemo("zhou-wenlan");
  await he.page.goto("/studios");
  await he.page.getByRole("link", { name: /周文澜小学数学名师工作室/ }).first().click();
  await he.page.getByRole("link", { name: "发公告" }).click();
  await he.page.getByLabel("内容").fill(ANNOUNCED);

  const lin = await aPersonAtTheScreen(browser, url);
  lin.page.setDefaultTimeout(60_000);
  await lin.signInAsDemo("lin-yutong");
  await lin.page.goto("/lessons/new?free=1");
  await lin.page.getByLabel("课题").fill(title);
  await lin.page.getByRole("button", { name: "开始写" }).click();
  const section = lin.page.locator(".plan-text").first();
  await section.and(lin.page.locator("[contenteditable=true]")).click();
  await lin.page.getByText(editor.status.saved).waitFor();
  return { he, lin, section };
}
