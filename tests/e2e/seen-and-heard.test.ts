import { readFileSync } from "node:fs";
import { join } from "node:path";
import { AccessToken, RoomServiceClient, TrackSource } from "livekit-server-sdk";
import type { Page } from "playwright-core";
import { expect, onTestFinished, test } from "vitest";
import seminars from "#app/i18n/zh-CN/seminars.ts";
import type { ToRoom } from "#app/seminars/room-protocol.ts";
import { demoId } from "#server/demo/ids.ts";
import { startBrowser } from "#tests/e2e/browser.ts";
import { aServerWithLive, SEMINAR, twoWhoSeeEachOther } from "#tests/e2e/in-the-room.ts";
import { framesAndSound } from "#tests/e2e/picture-and-sound.ts";
import { program } from "#tests/live/livekit.ts";

const CHEN = demoId("person", "chen-jinghao");
const LIN = demoId("person", "lin-yutong");
const PATIENT = { timeout: 60_000, interval: 200 };

test.skipIf(!program)("two people see and hear each other in a seminar; one is sent out by the host, is gone, and comes back by no ticket", async () => {
  const server = await aServerWithLive();
  const media = mediaServer(server.dataDir);
  const browser = await startBrowser({ media: true });
  onTestFinished(() => browser.close());

  const { chen, lin, ticket } = await twoWhoSeeEachOther(browser, server.url);
  for (const person of [chen, lin]) {
    const before = await framesAndSound(person.page);
    await expect.poll(async () => (await framesAndSound(person.page)).frames - before.frames, PATIENT).toBeGreaterThan(10);
    await expect.poll(async () => (await framesAndSound(person.page)).energy, PATIENT).toBeGreaterThan(before.energy);
    // One's own picture and the other's.
    await expect.poll(() => person.page.locator("video").evaluateAll((all) => all.filter((one) => (one as HTMLVideoElement).videoWidth > 0 && !(one as HTMLVideoElement).paused).length), PATIENT).toBe(2);
  }
  expect(await media.people()).toEqual([CHEN, LIN].sort());

  // Her page hears nothing from the room any more, so that it cannot go by itself: she is sent out, or she stays.
  lin.hears(false);
  // How long this takes depends on the machine, too: tests/live/gate.test.ts holds it to two seconds, here it is only printed.
  const askedAt = Date.now();
  await order(chen.page, { type: "remove", personId: LIN });
  await expect.poll(() => media.people(), { timeout: 10_000, interval: 50 }).toEqual([CHEN]);
  console.log(`removed from picture and sound within ${Date.now() - askedAt} ms`);
  await expect.poll(() => lin.page.evaluate(() => window.connections.map((one) => one.connectionState)), PATIENT).not.toContain("connected");
  await chen.page.getByText(seminars.live.count.replace("{{count}}", "1")).waitFor();

  expect(await knock(lin.page, ticket)).toBe("refused");
  expect(await knock(lin.page, await media.newTicket(LIN))).toBe("refused");
  expect(await lin.page.evaluate(async (id) => (await fetch(`/seminars/${id}/ticket`, { method: "POST" })).status, SEMINAR)).toBe(404);
  lin.hears(true);
  await lin.page.goto(`/seminars/${SEMINAR}/room`);
  await lin.page.getByText(seminars.shut.removed).waitFor();
  expect(await media.people()).toEqual([CHEN]);

  // The same ticket opens once the host lets her in again: it was not the ticket that failed.
  await order(chen.page, { type: "admit", personId: LIN });
  await expect.poll(() => knock(lin.page, ticket), PATIENT).toBe("let in");
  await lin.page.goto(`/seminars/${SEMINAR}/room`);
  await lin.page.getByRole("button", { name: seminars.live.join }).waitFor();
  await chen.page.getByRole("link", { name: new RegExp(`^${seminars.room.tab.people} `) }).click();
  await chen.page.locator("summary", { hasText: seminars.room.acts }).click();
  await chen.page.getByRole("button", { name: named(seminars.room.actNamed, { act: seminars.room.remove, name: "林雨桐" }) }).click();
  await lin.page.getByText(seminars.live.removed).waitFor();
}, 300_000);

function named(words: string, params: Record<string, string>): string {
  return words.replace(/\{\{(\w+)\}\}/g, (_, key: string) => params[key] ?? "");
}

/** Sends an order of the host's over a line of the room. */
function order(page: Page, what: ToRoom): Promise<void> {
  return page.evaluate(([id, sent]) => new Promise<void>((resolve, reject) => {
    const line = new WebSocket(`${location.origin.replace("http", "ws")}/room?seminar=${id}`);
    line.onerror = () => reject(new Error("the room does not open"));
    line.onmessage = ({ data }) => {
      const { type } = JSON.parse(String(data)) as { type: string };
      if (type === "welcome") resolve(line.send(sent));
    };
  }), [SEMINAR, JSON.stringify(what)] as const);
}

/** Stands at the gate with a ticket, with the session of the page and from its origin. */
function knock(page: Page, ticket: string): Promise<"let in" | "refused"> {
  return page.evaluate((token) => new Promise<"let in" | "refused">((resolve) => {
    const line = new WebSocket(`${location.origin.replace("http", "ws")}/rtc?access_token=${token}&protocol=15&sdk=js&version=2.23.0&auto_subscribe=1`);
    line.binaryType = "arraybuffer";
    line.onmessage = () => (line.close(), resolve("let in"));
    line.onclose = () => resolve("refused");
  }), ticket);
}

/** The media server itself, past the gate: who is in the seminar's room, and tickets as it would honour them. */
function mediaServer(dataDir: string) {
  const { port, keys } = JSON.parse(readFileSync(join(dataDir, "livekit", "config.yaml"), "utf8")) as { port: number; keys: Record<string, string> }; // as server/live/supervise.ts writes it
  const [[key, secret] = ["", ""]] = Object.entries(keys);
  const client = new RoomServiceClient(`http://127.0.0.1:${port}`, key, secret);
  return {
    people: async () => (await client.listParticipants(SEMINAR)).map((one) => one.identity).sort(),
    newTicket: (identity: string) => {
      const token = new AccessToken(key, secret, { identity, ttl: 600 });
      token.addGrant({ room: SEMINAR, roomJoin: true, canSubscribe: true, canPublish: true, canPublishData: false, canPublishSources: [TrackSource.MICROPHONE] });
      return token.toJwt();
    },
  };
}
