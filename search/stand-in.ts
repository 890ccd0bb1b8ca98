import type { Rebuild, SearchAnswer, SearchDocument, SearchEngine, SearchQuery, SearchState, StandInReason, SuggestQuery, Suggestion } from "./engine.ts";

/** Milliseconds that a person waits for the server before the embedded engine is asked; it takes some 10 where nothing is wrong. */
const answerPatience = 1_000;
/** Milliseconds for a change to be stored, so that the jobs behind it are not kept waiting. */
const writePatience = 30_000;
/** Milliseconds after a change was missed, by when the outbox has noted it. */
const settling = 5_000;
/** What every plan has in it: asked to see how long an answer takes. */
const probe: SearchQuery = { text: "教学 学生", accessIds: [0], limit: 5 };

export interface StandInOptions {
  /** Whether the server's index lacks changes that are made: asked at each look. */
  behind(): Promise<boolean>;
  answerPatience?: number;
  writePatience?: number;
  settling?: number;
}

export interface Trouble {
  reason: StandInReason;
  detail: string;
}

export interface StandIn extends SearchEngine {
  /**
   * Looks at the server, and decides who answers until the next look. The embedded engine does before the first. Never rejects.
   *
   * @returns what is wrong with the server, or null when it answers
   */
  look(): Promise<Trouble | null>;
}

/**
 * A server that answers, and the embedded engine that has the same documents and answers when the server is away, slow, empty, behind or of another version.
 * Every change goes to both. Closing closes both.
 */
export function withStandIn(server: SearchEngine, embedded: SearchEngine, options: StandInOptions): StandIn {
  return new StandInEngine(server, embedded, options);
}

class StandInEngine implements StandIn {
  private readonly server: SearchEngine;
  private readonly embedded: SearchEngine;
  private readonly options: Required<StandInOptions>;
  private trouble: Trouble | null = { reason: "away", detail: "it has not been looked at yet" };
  /** Counts what went wrong, so that a look that began before does not say that all is well. */
  private troubles = 0;
  private missedAt = Number.NEGATIVE_INFINITY;

  constructor(server: SearchEngine, embedded: SearchEngine, options: StandInOptions) {
    this.server = server;
    this.embedded = embedded;
    this.options = { answerPatience, writePatience, settling, ...options };
  }

  get name() {
    return this.trouble ? this.embedded.name : this.server.name;
  }

  async search(query: SearchQuery): Promise<SearchAnswer> {
    const answer = await this.asked(() => this.server.search(query));
    if (answer && !unusable(answer)) return answer;
    if (answer) this.note("away", `it answered: ${answer.degraded}`);
    const reason = this.trouble?.reason;
    return { ...(await this.embedded.search(query)), ...(reason && { standIn: reason }) };
  }

  async suggest(query: SuggestQuery): Promise<Suggestion[]> {
    const found = await this.asked(() => this.server.suggest(query));
    // A server that is away suggests nothing, as one does that knows of nothing.
    return found?.length ? found : this.embedded.suggest(query);
  }

  /** Rejects when only the embedded engine has it: the outbox brings it again. */
  async put(documents: readonly SearchDocument[]): Promise<void> {
    await this.embedded.put(documents);
    await this.stored(() => this.server.put(documents));
  }

  async remove(ids: readonly string[]): Promise<void> {
    await this.embedded.remove(ids);
    await this.stored(() => this.server.remove(ids));
  }

  async clear(): Promise<void> {
    await this.embedded.clear();
    await this.stored(() => this.server.clear());
  }

  async look(): Promise<Trouble | null> {
    const before = this.troubles;
    const found = await this.troubleNow().catch((error: unknown): Trouble => ({ reason: "away", detail: error instanceof Error ? error.message : String(error) }));
    if (found || before === this.troubles) this.trouble = found;
    return this.trouble;
  }

  async state(): Promise<SearchState> {
    const state = await this.embedded.state();
    if (!this.trouble) return { ...(await this.server.state()), rebuild: state.rebuild };
    return { ...state, detail: `${this.server.name} ${words[this.trouble.reason]} (${this.trouble.detail}); the embedded engine answers` };
  }

  async beginRebuild(): Promise<Rebuild> {
    const rebuilds = await Promise.all([this.embedded.beginRebuild(), this.server.beginRebuild()]);
    const each = async (work: (rebuild: Rebuild) => Promise<void>) => void (await Promise.all(rebuilds.map(work)));
    return { put: (documents) => each((one) => one.put(documents)), finish: () => each((one) => one.finish()), abandon: () => each((one) => one.abandon()) };
  }

  async close(): Promise<void> {
    await this.server.close();
    await this.embedded.close();
  }

  private async troubleNow(): Promise<Trouble | null> {
    const { answerPatience: patience, behind } = this.options;
    const state = await within(patience, this.server.state());
    if (!state) return { reason: "slow", detail: `no word of its state within ${patience} ms` };
    if (!state.ready) return { reason: state.otherVersion ? "other_version" : "away", detail: state.detail ?? "not ready" };
    if (state.rebuild) return { reason: "being_made", detail: `its index has to be made: ${state.rebuild}` };
    // Emptied by somebody who did not say so: a backup that was put back, a folder that was swept.
    if (state.documents === 0 && (await this.embedded.state()).documents > 0) return { reason: "being_made", detail: "its index is empty" };
    if (performance.now() - this.missedAt < this.options.settling || (await behind())) return { reason: "behind", detail: "changes wait to be stored in it" };
    const answer = await within(patience, this.server.search(probe));
    if (!answer) return { reason: "slow", detail: `no answer within ${patience} ms` };
    return unusable(answer) ? { reason: "away", detail: `it answered: ${answer.degraded}` } : null;
  }

  /** What the server answers in time, or undefined. Whatever goes wrong there, the person who asks is not told of it. */
  private async asked<T>(question: () => Promise<T>): Promise<T | undefined> {
    if (this.trouble) return undefined;
    const { answerPatience: patience } = this.options;
    try {
      const answer = await within(patience, question());
      if (answer === undefined) this.note("slow", `no answer within ${patience} ms`);
      return answer;
    } catch (error) {
      this.note("away", error instanceof Error ? error.message : String(error));
      return undefined;
    }
  }

  private async stored(change: () => Promise<void>): Promise<void> {
    const { trouble, options } = this;
    // Nothing is gained by trying: that would hold up what other jobs wait.
    if (trouble && ["away", "slow", "other_version"].includes(trouble.reason)) throw new Error(`only the embedded engine has this change: ${this.server.name} ${words[trouble.reason]} (${trouble.detail})`);
    try {
      const kept = await within(options.writePatience, change().then(() => true));
      if (!kept) throw new Error(`${this.server.name} did not store a change within ${options.writePatience} ms`);
    } catch (error) {
      this.missedAt = performance.now();
      this.note("behind", error instanceof Error ? error.message : String(error));
      throw error;
    }
  }

  private note(reason: StandInReason, detail: string): void {
    this.troubles += 1;
    this.trouble = { reason, detail };
  }
}

const words: Record<StandInReason, string> = {
  away: "is away",
  slow: "is too slow",
  other_version: "is of another version",
  being_made: "has no complete index",
  behind: "lacks changes",
};

function unusable({ degraded }: SearchAnswer): boolean {
  return degraded === "unavailable" || degraded === "rebuild_needed";
}

/** What it resolves to, or undefined when that takes longer; what becomes of it then is of no interest. */
async function within<T>(ms: number, work: Promise<T>): Promise<T | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), ms);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
    work.catch(() => undefined);
  }
}
