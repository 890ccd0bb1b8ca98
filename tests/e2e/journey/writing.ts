import { expect } from "vitest";
import { isSaved, placesCaret, sectionOf } from "./drafting.ts";
import { opensLesson, PATIENT, type Teacher } from "./people.ts";

export async function opensCommonPlan(teacher: Teacher, lesson: string): Promise<void> {
  await opensLesson(teacher, lesson);
  await teacher.follow("共案");
  await isSaved(teacher);
}

/** Both type in one section at once, each in a line of their own; each sees the other's words, name and caret, and nothing is lost. */
export async function writeTogether([one, her]: readonly [Teacher, string], [other, his]: readonly [Teacher, string], section: string): Promise<void> {
  await placesCaret(one, section);
  const before = await sectionOf(one, section).innerText();
  await placesCaret(other, section, "Control+Home");
  await one.page.keyboard.press("Enter");
  await Promise.all([one.page.keyboard.type(her, { delay: 20 }), other.page.keyboard.type(his, { delay: 20 })]);
  for (const [teacher, colleague] of [[one, other], [other, one]] as const) {
    await teacher.reads(`${colleague.name}正在写`);
    await teacher.page.locator(".plan-carets").getByText(colleague.name).first().waitFor();
    await expect.poll(async () => (await sectionOf(teacher, section).innerText()).split(/\n+/), PATIENT).toEqual([his + before.trim(), her]);
    await isSaved(teacher);
  }
}

/** Selects the last line of a section and says something about it. */
export async function commentsOn(teacher: Teacher, section: string, words: string): Promise<void> {
  await placesCaret(teacher, section);
  await teacher.page.keyboard.press("Shift+Home");
  await teacher.press("说一句");
  await teacher.reads("关于“");
  await teacher.page.getByRole("textbox", { name: "意见" }).fill(words);
  await teacher.press("写下意见");
  await teacher.page.getByRole("article").filter({ hasText: words }).waitFor();
}

/** Sees in the open page what was said, and answers it there. */
export async function repliesTo(teacher: Teacher, words: string, answer: string): Promise<void> {
  const thread = teacher.page.getByRole("article").filter({ hasText: words }).last();
  await thread.getByText("回复").first().click();
  await thread.getByRole("textbox", { name: "回复" }).fill(answer);
  await thread.getByRole("button", { name: "回复" }).click();
  await thread.getByText(answer).waitFor();
}

/** Sees the answer in the open page, and is content with it. */
export async function resolves(teacher: Teacher, answer: string): Promise<void> {
  await teacher.page.getByRole("article").filter({ hasText: answer }).last().getByRole("button", { name: "解决" }).click();
  await teacher.reads("已解决 1 条");
}
