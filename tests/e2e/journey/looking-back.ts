import { expect } from "vitest";
import { opensLesson, type Teacher } from "./people.ts";

const CHAIN = ["初备", "研讨", "定稿", "上课", "反思", "课例"];

/** Her own list of evidence names what she did, and nothing that she did not do. */
export async function hasEvidence(teacher: Teacher, kinds: readonly string[]): Promise<void> {
  await teacher.page.goto("/me");
  await teacher.follow("我的凭据");
  await teacher.reads("凭据链完整");
  const said = await teacher.page.getByRole("main").getByRole("listitem").locator("p:first-child").allInnerTexts();
  expect([...said].sort()).toEqual([...kinds].sort());
}

/** Every link of the lesson's chain is behind it, and the page leads to the case. */
export async function seesTheWholeChain(teacher: Teacher, lesson: string, title: string): Promise<void> {
  await opensLesson(teacher, lesson);
  const links = teacher.page.getByRole("list", { name: "这节课走到哪里" }).getByRole("listitem");
  expect(await links.evaluateAll((all) => all.map((one) => [one.textContent, one.getAttribute("data-at")]))).toEqual(CHAIN.map((link) => [expect.stringContaining(link), "done"]));
  await teacher.page.getByRole("link", { name: title }).waitFor();
}
