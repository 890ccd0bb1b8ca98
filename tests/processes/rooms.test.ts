import { expect, onTestFinished, test, vi } from "vitest";
import { type Inside, recheckEverywhere } from "#server/access-changed.ts";
import { redisWire } from "#server/wire/redis.ts";
import type { Wire } from "#server/wire/wire.ts";
import { aDatabase } from "#tests/database.ts";
import { aRedis } from "#tests/processes/parts.ts";
import { programOf } from "#tests/processes/programs.ts";
import { aPage, aRoomServer } from "#tests/seminars/room-setting.ts";
import { anEvening } from "#tests/seminars/setting.ts";

const PATIENT = { timeout: 20_000, interval: 50 };

async function aLine(url: string): Promise<Wire> {
  const wire = redisWire(url, () => undefined);
  onTestFinished(() => wire.close());
  await expect.poll(() => wire.state().ready, PATIENT).toBe(true);
  return wire;
}

test.skipIf(!programOf("redis-server"))("people whose pages are with different processes sit in one room: they see, read and hear each other, and a process that is gone takes its people along", async () => {
  const db = await aDatabase();
  const { host, colleague, trainee, seminar } = await anEvening(db, { state: "live", startsAt: new Date(Date.now() - 600_000), endsAt: new Date(Date.now() + 3_600_000), startedAt: new Date(Date.now() - 600_000) });
  const redis = await aRedis();
  const beatMs = 400;
  const [one, other] = [await aRoomServer(db, { beatMs, wire: await aLine(redis.url) }), await aRoomServer(db, { beatMs, wire: await aLine(redis.url) })];
  const hostPage = await aPage(one, host, seminar.id);
  await hostPage.next("welcome");
  const colleaguePage = await aPage(other, colleague, seminar.id);
  await colleaguePage.next("welcome");
  const names = (people: { listed: { name: string }[] }) => people.listed.map((one) => one.name).sort();
  expect(names((await hostPage.next("people", ({ people }) => people.count === 2)).people)).toEqual(names((await colleaguePage.next("people", ({ people }) => people.count === 2)).people));

  colleaguePage.say({ type: "say", body: "看得见我吗？", clientKey: "甲" });
  expect((await hostPage.next("messages")).messages).toMatchObject([{ name: "林雨桐", body: "看得见我吗？" }]);
  colleaguePage.say({ type: "hand", up: true });
  expect((await hostPage.next("hands", ({ hands }) => hands.length === 1)).hands).toMatchObject([{ name: "林雨桐" }]);

  const traineePage = await aPage(other, trainee, seminar.id);
  await traineePage.next("welcome");
  await hostPage.next("people", ({ people }) => people.count === 3);
  hostPage.say({ type: "remove", personId: trainee.id });
  await traineePage.closed;
  await hostPage.next("people", ({ people }) => people.count === 2);

  await other.close();
  await hostPage.next("people", ({ people }) => people.count === 1);
});

test.skipIf(!programOf("redis-server"))("a right that one process hears of is asked for again in all, and everything is while the line is away", async () => {
  const redis = await aRedis();
  const [asked, askedElsewhere] = [vi.fn<Inside["recheck"]>(async () => undefined), vi.fn<Inside["recheck"]>(async () => undefined)];
  const changed = recheckEverywhere([{ recheck: asked }], await aLine(redis.url), () => undefined);
  recheckEverywhere([{ recheck: askedElsewhere }], await aLine(redis.url), () => undefined);
  asked.mockClear();
  askedElsewhere.mockClear();
  await changed({ personIds: ["li"] });
  expect(asked.mock.calls).toEqual([[{ personIds: ["li"] }]]);
  await expect.poll(() => askedElsewhere.mock.calls, PATIENT).toEqual([[{ personIds: ["li"] }]]);
  await redis.kill();
  await expect.poll(() => askedElsewhere.mock.calls.at(-1), PATIENT).toEqual([]);
});
