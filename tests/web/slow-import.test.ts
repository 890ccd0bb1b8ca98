import { setTimeout as pause } from "node:timers/promises";
import { request } from "node:http";
import { join } from "node:path";
import { and, eq, isNull } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { LONGEST_FORM } from "#app/http/longest-form.ts";
import { openDb } from "#db/open.ts";
import { authSessions, docVersions, lessonPlans, seats } from "#db/schema/index.ts";
import type { OpenDb } from "#db/types.ts";
import { demoId } from "#server/demo/ids.ts";
import { running, type Running } from "#tests/e2e/running.ts";
import { aWordFile, line } from "#tests/plans/word-files.ts";
import { signedIn } from "#tests/processes/pages.ts";

const LIN = demoId("person", "lin-yutong");

let server: Running;
let open: OpenDb;
beforeAll(async () => {
  server = await running();
  open = await openDb(join(server.dataDir, "demo.sqlite"));
}, 120_000);
afterAll(async () => {
  await open?.close();
  await server?.stop();
});

/** A Word file inside a form that is longer than any without a file, of which the end comes when it is let. */
async function aLargeForm(planId: string, cookie: string): Promise<{ end(): Promise<number> }> {
  const form = new FormData();
  for (let no = 0; no < 5; no += 1) form.append(`beside${no}`, "旁".repeat(1_200_000));
  form.append("file", new Blob([(await aWordFile([line("教学目标"), line("会说一盒的四分之一。")])) as Buffer<ArrayBuffer>]), "教案.docx");
  const whole = new Request(server.url, { method: "POST", body: form });
  const bytes = Buffer.from(await whole.clone().arrayBuffer());
  expect(bytes.byteLength).toBeGreaterThan(LONGEST_FORM);
  const held = bytes.byteLength - 500;
  const sending = request(`${server.url}/plans/${planId}/import`, { method: "POST", headers: { cookie, origin: server.url, "content-type": whole.headers.get("content-type") ?? "", "content-length": bytes.byteLength } });
  const answered = new Promise<number>((resolve, reject) => sending.on("response", (answer) => (answer.resume(), resolve(answer.statusCode ?? 0))).on("error", reject));
  await new Promise((sent) => sending.write(bytes.subarray(0, held), sent));
  await pause(500);
  return {
    end: () => {
      sending.end(bytes.subarray(held));
      return answered;
    },
  };
}

test("a large form whose end is held back acts by the rights of its end: who was signed out or lost the seat meanwhile lays nothing in", { timeout: 120_000 }, async () => {
  const { db } = open;
  const [plan] = await db.select({ id: lessonPlans.id, docId: lessonPlans.docId }).from(lessonPlans).where(and(eq(lessonPlans.kind, "common"), eq(lessonPlans.lessonId, demoId("lesson", "fraction-meaning"))));
  if (!plan) throw new Error("the demonstration has no such plan");
  const versions = async () => (await db.select({ id: docVersions.id }).from(docVersions).where(eq(docVersions.docId, plan.docId))).length;
  const before = await versions();

  const signedOut = await aLargeForm(plan.id, await signedIn(server.url, "lin-yutong"));
  await db.delete(authSessions).where(eq(authSessions.userId, LIN));
  expect(await signedOut.end()).toBe(401);
  expect(await versions()).toBe(before);

  const cookie = await signedIn(server.url, "lin-yutong");
  const unseated = await aLargeForm(plan.id, cookie);
  const seatsOfHers = await db.update(seats).set({ to: new Date() }).where(and(eq(seats.personId, LIN), isNull(seats.to))).returning({ id: seats.id });
  expect([403, 404]).toContain(await unseated.end());
  expect(await versions()).toBe(before);

  for (const { id } of seatsOfHers) await db.update(seats).set({ to: null }).where(eq(seats.id, id));
  expect(await (await aLargeForm(plan.id, cookie)).end()).toBe(302);
  expect(await versions()).toBe(before + 1);
});
