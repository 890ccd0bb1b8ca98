import { expect } from "vitest";
import { schoolDay } from "#db/school-day.ts";
import type { Teacher } from "./people.ts";

const DAY = 86_400_000;

export interface PrepWish {
  book: string;
  unit: string;
  lesson: string;
  group: string;
  leadPreparer: Teacher;
  coPreparers: readonly Teacher[];
  /** Days from today until the drafts are due. */
  draftsInDays: number;
}

/** Chooses a lesson in its textbook and asks colleagues to prepare it together. */
export async function startsPrep(starter: Teacher, studio: string, wish: PrepWish): Promise<void> {
  await starter.goesTo("备课");
  await starter.follow(`在${studio}发起集体备课`);
  await starter.choose("或者从教材里选", wish.book);
  await starter.page.locator("form").filter({ has: starter.field("或者从教材里选") }).getByRole("button", { name: "看目录" }).click();
  await starter.page.getByRole("heading", { name: wish.unit }).waitFor();
  await starter.follow(wish.lesson);
  expect(await starter.field("课题").inputValue()).toBe(wish.lesson);
  await starter.choose("属于哪个组", wish.group);
  await starter.choose("主备人", `${wish.leadPreparer.name} · 青年教师`);
  for (const one of wish.coPreparers) await starter.page.getByRole("group", { name: "参备人" }).getByRole("checkbox", { name: one.name }).check();
  await starter.fill("初备", schoolDay(new Date(Date.now() + wish.draftsInDays * DAY)));
  await starter.press("发起备课");
  await starter.page.getByRole("heading", { name: wish.lesson, level: 1 }).waitFor();
  await starter.reads(`主备人 ${wish.leadPreparer.name} 接受邀请`);
}

/** Accepts to lead, or to prepare along. */
export async function acceptsPart(invited: Teacher, lesson: string, part: "主备" | "参备"): Promise<void> {
  await invited.opensNotice(`请您${part}《${lesson}》`);
  await invited.follow("接受…");
  await invited.press("接受");
  if (part === "主备") await invited.reads("个人初备");
  else await invited.reads("一起打开之前，只有您自己看得到");
}
