import { and, asc, count, desc, eq, gte, isNotNull, isNull, lt, lte, or, sql } from "drizzle-orm";
import { jobs } from "./schema/index.ts";
import { onWritten } from "./freshness.ts";
import { steadyNow } from "./steady-clock.ts";
import type { Db } from "./types.ts";

/**
 * Every kind of deferred work with what it is told. Payloads carry ids, never copies of rows: a handler may run twice, late or out of order,
 * and reads what is true then.
 */
export interface JobPayloads {
  /** Bring one document of the search index in step with its row, or take it out. */
  "search.index": { kind: "lesson_plan" | "teaching_case" | "seminar" | "studio"; id: string };
  /** Ask everybody inside these places again whether they may be there. */
  "access.changed": { personIds?: string[]; docId?: string; prepId?: string; seminarId?: string; studioId?: string };
  /** Tell the members of a studio something, in slices. */
  "notice.studio": { studioId: string; kind: string; params: Record<string, string | number>; href: string; key: string; afterSeatId?: string; exceptPersonId?: string };
  /** Somebody has confirmed who a person is: what waited for that goes on. */
  "person.confirmed": { personId: string };
  /** Somebody says that the password for this login, sealed, is forgotten: whether it is anybody's is looked up where nobody measures how long that takes. */
  "password.asked": { login: string };
  "mail.send": { personId: string; kind: "password"; linkId: string; secret: string };
  "doc.project": { docId: string };
  /** Remind those concerned a day before a deadline of a prep, if it still stands. */
  "prep.remind": { prepId: string; stage: "draft" | "discuss" | "revise" | "teach" | "reflect"; deadline: string };
  "seminar.remind": { seminarId: string };
  "seminar.close": { seminarId: string };
  "seminar.report": { seminarId: string };
  /** Tell those who took a publication that it is gone; `throughId` is that publication or one that was made from it. */
  "resource.ended": { resourceId: string; throughId: string; afterReuseId?: string };
  "studio.figures": { studioId: string };
  /** Write by the secret of now what earlier ones sealed, from this person on; `moved`: so many so far. */
  "secret.move": { afterPersonId?: string; moved?: number };
}

export type JobKind = keyof JobPayloads;

export interface Job<Kind extends JobKind = JobKind> {
  id: string;
  kind: Kind;
  payload: JobPayloads[Kind];
  attempts: number;
}

export interface JobOptions {
  /** Waiting jobs of one kind with one key are one job: the earlier `runAt` counts. */
  key?: string;
  runAt?: Date;
}

const listeners = new Set<() => void>();

/** Calls back when this process has written a job, when others see it at the latest, so that a worker in it need not wait for its next look. */
export function onJobWritten(listener: () => void): () => void {
  listeners.add(listener);
  const forget = onWritten("jobs", listener);
  return () => {
    listeners.delete(listener);
    forget();
  };
}

/** Writes a job into the outbox, in the transaction of the act that it follows from. */
export async function enqueue<Kind extends JobKind>(tx: Db, kind: Kind, payload: JobPayloads[Kind], options: JobOptions = {}): Promise<void> {
  const now = steadyNow();
  const runAt = options.runAt ?? now;
  if (options.key) {
    const [waiting] = await tx.select({ id: jobs.id, runAt: jobs.runAt }).from(jobs).where(and(eq(jobs.kind, kind), eq(jobs.key, options.key), eq(jobs.state, "waiting"), isNull(jobs.leasedUntil))).limit(1);
    if (waiting) {
      if (runAt < waiting.runAt) await tx.update(jobs).set({ runAt }).where(eq(jobs.id, waiting.id));
      return;
    }
  }
  await tx.insert(jobs).values({ kind, payload: payload as Record<string, unknown>, key: options.key ?? null, runAt, createdAt: now });
  for (const listener of listeners) listener();
}

/** How long a worker may keep a job before another may take it. */
export const LEASE_MS = 60_000;

/** Takes the next job that is due, or undefined. Two workers never hold one job: taking is one transaction. */
export function takeJob(db: Db, now = steadyNow()): Promise<Job | undefined> {
  return db.transaction(async (tx) => {
    const free = or(isNull(jobs.leasedUntil), lt(jobs.leasedUntil, now));
    const [next] = await tx.select().from(jobs).where(and(eq(jobs.state, "waiting"), lte(jobs.runAt, now), free)).orderBy(asc(jobs.runAt), asc(jobs.id)).limit(1);
    if (!next) return undefined;
    await tx.update(jobs).set({ leasedUntil: new Date(now.getTime() + LEASE_MS), attempts: next.attempts + 1 }).where(eq(jobs.id, next.id));
    return { id: next.id, kind: next.kind as JobKind, payload: next.payload as unknown as JobPayloads[JobKind], attempts: next.attempts + 1 };
  });
}

export async function finishJob(db: Db, jobId: string, at = new Date()): Promise<void> {
  await db.update(jobs).set({ state: "done", finishedAt: at, leasedUntil: null, error: null }).where(eq(jobs.id, jobId));
}

/** Tried this often, a job is left as failed for an operator to look at. */
export const ATTEMPTS = 8;

/** Puts a job back with a growing pause, or leaves it as failed. */
export async function failJob(db: Db, job: Pick<Job, "id" | "attempts">, error: string, at = steadyNow()): Promise<void> {
  const over = job.attempts >= ATTEMPTS;
  const pause = Math.min(2 ** job.attempts * 1000, 15 * 60_000);
  await db
    .update(jobs)
    .set({ state: over ? "failed" : "waiting", leasedUntil: null, error: error.slice(0, 2000), runAt: new Date(at.getTime() + pause), finishedAt: over ? at : null })
    .where(eq(jobs.id, job.id));
}

/** Whether a job of this kind has failed and waits to be tried again. */
export async function isRetried(db: Db, kind: JobKind): Promise<boolean> {
  const [one] = await db.select({ id: jobs.id }).from(jobs).where(and(eq(jobs.state, "waiting"), eq(jobs.kind, kind), isNotNull(jobs.error))).limit(1);
  return one !== undefined;
}

/** What failed for want of something that is there again: jobs that were given up on begin anew, those that wait to be tried again are due now. */
export async function retryNow(db: Db, kind: JobKind, now = new Date()): Promise<void> {
  await db.update(jobs).set({ state: "waiting", attempts: 0, runAt: now, finishedAt: null }).where(and(eq(jobs.kind, kind), eq(jobs.state, "failed")));
  await db.update(jobs).set({ runAt: now }).where(and(eq(jobs.kind, kind), eq(jobs.state, "waiting"), isNotNull(jobs.error), isNull(jobs.leasedUntil)));
}

/** What jobs of this kind were told that were written since then, whatever became of them. */
export async function listWritten<Kind extends JobKind>(db: Db, kind: Kind, since: Date): Promise<JobPayloads[Kind][]> {
  const rows = await db.select({ payload: jobs.payload }).from(jobs).where(and(eq(jobs.kind, kind), gte(jobs.createdAt, since))).orderBy(asc(jobs.id));
  return rows.map(({ payload }) => payload as unknown as JobPayloads[Kind]); // the outbox keeps what was enqueued
}

/** Jobs that wait, oldest first, for tests and the operations page. */
export function listWaitingJobs(db: Db): Promise<{ kind: string; payload: Record<string, unknown>; runAt: Date }[]> {
  return db.select({ kind: jobs.kind, payload: jobs.payload, runAt: jobs.runAt }).from(jobs).where(eq(jobs.state, "waiting")).orderBy(asc(jobs.id));
}

/** A job that was given up after all its attempts. */
export interface FailedJob {
  id: string;
  kind: JobKind;
  attempts: number;
  error: string | null;
  finishedAt: Date | null;
}

const failedColumns = { id: jobs.id, kind: sql<JobKind>`${jobs.kind}`, attempts: jobs.attempts, error: jobs.error, finishedAt: jobs.finishedAt };

/** Jobs that were given up, the latest first. */
export function listFailedJobs(db: Db, limit: number): Promise<FailedJob[]> {
  return db.select(failedColumns).from(jobs).where(eq(jobs.state, "failed")).orderBy(desc(jobs.runAt), desc(jobs.id)).limit(limit);
}

export async function findFailedJob(db: Db, jobId: string): Promise<FailedJob | undefined> {
  const [row] = await db.select(failedColumns).from(jobs).where(and(eq(jobs.id, jobId), eq(jobs.state, "failed")));
  return row;
}

/** Puts a job that was given up back, as if it had never been tried. @returns false when it waits already */
export async function retryJob(tx: Db, jobId: string, now = steadyNow()): Promise<boolean> {
  const taken = await tx.update(jobs).set({ state: "waiting", attempts: 0, runAt: now, finishedAt: null }).where(and(eq(jobs.id, jobId), eq(jobs.state, "failed"))).returning({ id: jobs.id });
  if (taken.length > 0) for (const listener of listeners) listener();
  return taken.length > 0;
}

/** How many jobs wait (with since when the oldest of those that are due does) and how many were given up. */
export async function countJobs(db: Db, now = steadyNow()): Promise<{ waiting: number; dueSince: Date | null; failed: number }> {
  const [waiting] = await db.select({ rows: count() }).from(jobs).where(eq(jobs.state, "waiting"));
  const [due] = await db.select({ runAt: jobs.runAt }).from(jobs).where(and(eq(jobs.state, "waiting"), lte(jobs.runAt, now))).orderBy(asc(jobs.runAt)).limit(1);
  const [failed] = await db.select({ rows: count() }).from(jobs).where(eq(jobs.state, "failed"));
  return { waiting: waiting?.rows ?? 0, dueSince: due?.runAt ?? null, failed: failed?.rows ?? 0 };
}

/** When the next job is due, or undefined. */
export async function nextJobAt(db: Db): Promise<Date | undefined> {
  const [row] = await db.select({ runAt: jobs.runAt }).from(jobs).where(eq(jobs.state, "waiting")).orderBy(asc(jobs.runAt)).limit(1);
  return row?.runAt;
}

/** Done jobs older than a week are of no use to anybody. */
export async function sweepJobs(db: Db, now = new Date()): Promise<void> {
  await db.delete(jobs).where(and(eq(jobs.state, "done"), lt(jobs.finishedAt, new Date(now.getTime() - 7 * 86_400_000))));
}
