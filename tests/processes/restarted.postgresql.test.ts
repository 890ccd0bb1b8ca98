import { and, eq } from "drizzle-orm";
import { expect, onTestFinished, test } from "vitest";
import common from "#app/i18n/zh-CN/common.ts";
import { readLog } from "#db/documents.ts";
import { openDb } from "#db/open.ts";
import { lessonPlans } from "#db/schema/index.ts";
import { replayed } from "#server/collab/replay.ts";
import { demoId } from "#server/demo/ids.ts";
import { running } from "#tests/e2e/running.ts";
import { startPostgresql } from "#tests/postgresql-server.ts";
import { aPage, PATIENT, signedIn } from "#tests/processes/pages.ts";

test("PostgreSQL is killed and started again: what is typed meanwhile is not shown as saved and comes into the log by itself; pages say that they cannot, and then can", async () => {
  const database = await startPostgresql();
  if (!database) throw new Error("Debian's package `postgresql` is not installed");
  onTestFinished(() => database.remove());
  const server = await running({ mode: "filled", env: { DATABASE_URL: database.address } });
  onTestFinished(() => server.stop());
  const { db, close } = await openDb(database.address);
  onTestFinished(close);
  const [plan] = await db.select({ id: lessonPlans.id, docId: lessonPlans.docId }).from(lessonPlans).where(and(eq(lessonPlans.kind, "common"), eq(lessonPlans.lessonId, demoId("lesson", "fraction-meaning"))));
  if (!plan) throw new Error("the demonstration has no such plan");
  const cookie = await signedIn(server.url, "lin-yutong");
  const page = await aPage(server.url, cookie, plan.id);
  page.types("之前");
  await page.saved();

  database.kill();
  page.types("停着的时候");
  const asked = await fetch(`${server.url}/me`, { headers: { cookie, accept: "text/html" } });
  expect(asked.status).toBe(500);
  const words = await asked.text();
  expect(words).toContain(common.refusal.fault.title);
  expect(words).toContain(common.refusal.fault.detail.replace("{{id}}", String(asked.headers.get("x-request-id"))));
  expect(words).not.toMatch(/ECONN|select |postgres/i);
  const ready = await fetch(`${server.url}/readyz`);
  expect([ready.status, await ready.json()]).toMatchObject([503, { parts: { database: { ready: false } } }]);
  expect(page.acknowledged()).toBe(false);
  expect((await fetch(`${server.url}/healthz`)).status).toBe(200);

  database.start();
  await page.saved();
  await expect.poll(() => fetch(`${server.url}/me`, { headers: { cookie } }).then((answer) => answer.status), PATIENT).toBe(200);
  page.types("之后");
  await page.saved();
  const kept = async () => replayed(plan.docId, await readLog(db, plan.docId)).getArray<string>("typed").toArray();
  expect(await kept()).toEqual(["之前", "停着的时候", "之后"]);
}, 300_000);
