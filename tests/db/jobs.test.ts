import { pino } from "pino";
import { expect, onTestFinished, test, vi } from "vitest";
import { ATTEMPTS, enqueue, failJob, finishJob, LEASE_MS, listWaitingJobs, takeJob } from "#db/jobs.ts";
import { jobs } from "#db/schema/index.ts";
import { startJobs } from "#server/jobs/worker.ts";
import { aDatabase } from "#tests/database.ts";

const at = new Date("2026-11-23T12:00:00Z");
const later = (ms: number) => new Date(at.getTime() + ms);

test("a job is taken once, comes back when its worker died, and is gone when it is done", async () => {
  const db = await aDatabase();
  await enqueue(db, "seminar.report", { seminarId: "研修一" }, { runAt: at });
  const [first, second] = await Promise.all([takeJob(db, later(1)), takeJob(db, later(1))]);
  const taken = first ?? second;
  expect([first, second].filter(Boolean)).toHaveLength(1);
  expect(taken).toMatchObject({ kind: "seminar.report", payload: { seminarId: "研修一" }, attempts: 1 });
  expect(await takeJob(db, later(LEASE_MS - 1000))).toBeUndefined();
  const again = await takeJob(db, later(LEASE_MS + 1000));
  expect(again?.id).toBe(taken?.id);
  await finishJob(db, again?.id ?? "");
  expect(await takeJob(db, later(10 * LEASE_MS))).toBeUndefined();
});

test("a job that keeps failing waits longer each time and is left for an operator in the end", async () => {
  const db = await aDatabase();
  await enqueue(db, "doc.project", { docId: "教案一" }, { runAt: at });
  let now = at;
  for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
    now = new Date(now.getTime() + 3_600_000);
    const job = await takeJob(db, now);
    expect(job?.attempts).toBe(attempt);
    if (job) await failJob(db, job, "磁盘满了", now);
    expect(await takeJob(db, later(now.getTime() - at.getTime() + 500))).toBeUndefined();
  }
  expect(await listWaitingJobs(db)).toEqual([]);
});

test("waiting jobs with one key are one job, and the earlier time counts", async () => {
  const db = await aDatabase();
  await enqueue(db, "doc.project", { docId: "教案一" }, { key: "教案一", runAt: later(5000) });
  await enqueue(db, "doc.project", { docId: "教案一" }, { key: "教案一", runAt: later(1000) });
  expect(await listWaitingJobs(db)).toEqual([{ kind: "doc.project", payload: { docId: "教案一" }, runAt: later(1000) }]);
});

// pglite has one connection: a worker that looks beside a transaction waits for its end.
test.skipIf(process.env.DATABASE_URL?.startsWith("pglite"))("a job is taken when the act that wrote it is committed, and does not wait for the next look", async () => {
  const db = await aDatabase();
  // No look comes by itself.
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  onTestFinished(() => void vi.useRealTimers());
  let [take, commit] = [() => {}, () => {}];
  const taken = new Promise<void>((resolve) => (take = resolve));
  const held = new Promise<void>((resolve) => (commit = resolve));
  const worker = startJobs(db, { "doc.project": async () => take() }, pino({ level: "silent" }));
  onTestFinished(() => worker.stop());
  await worker.drain();
  const act = db.transaction(async (tx) => {
    await enqueue(tx, "doc.project", { docId: "教案一" });
    await held;
  });
  // The worker was woken when the job was written, and sees nothing of it yet.
  for (let look = 0; look < 30; look += 1) await db.select({ id: jobs.id }).from(jobs);
  commit();
  await act;
  await taken;
});
