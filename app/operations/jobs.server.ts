import { audit } from "#db/audit.ts";
import { type FailedJob, findFailedJob, retryJob } from "#db/jobs.ts";
import type { Db } from "#db/types.ts";
import type { Viewer } from "#db/viewer.ts";
import { type Permitted, permitted } from "../http/permitted.ts";
import { refuse } from "../http/refusals.ts";
import { holds } from "../people/standing.ts";

/** @throws `notThere` to everybody but system operators */
export function requireOperator(viewer: Viewer): void {
  if (!holds(viewer, "system_operator")) throw refuse("notThere");
}

/** A job that was given up. @throws `notThere` */
export async function jobToRetry(db: Db, viewer: Viewer, jobId: string): Promise<Permitted<"retry", FailedJob>> {
  requireOperator(viewer);
  const job = await findFailedJob(db, jobId);
  if (!job) throw refuse("notThere");
  return permitted(job);
}

/** Lets a job that was given up begin anew. Doing so twice is once. */
export async function retry(db: Db, viewer: Viewer, job: Permitted<"retry", FailedJob>): Promise<void> {
  await db.transaction(async (tx) => {
    if (await retryJob(tx, job.id)) await audit(tx, { personId: viewer.id, act: "job.retried", object: { type: "job", id: job.id }, detail: { kind: job.kind } });
  });
}
