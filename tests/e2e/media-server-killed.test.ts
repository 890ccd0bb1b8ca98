import { mkdtempSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import seminars from "#app/i18n/zh-CN/seminars.ts";
import { demoId } from "#server/demo/ids.ts";
import { startBrowser } from "#tests/e2e/browser.ts";
import { aServerWithLive, SEMINAR, twoWhoSeeEachOther } from "#tests/e2e/in-the-room.ts";
import { framesAndSound } from "#tests/e2e/picture-and-sound.ts";
import { program } from "#tests/live/livekit.ts";

const PATIENT = { timeout: 120_000, interval: 300 };
const SAID = "画面断了，我们先写着。";

/** A folder with the media server's program in it, that can be taken away. */
function aProgram() {
  const folder = mkdtempSync(join(tmpdir(), "tongyan-program-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, "livekit-server");
  const there = () => symlinkSync(program ?? "", file);
  there();
  return { folder, there, gone: () => rmSync(file) };
}

test.skipIf(!program)("the media server dies in a seminar: the room says that picture and sound are gone, talk, hands and plan go on, and when it is back they come back by themselves", async () => {
  const livekit = aProgram();
  const server = await aServerWithLive(livekit.folder);
  const browser = await startBrowser({ media: true });
  onTestFinished(() => browser.close());
  const { chen, lin } = await twoWhoSeeEachOther(browser, server.url);
  const both = [chen.page, lin.page];
  const seenAndHeard = async () => {
    for (const page of both) {
      const before = await framesAndSound(page);
      await expect.poll(async () => (await framesAndSound(page)).frames - before.frames, PATIENT).toBeGreaterThan(10);
      await expect.poll(async () => (await framesAndSound(page)).energy, PATIENT).toBeGreaterThan(before.energy);
    }
  };
  await seenAndHeard();
  for (const page of both) await page.evaluate(() => Object.assign(window, { notReloaded: true }));

  livekit.gone();
  const { pid } = JSON.parse(readFileSync(join(server.dataDir, "livekit", "running.json"), "utf8")) as { pid: number }; // as server/live/supervise.ts writes it
  process.kill(pid, "SIGKILL");
  for (const page of both) await page.getByText(seminars.live.again).waitFor();
  for (const page of both) expect(await page.getByText(seminars.live.wordsGoOn).count()).toBeGreaterThan(0);

  // The talk, a hand, the floor and the plan need no picture.
  await chen.page.getByRole("link", { name: seminars.room.tab.talk }).click();
  const box = lin.page.getByRole("textbox", { name: seminars.room.say });
  await lin.page.getByRole("link", { name: seminars.room.tab.talk }).click();
  await box.fill(SAID);
  await box.press("Enter");
  await chen.page.getByText(SAID).waitFor();
  await lin.page.getByRole("button", { name: seminars.room.handUp, exact: true }).click();
  await chen.page.getByRole("link", { name: `${seminars.room.tab.hands} 1` }).click();
  await chen.page.getByRole("button", { name: seminars.room.actNamed.replace("{{name}}", "林雨桐").replace("{{act}}", seminars.room.giveFloor) }).click();
  await lin.page.getByRole("status").getByText(/主持人请您发言/).waitFor();
  // The same as a letter, as a page without its line sends it.
  const byLetter = (order: object) => chen.page.evaluate(async ([id, letter]) => (await fetch(`/seminars/${id}/orders`, { method: "POST", body: letter })).status, [SEMINAR, JSON.stringify(order)] as const);
  expect(await byLetter({ type: "lower", personId: demoId("person", "lin-yutong") })).toBe(200);
  await lin.page.getByRole("article").getByText("课标要求").waitFor();

  // The browsers give up; the pages do not.
  for (const page of both) await page.getByText(seminars.live.gone).waitFor({ timeout: 120_000 });
  livekit.there();
  await seenAndHeard();
  for (const page of both) {
    await page.getByRole("button", { name: seminars.live.microphoneOff }).waitFor();
    await page.getByRole("button", { name: seminars.live.cameraOff, exact: true }).waitFor();
    expect(await page.evaluate(() => "notReloaded" in window)).toBe(true);
    expect(await page.getByText(seminars.live.gone).count()).toBe(0);
  }
}, 420_000);
