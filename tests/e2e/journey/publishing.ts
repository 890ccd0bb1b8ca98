import { expect } from "vitest";
import { opensLesson, type Teacher } from "./people.ts";

/** Offers the common plan, with all that made it, as a teaching case. */
export async function offersCase(teacher: Teacher, lesson: string, wish: { title: string; abstract: string; licence: string }): Promise<void> {
  await opensLesson(teacher, lesson);
  await teacher.follow("发表成课例");
  expect(await teacher.page.getByRole("radio", { name: "课例" }).isChecked()).toBe(true);
  await teacher.fill("题目", wish.title);
  await teacher.fill("一两句话介绍", wish.abstract);
  await teacher.page.getByRole("radio", { name: wish.licence }).check();
  await teacher.press("提交");
  await teacher.reads("已提交，在等");
}

export async function approvesCase(head: Teacher, title: string, authors: readonly Teacher[]): Promise<void> {
  await head.opensNotice(`《${title}》等您审核`);
  await head.press("通过并发表");
  await head.reads(authors.map((one) => one.name).join("、"));
  await head.page.getByText("这份等您审核").waitFor({ state: "detached" });
}
