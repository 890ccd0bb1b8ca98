import { expect, test, vi } from "vitest";
import { aRedis } from "#tests/processes/parts.ts";
import { programOf } from "#tests/processes/programs.ts";
import { redisWire } from "#server/wire/redis.ts";
import { onTestFinished } from "vitest";

const PATIENT = { timeout: 20_000, interval: 50 };

function aProcess(url: string) {
  const faults: string[] = [];
  const wire = redisWire(url, (error) => faults.push(String(error)));
  onTestFinished(() => wire.close());
  const heard: string[] = [];
  const gaps = vi.fn();
  wire.on("room.who", ({ seminarId }) => heard.push(seminarId));
  wire.onGap(gaps);
  return { wire, heard, gaps, faults, ready: () => expect.poll(() => wire.state().ready, PATIENT).toBe(true) };
}

test.skipIf(!programOf("redis-server"))("what one process says the others hear, and not itself; where words may be lost, everybody is told", async () => {
  const redis = await aRedis();
  const [one, other] = [aProcess(redis.url), aProcess(redis.url)];
  await one.ready();
  await other.ready();
  one.wire.say("room.who", { seminarId: "a" });
  await expect.poll(() => other.heard, PATIENT).toEqual(["a"]);
  expect(one.heard).toEqual([]);

  await redis.kill();
  await expect.poll(() => one.wire.state().ready || other.wire.state().ready, PATIENT).toBe(false);
  one.wire.say("room.who", { seminarId: "lost" });
  other.gaps.mockClear();
  await expect.poll(() => other.gaps.mock.calls.length, PATIENT).toBeGreaterThan(1);
  // Told once, however long it lasts.
  expect([one.faults.length, other.faults.length]).toEqual([1, 1]);

  await aRedis(redis.port);
  await one.ready();
  await other.ready();
  one.wire.say("room.who", { seminarId: "b" });
  await expect.poll(() => other.heard, PATIENT).toEqual(["a", "b"]);
});

test.skipIf(!programOf("redis-server"))("a process starts without Redis, and joins in when that comes", async () => {
  const redis = await aRedis();
  await redis.kill();
  const early = aProcess(redis.url);
  await expect.poll(() => early.gaps.mock.calls.length, PATIENT).toBeGreaterThan(0);
  expect(early.wire.state()).toMatchObject({ ready: false, reason: expect.stringMatching(/./) });
  await aRedis(redis.port);
  await early.ready();
  const late = aProcess(redis.url);
  await late.ready();
  late.wire.say("room.who", { seminarId: "c" });
  await expect.poll(() => early.heard, PATIENT).toEqual(["c"]);
});
