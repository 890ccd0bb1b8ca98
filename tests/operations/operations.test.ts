import type { AppLoadContext } from "@remix-run/node";
import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { waitsOfOffices } from "#app/home/office-waits.server.ts";
import { countJobs, enqueue, failJob, listFailedJobs, takeJob } from "#db/jobs.ts";
import { auditLog, jobs } from "#db/schema/index.ts";
import type { Viewer } from "#db/viewer.ts";
import type { SearchEngine } from "#search/engine.ts";
import { action, loader } from "#app/routes/operations._index/route.tsx";
import { diskUnder } from "#server/disk.ts";
import { makeOperations } from "#server/operations.ts";
import { aContext, aForm } from "#tests/context.ts";
import { anOpenDatabase } from "#tests/database.ts";
import { aGrant, aTeacher, asViewer } from "#tests/factories.ts";

async function setting() {
  const open = await anOpenDatabase();
  const { db } = open;
  const operator = await aGrant(db, await aTeacher(db, { name: "系统员" }), "system_operator", "system");
  const teacher = await asViewer(db, await aTeacher(db, { name: "林雨桐" }));
  await db.transaction((tx) => enqueue(tx, "studio.figures", { studioId: "01STUDIO" }));
  const job = await takeJob(db);
  if (!job) throw new Error("the job was not taken");
  await failJob(db, { id: job.id, attempts: 8 }, "表不见了");
  const operations = await makeOperations(open, () => diskUnder(["."]).room(), async () => [{ name: "live", ready: true, reason: "没有媒体服务器" }]);
  const search = { state: async () => ({ engine: "sqlite", ready: true, documents: 7, stale: 0, rebuild: null }) } as unknown as SearchEngine; // nothing else of it is asked
  const asked = (who: Viewer, request = new Request("http://localhost:3000/operations")) => ({ request, params: {}, context: aContext(open, who, { operations, search }) as AppLoadContext });
  const retries = (who: Viewer, jobId: string) => statusOf(action(asked(who, aForm("/operations", { jobId }))));
  return { open, db, operator, teacher, job, asked, retries };
}

const statusOf = async (act: Promise<unknown>) => ((await act.catch((error: unknown) => error)) as Response).status;

test("a system operator sees what runs, what is wrong with it, and the jobs that were given up", async () => {
  const { db, operator, asked, job } = await setting();
  expect(await loader(asked(operator))).toMatchObject({
    parts: [{ name: "live", ready: true, reason: "没有媒体服务器" }],
    index: { documents: 7 },
    counted: { waiting: 0, dueSince: null, failed: 1 },
    failed: [{ id: job.id, kind: "studio.figures", attempts: 1, error: "表不见了" }],
    versions: { node: process.version, database: expect.stringMatching(/^(SQLite|PostgreSQL) \d/) },
    disk: { free: expect.any(Number), whole: expect.any(Number) },
  });
  expect(await waitsOfOffices(db, operator)).toContainEqual({ key: "failedJobs", params: { count: 1 }, href: "/operations", due: null });
});

test("a job that was given up begins anew when it is asked for, once, and the log says by whom", async () => {
  const { db, operator, job, retries } = await setting();
  expect(await retries(operator, job.id)).toBe(302);
  expect(await listFailedJobs(db, 9)).toEqual([]);
  expect(await countJobs(db)).toMatchObject({ waiting: 1, failed: 0, dueSince: expect.any(Date) });
  expect((await takeJob(db))?.attempts).toBe(1);
  expect(await retries(operator, job.id)).toBe(404);
  expect(await db.select({ act: auditLog.act, personId: auditLog.personId }).from(auditLog).where(eq(auditLog.objectId, job.id))).toEqual([{ act: "job.retried", personId: operator.id }]);
});

test("to everybody else the page is not there, and their wish changes nothing", async () => {
  const { db, teacher, job, asked, retries } = await setting();
  expect(await statusOf(loader(asked(teacher)) as Promise<unknown>)).toBe(404);
  expect(await retries(teacher, job.id)).toBe(404);
  expect(await db.select({ state: jobs.state }).from(jobs).where(eq(jobs.id, job.id))).toEqual([{ state: "failed" }]);
});
