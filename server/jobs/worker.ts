import type { Logger } from "pino";
import { failJob, finishJob, type Job, type JobKind, type JobPayloads, nextJobAt, onJobWritten, sweepJobs, takeJob } from "#db/jobs.ts";
import type { Db } from "#db/types.ts";

/** What is done for each kind of job. A handler may run twice, late or out of order, and reads what is true then. */
export type JobHandlers = { [Kind in JobKind]: (payload: JobPayloads[Kind]) => Promise<void> };

/** A look at the table at least this often, for jobs that other processes wrote. */
const LOOK_MS = 1_000;

export interface JobWorker {
  /** Works off everything that is due, then resolves. For tests and for shutting down. */
  drain(): Promise<void>;
  stop(): Promise<void>;
  lastError(): string | null;
}

/** Takes jobs one after the other as they come due. Faults are logged once and the job comes back later. */
export function startJobs(db: Db, handlers: Partial<JobHandlers>, log: Logger): JobWorker {
  let stopped = false;
  let busy: Promise<void> = Promise.resolve();
  let timer: NodeJS.Timeout | undefined;
  let lastError: string | null = null;

  const work = async () => {
    for (;;) {
      const job = stopped ? undefined : await takeJob(db);
      if (!job) return;
      await handle(job);
    }
  };
  const handle = async (job: Job) => {
    const handler = handlers[job.kind] as ((payload: unknown) => Promise<void>) | undefined;
    try {
      if (!handler) throw new Error(`nobody here does ${job.kind}`);
      await handler(job.payload);
      await finishJob(db, job.id);
    } catch (error) {
      lastError = error instanceof Error ? error.message : String(error);
      log.error({ job: job.kind, id: job.id, attempts: job.attempts, error }, "a job failed and will be tried again");
      await failJob(db, job, lastError);
    }
  };
  const round = (): Promise<void> => {
    busy = busy.then(work).catch((error: unknown) => {
      lastError = String(error);
      log.error({ error }, "the jobs table cannot be read");
    });
    return busy.then(async () => {
      if (stopped) return;
      clearTimeout(timer);
      const next = await nextJobAt(db).catch(() => undefined);
      timer = setTimeout(() => void round(), Math.min(LOOK_MS, Math.max(10, (next?.getTime() ?? Number.POSITIVE_INFINITY) - Date.now())));
    });
  };
  let woken = false;
  const forget = onJobWritten(() => {
    if (woken) return;
    woken = true;
    setImmediate(() => {
      woken = false;
      if (!stopped) void round();
    });
  });
  const sweep = setInterval(() => void sweepJobs(db).catch(() => undefined), 3_600_000);
  void round();

  return {
    drain: async () => {
      await round();
    },
    stop: async () => {
      stopped = true;
      forget();
      clearTimeout(timer);
      clearInterval(sweep);
      await busy;
    },
    lastError: () => lastError,
  };
}
