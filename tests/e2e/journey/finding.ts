import { expect } from "vitest";
import { PATIENT, type Teacher } from "./people.ts";

/** Types a word into the search and opens the hit of that title, at the section that it is about. */
export async function finds(teacher: Teacher, word: string, title: string, where: { section: string; passage: string; marked: boolean }): Promise<void> {
  const search = teacher.page.getByRole("searchbox", { name: "查找" });
  const hit = teacher.page.getByRole("listitem").filter({ hasText: title });
  await expect.poll(async () => {
    await search.fill(word);
    await search.press("Enter");
    await teacher.page.getByRole("heading", { name: word, level: 1 }).waitFor();
    return hit.count();
  }, PATIENT).toBe(1);
  if (where.marked) expect(await hit.locator("mark").allInnerTexts()).toContain(word);
  await hit.getByText(where.section).waitFor();
  await hit.getByRole("link", { name: title }).click();
  await teacher.page.getByRole("heading", { name: title, level: 1 }).waitFor();
  const section = teacher.page.locator(`[id="${new URL(teacher.page.url()).hash.slice(1)}"]`);
  await expect.poll(async () => (await section.innerText()), PATIENT).toContain(where.passage);
  await expect.poll(async () => (await section.boundingBox())?.y ?? -1, PATIENT).toBeLessThan(teacher.page.viewportSize()!.height);
}

/** Makes the case her own: the plan says whose it was, and the worksheet has come along. */
export async function usesCase(teacher: Teacher, title: string, taken: { author: Teacher; file: string; passage: string }): Promise<void> {
  await teacher.press("取用这份");
  await teacher.reads("我的教案");
  await teacher.reads(taken.passage);
  await teacher.page.getByRole("link", { name: taken.file }).waitFor();
  await teacher.page.getByRole("paragraph").filter({ hasText: "取自" }).filter({ hasText: taken.author.name }).getByRole("link", { name: title }).waitFor();
}
