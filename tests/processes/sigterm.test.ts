import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { and, eq } from "drizzle-orm";
import { expect, onTestFinished, test } from "vitest";
import { readLog } from "#db/documents.ts";
import { openDb } from "#db/open.ts";
import { lessonPlans } from "#db/schema/index.ts";
import { replayed } from "#server/collab/replay.ts";
import { demoId } from "#server/demo/ids.ts";
import { aDatabaseAddress } from "#tests/database.ts";
import { running } from "#tests/e2e/running.ts";
import { aPage, PATIENT, signedIn } from "#tests/processes/pages.ts";

const TYPING = 50;

test("the server is told to stop while fifty pages type: what was acknowledged is there, and what was not comes when it is back, once", async () => {
  const dataDir = mkdtempSync(join(tmpdir(), "tongyan-sigterm-"));
  onTestFinished(() => rmSync(dataDir, { recursive: true, force: true }));
  const env = { DATABASE_URL: await aDatabaseAddress(), SECRET: "停下又起来还是同一个秘密，够长够长够长够长够长够长够长够长够长够长" };
  const before = await running({ mode: "filled", dataDir, env });
  onTestFinished(() => before.stop());
  const { db, close } = await openDb(env.DATABASE_URL);
  onTestFinished(close);
  const [plan] = await db.select({ id: lessonPlans.id, docId: lessonPlans.docId }).from(lessonPlans).where(and(eq(lessonPlans.kind, "common"), eq(lessonPlans.lessonId, demoId("lesson", "fraction-meaning"))));
  if (!plan) throw new Error("the demonstration has no such plan");
  const cookie = await signedIn(before.url, "lin-yutong");
  const pages = await Promise.all(Array.from({ length: TYPING }, () => aPage(before.url, cookie, plan.id)));

  const typed: string[] = [];
  const typedBy = pages.map((): string[] => []);
  let typing = true;
  const acknowledged = pages.map(() => 0);
  // Up to the end each page knows what of its own was acknowledged: everything, whenever it says so.
  const watching = setInterval(() => pages.forEach((page, who) => void (page.acknowledged() && (acknowledged[who] = typedBy[who]?.length ?? 0))), 5);
  const all = pages.map(async (page, who) => {
    for (let word = 0; typing; word += 1) {
      page.types(`${who}：${word}`);
      typed.push(`${who}：${word}`);
      typedBy[who]?.push(`${who}：${word}`);
      // Some so slowly that on any machine they have time to see a word acknowledged before the next.
      await new Promise((resolve) => setTimeout(resolve, 50 + who * 20));
    }
  });
  await expect.poll(() => typed.length, PATIENT).toBeGreaterThan(TYPING * 4);
  await before.stop();
  clearInterval(watching);
  typing = false;
  await Promise.all(all);
  expect(before.said()).not.toContain('"level":50');
  const kept = () => readLog(db, plan.docId).then((log) => replayed(plan.docId, log).getArray<string>("typed").toArray());
  const promised = typedBy.flatMap((words, who) => words.slice(0, acknowledged[who]));
  expect(await kept()).toEqual(expect.arrayContaining(promised));
  expect(promised.length).toBeGreaterThan(0);

  const after = await running({ mode: "empty", dataDir, env, port: before.port });
  onTestFinished(() => after.stop());
  for (const page of pages) await page.saved();
  await expect.poll(async () => (await kept()).length, PATIENT).toBe(typed.length);
  expect(new Set(await kept())).toEqual(new Set(typed));
}, 300_000);

test("told to stop twice, as a terminal and a service manager do, it still stops in order", async () => {
  const server = await running({ mode: "empty" });
  onTestFinished(() => server.stop());
  process.kill(server.pid, "SIGTERM");
  // Two at the same moment may arrive as one.
  const again = setInterval(() => process.kill(server.pid, "SIGTERM"), 5);
  const end = server.ended().finally(() => clearInterval(again));
  expect(await end).toEqual([0, null]);
});
