import { createClient } from "@redis/client";
import { expect, onTestFinished, test } from "vitest";
import { Allowances } from "#server/allowances.ts";
import { Patience } from "#server/patience.ts";
import { redisWire } from "#server/wire/redis.ts";
import { anInstallation, parts } from "#tests/processes/installation.ts";
import { PATIENT } from "#tests/processes/pages.ts";
import { aRedis } from "#tests/processes/parts.ts";
import { programOf } from "#tests/processes/programs.ts";

const LOGIN = "猜我的人@example.cn";

test.skipIf(!parts)("wrong passwords that are spread over two processes are slowed as in one, and nobody's login or address is on the line", async () => {
  const { redis, one, other } = await anInstallation("empty");
  const ear = await createClient({ url: redis.url }).connect();
  onTestFinished(() => ear.destroy());
  const said: string[] = [];
  await ear.subscribe("tongyan", (word) => void said.push(word));
  const answers: string[] = [];
  for (let no = 0; no < 20; no += 1) {
    const { url } = no % 2 === 0 ? one : other;
    const answer = await fetch(`${url}/sign-in`, { method: "POST", headers: { origin: url }, body: new URLSearchParams({ login: LOGIN, password: `猜一猜的密码${no}` }) });
    expect(answer.status).toBe(422);
    answers.push((await answer.text()).includes("试错的次数有点多") ? "slow" : "wrong");
  }
  // Five are free: were each process to count by itself, the first ten would be.
  expect(answers.slice(0, 5)).toEqual(["wrong", "wrong", "wrong", "wrong", "wrong"]);
  expect(answers.slice(0, 10)).toContain("slow");
  expect(answers.filter((answer) => answer === "slow").length).toBeGreaterThan(5);
  expect(said.filter((word) => word.includes("password.wrong"))).toHaveLength(answers.filter((answer) => answer === "wrong").length);
  expect(said.filter((word) => word.includes("allowance.taken"))).toHaveLength(20);
  expect(said.join()).not.toMatch(/example\.cn|猜|127\.0\.0\.1|::1/);
}, 600_000);

async function aProcess(url: string) {
  const wire = redisWire(url, () => undefined);
  onTestFinished(() => wire.close());
  await expect.poll(() => wire.state().ready, PATIENT).toBe(true);
  return { wire, patience: new Patience(wire), allowances: new Allowances(wire, (who) => `（${who}）`, 1_000) };
}

test.skipIf(!programOf("redis-server"))("the right password at one process ends the pause in all; without the line each counts by itself", async () => {
  const redis = await aRedis();
  const [one, other] = [await aProcess(redis.url), await aProcess(redis.url)];
  // Four at each are free; the pause after eight is longer than this.
  const inAMoment = Date.now() + 4_000;
  for (let no = 0; no < 8; no += 1) (no % 2 === 0 ? one : other).patience.failed("林雨桐");
  for (const { patience } of [one, other]) await expect.poll(() => patience.allows("林雨桐", inAMoment), PATIENT).toBe(false);
  other.patience.forget("林雨桐");
  await expect.poll(() => one.patience.allows("林雨桐", inAMoment), PATIENT).toBe(true);

  await redis.kill();
  await expect.poll(() => one.wire.state().ready || other.wire.state().ready, PATIENT).toBe(false);
  for (let no = 0; no < 30; no += 1) one.patience.failed("林雨桐");
  expect([one.patience.allows("林雨桐"), other.patience.allows("林雨桐")]).toEqual([false, true]);
});

test.skipIf(!programOf("redis-server"))("what is left of rare acts is left in all processes together, of frequent ones in each", async () => {
  const redis = await aRedis();
  const [one, other] = [await aProcess(redis.url), await aProcess(redis.url)];
  const takenAt = ({ allowances }: typeof one, kind: "address" | "person", act: "register" | "search") => {
    let taken = 0;
    while (taken < 10_000 && allowances.take(kind, "10.0.0.1", act)) taken += 1;
    return taken;
  };
  expect(takenAt(one, "address", "register")).toBeGreaterThanOrEqual(500);
  expect(takenAt(one, "person", "search")).toBeGreaterThanOrEqual(120);
  expect([one.allowances.take("person", "林雨桐", "uploadBytes", 700), one.allowances.take("person", "何立夏", "uploadBytes", 100)]).toEqual([true, true]);
  // Said after the rest on the same line.
  for (let no = 0; no < 20; no += 1) one.patience.failed("说完了");
  await expect.poll(() => other.patience.allows("说完了"), PATIENT).toBe(false);
  expect(takenAt(other, "person", "search")).toBeGreaterThanOrEqual(120);
  expect([["林雨桐", 700], ["何立夏", 700], ["林雨桐", 300]].map(([who, bytes]) => other.allowances.take("person", String(who), "uploadBytes", Number(bytes)))).toEqual([false, true, true]);
  // One comes back each second.
  expect(takenAt(other, "address", "register")).toBeLessThan(250);
});
