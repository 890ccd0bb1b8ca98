import { expect } from "vitest";
import { framesAndSound } from "#tests/e2e/picture-and-sound.ts";
import { isSaved, sectionOf, writes } from "./drafting.ts";
import { opensLesson, PATIENT, type Teacher } from "./people.ts";

const MINUTE = 60_000;

/** A meeting about the lesson, in a few minutes; the doors are open already. */
export async function callsSeminar(host: Teacher, lesson: string, wish: { title: string; agenda: readonly [item: string, section: string] }): Promise<void> {
  await opensLesson(host, lesson);
  await host.follow("约一次研修");
  await host.fill("题目", wish.title);
  await host.fill("开始", schoolTime(Date.now() + 3 * MINUTE));
  await host.fill("结束", schoolTime(Date.now() + 63 * MINUTE));
  await host.fill("第 1 项", wish.agenda[0]);
  await host.choose("第 1 项 · 看教案的哪一栏", wish.agenda[1]);
  await host.press("约好，并告诉大家");
  await host.page.getByRole("heading", { name: wish.title, level: 1 }).waitFor();
}

/** From the message that calls to it, or from the seminar's own page. */
export async function entersRoom(teacher: Teacher, host: Teacher, seminar: string): Promise<void> {
  if (teacher.name === host.name) await teacher.goesTo("研修").then(() => teacher.follow(seminar));
  else await teacher.opensNotice(`${host.name}约您研修：《${seminar}》`);
  await teacher.press("进入会场");
  await teacher.page.waitForURL("**/room");
}

export async function starts(host: Teacher): Promise<void> {
  await host.press(/^开始$/);
  await host.page.getByText("结束这场").waitFor();
}

export async function turnsOnPictureAndSound(teacher: Teacher): Promise<void> {
  await teacher.press("打开画面和声音");
  await teacher.press("开话筒");
  await teacher.press("开画面");
  for (const on of ["关话筒", "关画面"]) await teacher.page.getByRole("button", { name: on }).waitFor();
}

/** Pictures of the other are decoded, and there is energy in the sound that comes. */
export async function seesAndHears(teacher: Teacher): Promise<void> {
  const before = await framesAndSound(teacher.page);
  await expect.poll(async () => (await framesAndSound(teacher.page)).frames, PATIENT).toBeGreaterThan(before.frames + 10);
  await expect.poll(async () => (await framesAndSound(teacher.page)).energy, PATIENT).toBeGreaterThan(before.energy);
}

/** What is said reaches the others where they are. */
export async function saysInChat(teacher: Teacher, words: string, listeners: readonly Teacher[]): Promise<void> {
  await teacher.fill("说一句", words);
  await teacher.press("发送");
  for (const one of listeners) await one.reads(words);
}

/** Writes into the plan beside the faces; the others see it there. */
export async function writesBesideTheFaces(teacher: Teacher, section: string, words: string, others: readonly Teacher[]): Promise<void> {
  await teacher.page.getByRole("link", { name: `看《${section}》` }).click();
  await writes(teacher, section, words);
  for (const one of others) {
    await one.page.getByRole("link", { name: `看《${section}》` }).click();
    await sectionOf(one, section).getByText(words).waitFor();
  }
  await isSaved(teacher);
}

/** Ends it for everybody: all pages lead out of the room by themselves. */
export async function endsSeminar(host: Teacher, others: readonly Teacher[]): Promise<void> {
  await host.page.getByText("结束这场").click();
  await host.press("现在结束");
  for (const one of [host, ...others]) await one.page.waitForURL((address) => !address.pathname.endsWith("/room"));
}

/** The report says of everybody who was there that they were. */
export async function readsReport(host: Teacher, seminar: string, present: readonly Teacher[]): Promise<void> {
  await host.opensNotice(`《${seminar}》的报告和纪要好了`);
  await host.follow("看报告");
  for (const one of present) await host.page.getByRole("listitem").filter({ hasText: one.name }).filter({ hasText: "算参加" }).first().waitFor();
}

/** The minutes were begun from what happened; she adds what was decided. */
export async function finishesMinutes(teacher: Teacher, seminar: string, begun: readonly string[], decided: string): Promise<void> {
  await teacher.opensNotice(`《${seminar}》的报告和纪要好了`);
  await teacher.follow("接着写纪要");
  for (const one of begun) await teacher.reads(one);
  await writes(teacher, "决定", decided);
  await isSaved(teacher);
}

export async function readsMinutes(teacher: Teacher, seminar: string, decided: string): Promise<void> {
  await teacher.goesTo("研修");
  await teacher.follow(seminar);
  await teacher.follow(/纪要$/);
  await teacher.reads(decided);
}

/** `2026-11-25T20:00`, as a field for time takes it. */
function schoolTime(at: number): string {
  return new Date(at + 8 * 3_600_000).toISOString().slice(0, 16);
}
