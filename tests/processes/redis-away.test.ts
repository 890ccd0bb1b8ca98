import { and, eq } from "drizzle-orm";
import { expect, test } from "vitest";
import operations from "#app/i18n/zh-CN/operations.ts";
import { readLog } from "#db/documents.ts";
import { lessonPlans } from "#db/schema/index.ts";
import { replayed } from "#server/collab/replay.ts";
import { demoId } from "#server/demo/ids.ts";
import { anInstallation, parts } from "#tests/processes/installation.ts";
import { aPage, PATIENT, signedIn } from "#tests/processes/pages.ts";
import { aRedis } from "#tests/processes/parts.ts";

test.skipIf(!parts)("Redis goes away under two processes: pages open, what is typed is saved, the operator is told, and when it is back people at both see each other write", async () => {
  const { db, redis, one, other } = await anInstallation();
  const [plan] = await db.select({ id: lessonPlans.id, docId: lessonPlans.docId }).from(lessonPlans).where(and(eq(lessonPlans.kind, "common"), eq(lessonPlans.lessonId, demoId("lesson", "fraction-meaning"))));
  if (!plan) throw new Error("the demonstration has no such plan");
  const [lin, he, operator] = [await signedIn(one.url, "lin-yutong"), await signedIn(other.url, "he-lixia"), await signedIn(one.url, "gao-yuan")];
  const both = [one, other];
  const linAtOne = await aPage(one.url, lin, plan.id);
  const heAtOther = await aPage(other.url, he, plan.id);
  linAtOne.types("之前");
  await expect.poll(heAtOther.sees, PATIENT).toEqual(["之前"]);
  const opened = (url: string, path: string, cookie: string) => fetch(`${url}${path}`, { headers: { cookie } }).then(async (answer) => ({ status: answer.status, words: (await answer.text()).replace(/<[^>]*>/g, "") }));
  const line = (url: string) => fetch(`${url}/readyz`).then(async (answer) => [answer.status, ((await answer.json()) as { parts: { processes: { reason?: string } } }).parts.processes.reason ?? "there"]); // as the address is documented
  for (const { url } of both) expect(await line(url)).toEqual([200, "there"]);

  await redis.kill();
  for (const { url } of both) await expect.poll(() => line(url), PATIENT).toEqual([200, expect.stringContaining("no line to the other processes")]);
  for (const { url } of both) {
    expect(await opened(url, "/lessons", lin)).toMatchObject({ status: 200, words: expect.stringContaining("分数的意义") });
    expect(await opened(url, `/plans/${plan.id}`, he)).toMatchObject({ status: 200, words: expect.stringContaining("教学难点") });
    expect(await opened(url, "/operations", operator)).toMatchObject({ status: 200, words: expect.stringMatching(new RegExp(`${operations.parts.processes}\\s*${operations.parts.without}`)) });
  }
  linAtOne.types("林停着时写的");
  heAtOther.types("何停着时写的");
  await linAtOne.saved();
  await heAtOther.saved();
  const kept = async () => replayed(plan.docId, await readLog(db, plan.docId)).getArray<string>("typed").toArray();
  expect((await kept()).sort()).toEqual(["之前", "何停着时写的", "林停着时写的"].sort());

  await aRedis(redis.port);
  for (const { url } of both) await expect.poll(() => line(url), PATIENT).toEqual([200, "there"]);
  linAtOne.types("林又写");
  heAtOther.types("何又写");
  for (const page of [linAtOne, heAtOther]) await expect.poll(() => page.sees().toSorted(), PATIENT).toEqual(["之前", "何停着时写的", "林停着时写的", "林又写", "何又写"].sort());
  expect(heAtOther.sees()).toEqual(linAtOne.sees());
  expect(await kept()).toEqual(linAtOne.sees());
  expect([linAtOne.closes, heAtOther.closes]).toEqual([[], []]);
  expect((await opened(one.url, "/operations", operator)).words).toMatch(new RegExp(`${operations.parts.processes}\\s*${operations.parts.well}`));
}, 600_000);
