import { dirname } from "node:path";
import type { Browser } from "playwright-core";
import { expect, onTestFinished } from "vitest";
import seminars from "#app/i18n/zh-CN/seminars.ts";
import { demoId } from "#server/demo/ids.ts";
import { aPersonAtTheScreen } from "#tests/e2e/browser.ts";
import { rememberConnections, type Way } from "#tests/e2e/picture-and-sound.ts";
import { type Running, running } from "#tests/e2e/running.ts";
import { program } from "#tests/live/livekit.ts";

/** A seminar of the demonstration that begins soon, hosted by 陈静好. */
export const SEMINAR = demoId("seminar", "fraction-meaning-round-two");
const PATIENT = { timeout: 60_000, interval: 200 };

/** The demonstration with a media server of its own, once both answer. `folder`: where that program lies. `env`: what else is set. */
export async function aServerWithLive(folder = dirname(program ?? ""), env: Record<string, string> = {}): Promise<Running> {
  const server = await running({ env: { PATH: `${folder}:${process.env.PATH}`, ...env } });
  onTestFinished(() => server.stop());
  await expect.poll(() => stateOfLive(server.url), PATIENT).toEqual({ ready: true });
  return server;
}

/** What the server says of picture and sound; with a reason as long as there are none. */
async function stateOfLive(url: string): Promise<unknown> {
  const { parts } = (await (await fetch(`${url}/readyz`)).json()) as { parts: { live: unknown } }; // as server/web.ts answers
  return parts.live;
}

/** 陈静好 has begun the seminar and 林雨桐 has come, both with microphone and camera on. `ticket`: hers. */
export async function twoWhoSeeEachOther(browser: Browser, url: string, way: Way = "any") {
  const chen = await aPersonInTheRoom(browser, url, "chen-jinghao", way);
  await chen.page.getByRole("button", { name: seminars.room.start, exact: true }).click();
  await chen.turnOnPictureAndSound();
  const lin = await aPersonInTheRoom(browser, url, "lin-yutong", way);
  return { chen, lin, ticket: await lin.turnOnPictureAndSound() };
}

/** Somebody of the demonstration who has gone into the seminar. */
export async function aPersonInTheRoom(browser: Browser, url: string, key: string, way: Way = "any") {
  const { page, signInAsDemo } = await aPersonAtTheScreen(browser, url);
  page.setDefaultTimeout(PATIENT.timeout);
  await rememberConnections(page, way);
  let hears = true;
  await page.routeWebSocket(/\/room\?/, (line) => {
    const room = line.connectToServer();
    room.onMessage((message) => hears && line.send(message));
    room.onClose((code, reason) => void (hears && line.close({ code: code ?? 1000, reason: reason ?? "" })));
  });
  await signInAsDemo(key);
  await page.goto(`/seminars/${SEMINAR}`);
  await page.getByRole("button", { name: seminars.page.enter }).click();
  await page.waitForURL(`**/seminars/${SEMINAR}/room`);
  return {
    page,
    /** Whether this page is told anything by the room. */
    hears: (whether: boolean) => void (hears = whether),
    /** Gives the ticket that the page was given. */
    turnOnPictureAndSound: async () => {
      const asked = page.waitForResponse((response) => response.url().endsWith("/ticket"));
      await page.getByRole("button", { name: seminars.live.join }).click();
      const { token } = (await (await asked).json()) as { token: string }; // as routes/seminars.$seminarId.ticket answers
      await page.getByRole("button", { name: seminars.live.microphoneOn }).click();
      await page.getByRole("button", { name: seminars.live.microphoneOff }).waitFor();
      await page.getByRole("button", { name: seminars.live.cameraOn, exact: true }).click();
      await page.getByRole("button", { name: seminars.live.cameraOff, exact: true }).waitFor();
      return token;
    },
  };
}
