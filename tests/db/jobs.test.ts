import { expect, test } from "vitest";
import { ATTEMPTS, enqueue, failJob, finishJob, LEASE_MS, listWaitingJobs, takeJob } from "#db/jobs.ts";
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
