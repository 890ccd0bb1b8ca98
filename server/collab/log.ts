import { ClientIdTaken, type DocUpdate } from "#db/documents.ts";

interface Waiting {
  update: DocUpdate;
  done(): void;
  failed(error: unknown): void;
}

export interface LogLimits {
  /** Updates in one transaction. */
  batch: number;
  /** Updates that may wait; one more is refused. Each open connection has at most one. */
  waiting: number;
  /** Pauses before a failed update is tried again, in milliseconds. */
  pauses: readonly number[];
}

const LIMITS: LogLimits = { batch: 500, waiting: 5_000, pauses: [50, 250, 1_000] };

/** The log has more waiting than it may hold: the disk or the database does not keep up. */
export class LogBusy extends Error {}

/**
 * The way into the log of all documents. Everything that waits goes into one transaction; there is no timer, so that a lone update
 * waits for nothing, and grouping happens exactly when there is load.
 */
export class DocLog {
  readonly #commit: (batch: readonly DocUpdate[]) => Promise<void>;
  readonly #limits: LogLimits;
  #waiting: Waiting[] = [];
  #turn: Promise<void> | undefined;
  /** Updates that have neither been committed nor failed. */
  #held = 0;

  /** @param commit resolves when all of the batch is on disk, rejects when nothing of it is (or may be: an update twice does no harm) */
  constructor(commit: (batch: readonly DocUpdate[]) => Promise<void>, limits: Partial<LogLimits> = {}) {
    this.#commit = commit;
    this.#limits = { ...LIMITS, ...limits };
  }

  /**
   * Resolves once the update is committed. A batch that fails is tried again one by one, so that one bad update takes no others with it,
   * and what still fails again after pauses.
   *
   * @throws ClientIdTaken at once; LogBusy when too much waits; else what the database said last
   */
  append(update: DocUpdate): Promise<void> {
    if (this.#held >= this.#limits.waiting) return Promise.reject(new LogBusy("too many updates wait for the log"));
    this.#held += 1;
    const settled = new Promise<void>((done, failed) => this.#waiting.push({ update, done, failed }));
    this.#turn ??= this.#work();
    return settled.finally(() => (this.#held -= 1));
  }

  /** Resolves when everything appended so far is committed or has failed. */
  async settled(): Promise<void> {
    await this.#turn;
  }

  async #work(): Promise<void> {
    while (this.#waiting.length > 0) {
      await new Promise((resolve) => setImmediate(resolve));
      await this.#settle(this.#waiting.splice(0, this.#limits.batch));
    }
    this.#turn = undefined;
  }

  async #settle(batch: readonly Waiting[]): Promise<void> {
    let left = batch;
    const { pauses } = this.#limits;
    for (let attempt = 0; left.length > 0; attempt += 1) {
      if (attempt > 0) await new Promise((resolve) => setTimeout(resolve, pauses[attempt - 1]));
      left = await this.#tryOnce(left, attempt === pauses.length);
    }
  }

  /** @returns those that should be tried again: none when this was the last time */
  async #tryOnce(batch: readonly Waiting[], last: boolean): Promise<Waiting[]> {
    const error = await this.#committed(batch);
    if (error === undefined) return [];
    if (batch.length === 1 || !bearsSingles(error)) return giveUp(batch, error, last);
    const left: Waiting[] = [];
    for (const one of batch) {
      const own = await this.#committed([one]);
      if (own !== undefined) left.push(...giveUp([one], own, last));
    }
    return left;
  }

  /** @returns the error, or undefined when the batch is on disk; whoever waits for it is told */
  async #committed(batch: readonly Waiting[]): Promise<Error | undefined> {
    try {
      await this.#commit(batch.map((one) => one.update));
    } catch (error) {
      return error instanceof Error ? error : new Error(String(error));
    }
    for (const one of batch) one.done();
    return undefined;
  }
}

/** A database that is away fails every single update as slowly as the batch: do not ask it five hundred times. */
function bearsSingles(error: Error): boolean {
  return !/timeout|ECONN|terminated/i.test(`${error.message} ${error.cause instanceof Error ? error.cause.message : ""}`);
}

function giveUp(batch: readonly Waiting[], error: Error, last: boolean): Waiting[] {
  if (!last && !(error instanceof ClientIdTaken)) return [...batch];
  for (const one of batch) one.failed(error);
  return [];
}
