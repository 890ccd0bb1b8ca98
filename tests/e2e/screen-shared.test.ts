import type { Page } from "playwright-core";
import { expect, onTestFinished, test } from "vitest";
import seminars from "#app/i18n/zh-CN/seminars.ts";
import { startBrowser } from "#tests/e2e/browser.ts";
import { aServerWithLive, twoWhoSeeEachOther } from "#tests/e2e/in-the-room.ts";
import { program } from "#tests/live/livekit.ts";

const PATIENT = { timeout: 60_000, interval: 200 };
const LIN = "林雨桐";
const screenOf = (name: string) => seminars.live.screenOf.replace("{{name}}", name);

test.skipIf(!program)("a screen that one shares is what the other sees large, as it moves; when it ends the faces are as they were", async () => {
  const server = await aServerWithLive();
  const browser = await startBrowser({ media: true });
  onTestFinished(() => browser.close());
  const { chen, lin } = await twoWhoSeeEachOther(browser, server.url);
  await expect.poll(() => tiles(chen.page), PATIENT).toEqual([`large ${seminars.live.me}`, LIN]);

  await lin.page.getByRole("button", { name: seminars.live.screenOn, exact: true }).click();
  await expect.poll(() => tiles(chen.page), PATIENT).toEqual([`large ${screenOf(LIN)}`, seminars.live.me, LIN]);
  await expect.poll(() => tiles(lin.page), PATIENT).toEqual([`large ${screenOf(seminars.live.me)}`, "陈静好", seminars.live.me]);
  await expect.poll(async () => (await largePicture(chen.page)).frames, PATIENT).toBeGreaterThan(10);
  // Nothing of it is cut off, it is larger than any face, and its picture goes on.
  const { width, frames, whole } = await largePicture(chen.page);
  expect(whole).toBe(true);
  expect(width).toBeGreaterThan((await pictureOf(chen.page, LIN)).width);
  await expect.poll(async () => (await largePicture(chen.page)).frames, PATIENT).toBeGreaterThan(frames + 5);

  await lin.page.getByRole("button", { name: seminars.live.screenOff, exact: true }).click();
  for (const [person, faces] of [[chen, [`large ${seminars.live.me}`, LIN]], [lin, ["large 陈静好", seminars.live.me]]] as const) await expect.poll(() => tiles(person.page), PATIENT).toEqual(faces);
  const before = (await pictureOf(chen.page, LIN)).frames;
  await expect.poll(async () => (await pictureOf(chen.page, LIN)).frames, PATIENT).toBeGreaterThan(before + 5);
}, 300_000);

/** Who is seen, in order, by the first words of each tile; `large` before the one that is. */
function tiles(page: Page): Promise<string[]> {
  return page.locator(".room-face").evaluateAll((all) => all.map((one) => `${(one as HTMLElement).dataset.large === "true" ? "large " : ""}${one.querySelector(".room-face-name")?.textContent?.split(" · ")[0] ?? ""}`));
}

const largePicture = (page: Page) => pictureIn(page, ".room-face[data-large=true] video");
const pictureOf = (page: Page, name: string) => pictureIn(page, `.room-face[data-large=false]:has-text("${name}") video`);

/** How wide a tile shows its picture, how many frames of it were decoded so far, and whether nothing of it is cut off. */
function pictureIn(page: Page, where: string): Promise<{ width: number; frames: number; whole: boolean }> {
  return page.locator(where).first().evaluate((video) => {
    const element = video as HTMLVideoElement;
    return { width: element.videoWidth > 0 ? element.clientWidth : 0, frames: element.getVideoPlaybackQuality().totalVideoFrames, whole: getComputedStyle(element).objectFit === "contain" };
  });
}
