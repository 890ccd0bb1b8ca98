import type { Browser, Page } from "playwright-core";
import { expect, onTestFinished } from "vitest";
import { aPersonAtTheScreen, type PersonAtTheScreen } from "#tests/e2e/browser.ts";
import { rememberConnections } from "#tests/e2e/picture-and-sound.ts";

/** Somebody of the journey at a browser of their own. */
export interface Teacher extends PersonAtTheScreen {
  name: string;
  /** Follows a link of this name. */
  follow(name: string | RegExp): Promise<void>;
  /** Presses a button of this name. */
  press(name: string | RegExp): Promise<void>;
  fill(label: string, words: string): Promise<void>;
  choose(label: string, option: string): Promise<void>;
  /** Waits until the page says this. */
  reads(words: string | RegExp): Promise<void>;
  field(label: string): ReturnType<Page["getByLabel"]>;
  /** Goes to one of the five places at the top of every page. */
  goesTo(place: keyof typeof PLACES): Promise<void>;
  /** Waits for a message in the inbox and opens what it is about. */
  opensNotice(words: string): Promise<void>;
}

const PLACES = { 首页: "/", 工作室: "/studios", 备课: "/lessons", 研修: "/seminars", 资源: "/resources" };

/** A slow machine is no fault. */
export const PATIENT = { timeout: 60_000, interval: 250 };

export const PASSWORD = "一起备好每一节课";

export async function aTeacherAt(browser: Browser, url: string, name: string): Promise<Teacher> {
  const person = await aPersonAtTheScreen(browser, url);
  const { page } = person;
  page.setDefaultTimeout(PATIENT.timeout);
  await rememberConnections(page);
  // What everybody saw when it went wrong. Asked before the browser goes: the last that is registered runs first.
  onTestFinished(async ({ task }) => {
    if (task.result?.state === "fail") console.log(`${name} at ${page.url()}:\n${await page.locator("main").innerText()}\n${person.errors.join("\n")}`);
  });
  const field = (label: string) => page.getByLabel(new RegExp(`^${label}`)).first();
  return {
    ...person,
    name,
    field,
    follow: async (link) => {
      const from = page.url();
      await page.getByRole("link", { name: link }).first().click();
      await page.waitForURL((address) => address.href !== from);
    },
    press: (button) => page.getByRole("button", { name: button }).first().click(),
    fill: (label, words) => field(label).fill(words),
    choose: async (label, option) => void (await field(label).selectOption({ label: option })),
    reads: (words) => page.getByText(words).first().waitFor(),
    goesTo: async (place) => {
      await page.getByRole("navigation", { name: "主导航" }).getByRole("link", { name: place, exact: true }).click();
      await page.waitForURL((address) => address.pathname === PLACES[place]);
    },
    opensNotice: async (words) => {
      const notice = page.getByRole("button", { name: words }).first();
      await expect.poll(async () => (await page.goto("/inbox"), notice.count()), PATIENT).toBe(1);
      await notice.click();
      await page.waitForURL((address) => address.pathname !== "/inbox");
    },
  };
}

export async function opensLesson(teacher: Teacher, lesson: string): Promise<void> {
  await teacher.goesTo("备课");
  await teacher.follow(lesson);
  await teacher.page.getByRole("heading", { name: lesson, level: 1 }).waitFor();
}

/** Registers on the page of that name; at a school when the county has it. */
export async function registers(teacher: Teacher, login: string, at?: { county: string; school: string }): Promise<void> {
  await teacher.page.goto("/sign-in");
  await teacher.follow("还没有账号？注册一个");
  await teacher.fill("姓名", teacher.name);
  await teacher.fill("邮箱、手机号或工号", login);
  await teacher.fill("密码", PASSWORD);
  if (at) {
    await teacher.choose("县（市、区）", at.county);
    await teacher.page.locator("select[name=school]:enabled").waitFor();
    await teacher.choose("学校", at.school);
  }
  await teacher.page.getByRole("checkbox", { name: /我同意同研/ }).check();
  await teacher.page.getByRole("checkbox", { name: /按姓名找到我/ }).check();
  await teacher.press("注册");
  await teacher.page.waitForURL((address) => address.pathname === "/");
}
