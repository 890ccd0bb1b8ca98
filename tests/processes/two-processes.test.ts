import { randomBytes } from "node:crypto";
import { ListObjectsV2Command } from "@aws-sdk/client-s3";
import { and, eq, inArray } from "drizzle-orm";
import { expect, test } from "vitest";
import { readLog } from "#db/documents.ts";
import { enqueue } from "#db/jobs.ts";
import { authSessions, jobs, lessonPlans } from "#db/schema/index.ts";
import { replayed } from "#server/collab/replay.ts";
import { demoId } from "#server/demo/ids.ts";
import { cutAfter, finished, tusHeaders, tusPatch } from "#tests/files/serving.ts";
import { aWordFile, line } from "#tests/plans/word-files.ts";
import { anInstallation, parts } from "#tests/processes/installation.ts";
import { aPage, PATIENT, signedIn } from "#tests/processes/pages.ts";

test.skipIf(!parts)("two processes behind one address are one platform: people write together, one process is killed, and nothing that was acknowledged is lost", async () => {
  const { db, s3, one, other, url } = await anInstallation();
  const [plan] = await db.select({ id: lessonPlans.id, docId: lessonPlans.docId }).from(lessonPlans).where(and(eq(lessonPlans.kind, "common"), eq(lessonPlans.lessonId, demoId("lesson", "fraction-meaning"))));
  if (!plan) throw new Error("the demonstration has no such plan");

  // A session that one process began holds in the other.
  const lin = await signedIn(one.url, "lin-yutong");
  const he = await signedIn(other.url, "he-lixia");
  for (const { url: at } of [one, other]) expect((await fetch(`${at}/session`, { headers: { cookie: lin } })).status).toBe(204);

  const linAtOne = await aPage(one.url, lin, plan.id);
  const heAtOther = await aPage(other.url, he, plan.id);
  const linBehindTheDoor = await aPage(url, lin, plan.id);
  for (let word = 0; word < 5; word += 1) {
    linAtOne.types(`林${word}`);
    heAtOther.types(`何${word}`);
  }
  await expect.poll(() => heAtOther.sees().length, PATIENT).toBe(10);
  await expect.poll(linAtOne.sees, PATIENT).toEqual(heAtOther.sees());

  // A right that is taken away reaches both, whichever process does the job.
  const heAtOne = await aPage(one.url, he, plan.id);
  await db.delete(authSessions).where(eq(authSessions.userId, demoId("person", "he-lixia")));
  await db.transaction((tx) => enqueue(tx, "access.changed", { personIds: [demoId("person", "he-lixia")] }));
  await expect.poll(() => [heAtOne.closes.length > 0, heAtOther.closes.length > 0], PATIENT).toEqual([true, true]);
  expect([linAtOne.closes, linBehindTheDoor.closes]).toEqual([[], []]);

  // Each job is taken once.
  const told = Array.from({ length: 40 }, (_, index) => demoId("job", `told-${index}`));
  await db.transaction(async (tx) => {
    for (const key of told) await enqueue(tx, "studio.figures", { studioId: demoId("studio", "wenlan") }, { key });
  });
  const done = () => db.select({ state: jobs.state, attempts: jobs.attempts }).from(jobs).where(inArray(jobs.key, told));
  await expect.poll(async () => (await done()).every((job) => job.state === "done"), PATIENT).toBe(true);
  expect((await done()).map((job) => job.attempts)).toEqual(told.map(() => 1));

  // A file that was brought to one process is given out by the other.
  const file = new FormData();
  for (const [name, value] of Object.entries({ ownerType: "plan", ownerId: plan.id, kind: "worksheet" })) file.set(name, value);
  const worksheet = await aWordFile([line("分数墙，每人一张")]);
  file.set("file", new Blob([worksheet as Uint8Array<ArrayBuffer>]), "分数墙.docx");
  const brought = await fetch(`${one.url}/uploads/simple`, { method: "POST", headers: { origin: one.url, cookie: lin, accept: "application/json" }, body: file });
  expect(brought.status).toBe(201);
  const { attachmentId } = (await brought.json()) as { attachmentId: string }; // as the page is answered
  const given = await fetch(`${other.url}/files/${attachmentId}`, { headers: { cookie: lin } });
  expect(Buffer.from(await given.arrayBuffer()).equals(worksheet)).toBe(true);
  expect((await s3.send(new ListObjectsV2Command({ Bucket: "tongyan", Prefix: "files/" }))).KeyCount).toBeGreaterThan(0);

  // An upload that was begun at one process and cut is finished at the other, by whoever began it alone.
  const chen = await signedIn(other.url, "chen-jinghao");
  const courseware = Buffer.concat([Buffer.from("%PDF-1.7\n"), randomBytes(2_000_000)]);
  const begun = await fetch(`${one.url}/uploads`, { method: "POST", headers: { origin: one.url, cookie: lin, ...tusHeaders({ ownerType: "plan", ownerId: plan.id, kind: "courseware", name: "课件.pdf" }, courseware.byteLength) } });
  expect(begun.status).toBe(201);
  const place = other.url + (begun.headers.get("location") ?? "");
  await cutAfter(one.url, new URL(place).pathname, { origin: one.url, cookie: lin }, courseware, 1_200_000);
  const goesOn = (cookie: string, offset: number) => {
    const { headers, ...rest } = tusPatch(courseware, offset);
    return fetch(place, { ...rest, headers: { ...headers, origin: other.url, cookie } });
  };
  const offsetNow = async () => Number((await fetch(place, { method: "HEAD", headers: { cookie: lin, "tus-resumable": "1.0.0" } })).headers.get("upload-offset"));
  await expect.poll(offsetNow, PATIENT).toBeGreaterThan(0);
  expect((await goesOn(chen, await offsetNow())).status).toBe(404);
  const whole = JSON.parse(await finished(offsetNow, (offset) => goesOn(lin, offset))) as { attachmentId: string }; // as the page is answered
  const back = await fetch(`${one.url}/files/${whole.attachmentId}`, { headers: { cookie: lin } });
  expect(Buffer.from(await back.arrayBuffer()).equals(courseware)).toBe(true);
  expect((await s3.send(new ListObjectsV2Command({ Bucket: "tongyan", Prefix: "uploads/" }))).KeyCount).toBe(0);

  // One process dies in mid-typing. Whoever was with it comes back by the same address; the other never stops.
  const [chenAtOther, linSurvives] = [await aPage(other.url, chen, plan.id), linBehindTheDoor];
  const promised: string[] = [];
  for (let word = 0; word < 12; word += 1) {
    linSurvives.types(`门${word}`);
    chenAtOther.types(`陈${word}`);
    if (word === 6) await one.kill9();
    await chenAtOther.saved();
    promised.push(`陈${word}`);
    if (linSurvives.acknowledged()) promised.push(`门${word}`);
  }
  await linSurvives.saved();
  await expect.poll(() => linSurvives.sees().length, PATIENT).toBe(10 + 24);
  await expect.poll(chenAtOther.sees, PATIENT).toEqual(linSurvives.sees());
  expect(chenAtOther.closes).toEqual([]);
  const kept = replayed(plan.docId, await readLog(db, plan.docId)).getArray<string>("typed").toArray();
  expect(kept).toEqual(expect.arrayContaining(promised));
  expect(new Set(kept).size).toBe(kept.length);
  expect((await fetch(`${url}/session`, { headers: { cookie: lin, connection: "close" } })).status).toBe(204);
  const answer = (await (await fetch(`${other.url}/readyz`)).json()) as { parts: Record<string, { ready: boolean; reason?: string }> }; // as the address is documented
  expect(answer.parts.processes).toEqual({ ready: true });
}, 600_000);

