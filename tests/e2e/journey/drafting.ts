import { expect } from "vitest";
import { opensLesson, type Teacher } from "./people.ts";

/** Writes her own draft, hands it in, and gives its address. */
export async function writesDraft(teacher: Teacher, lesson: string, words: Readonly<Record<string, string>>): Promise<string> {
  await opensLesson(teacher, lesson);
  await teacher.follow(/^我的初备/);
  await teacher.reads("一起打开之前，只有您自己看得到");
  const address = new URL(teacher.page.url()).pathname;
  for (const [section, text] of Object.entries(words)) await writes(teacher, section, text);
  await isSaved(teacher);
  await teacher.follow("交初备");
  await teacher.press("交上去");
  await teacher.page.getByRole("heading", { name: lesson, level: 1 }).waitFor();
  return address;
}

/** Nobody but its author can open it, and nobody is told whose are in. */
export async function findsNoDraftOf(teacher: Teacher, lesson: string, author: Teacher, address: string): Promise<void> {
  await opensLesson(teacher, lesson);
  await teacher.reads("份已交");
  expect(await teacher.page.getByRole("link", { name: `${author.name} 的初备` }).count()).toBe(0);
  await teacher.page.goto(address);
  await teacher.reads("这里没有您要找的");
}

/** The lead preparer writes what the common plan must have before the drafts can be opened, and fills the table of its process. */
export async function writesCommonPlan(lead: Teacher, lesson: string, words: Readonly<Record<string, string>>, process: readonly (readonly [step: string, ...cells: string[]])[]): Promise<void> {
  await opensLesson(lead, lesson);
  await lead.reads("主备人必填栏还有");
  await lead.follow("写共案");
  for (const [section, text] of Object.entries(words)) await writes(lead, section, text);
  await placesCaret(lead, "教学过程");
  for (const [step, ...cells] of process) {
    for (const [column, text] of cells.entries()) {
      await sectionOf(lead, "教学过程").getByRole("row", { name: step }).getByRole("cell").nth(column + 1).click();
      await lead.page.keyboard.type(text);
    }
  }
  await isSaved(lead);
}

/** Adds a file from her own computer to the plan that is open. */
export async function attaches(teacher: Teacher, file: { name: string; mimeType: string; buffer: Buffer }): Promise<void> {
  await teacher.page.getByText("添一份附件").click();
  await teacher.choose("类别", "学习单");
  await teacher.field("选择文件").setInputFiles(file);
  await teacher.press("上传");
  await teacher.page.getByRole("link", { name: file.name }).waitFor();
}

/** All drafts are opened at one instant. */
export async function opensDrafts(lead: Teacher, lesson: string): Promise<void> {
  await opensLesson(lead, lesson);
  await lead.reads("不缺了，可以往前走");
  await lead.follow("公开初备，开始研讨");
  await lead.press("公开初备，开始研讨");
  await lead.reads("集体研讨");
}

export async function readsDraftOf(teacher: Teacher, lesson: string, author: Teacher, words: Readonly<Record<string, string>>): Promise<void> {
  await opensLesson(teacher, lesson);
  await teacher.follow(`${author.name} 的初备`);
  for (const text of Object.values(words)) await teacher.reads(text);
}

/** Writes at the end of a section. */
export async function writes(teacher: Teacher, section: string, words: string): Promise<void> {
  await placesCaret(teacher, section);
  await teacher.page.keyboard.type(words);
}

/** Scrolls to a section and clicks into it. */
export async function placesCaret(teacher: Teacher, section: string, at: "Control+End" | "Control+Home" = "Control+End"): Promise<void> {
  // The text can be read before it can be written: the sheet that says what is saved takes its place.
  await teacher.page.locator("[data-status]").waitFor();
  await teacher.page.getByRole("heading", { name: new RegExp(`^${section}`) }).scrollIntoViewIfNeeded();
  await sectionOf(teacher, section).and(teacher.page.locator("[contenteditable=true]")).click();
  await teacher.page.keyboard.press(at);
}

export function sectionOf(teacher: Teacher, section: string) {
  return teacher.page.getByRole("textbox", { name: section, exact: true });
}

/** The page says that all is on the server. */
export async function isSaved(teacher: Teacher): Promise<void> {
  await teacher.page.getByRole("status").filter({ hasText: "已保存" }).waitFor();
}
