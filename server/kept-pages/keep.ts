import { type Reading, reading } from "#db/freshness.ts";
import type { Page, Rendered } from "./page.ts";

/** Older than this nothing is given out that another process may have changed: withdrawn is gone within 2 s, with time left to write and send. */
const UNKNOWN_MS = 1_500;
/** Where it is known that nothing was written that it shows; what changes by the clock alone follows after this. */
const KNOWN_MS = 120_000;
/** The same of what shows nothing that does: a bound for what nobody has thought of. */
const AT_ANY_TIME_MS = 3_600_000;
const BYTES = 64 * 1024 * 1024;
/** What one takes besides its address and its body: headers, hashes of its scripts, tables. */
const BESIDE = 2 * 1024;

interface Kept {
  rendering: Reading<Rendered>;
  /** Set when it is done. */
  rendered?: Rendered;
  since: number;
  /** Milliseconds for which it may stand where nothing is written. */
  life: number;
  elsewhere: number | undefined;
  /** What of the room it was counted for. */
  bytes: number;
}

/** Pages by what was asked, each rendered once however many ask at the same time, dropped when a table changes that it was read from. */
export class Keep {
  readonly #elsewhere: () => number | undefined;
  readonly #clock: () => number;
  /** What nobody has asked for the longest first. */
  readonly #kept = new Map<string, Kept>();
  #bytes = 0;

  /** @param clock milliseconds that never go back */
  constructor(elsewhere: () => number | undefined, clock: () => number = () => performance.now()) {
    this.#elsewhere = elsewhere;
    this.#clock = clock;
  }

  /**
   * The page, or null when whoever asks has to be answered by themselves.
   *
   * @param atAnyTime see `Asked.atAnyTime`
   */
  async page(key: string, render: () => Promise<Rendered>, atAnyTime = false): Promise<Page | null> {
    const known = this.#kept.get(key);
    if (known && this.#stands(known)) {
      this.#kept.delete(key);
      this.#kept.set(key, known);
      if (!known.rendered) return (await known.rendering.result).page;
      this.#count(key, known);
      return known.rendered.page;
    }
    if (known) this.#drop(key, known);
    const kept: Kept = { since: this.#clock(), life: atAnyTime ? AT_ANY_TIME_MS : KNOWN_MS, elsewhere: this.#elsewhere(), rendering: reading(render), bytes: 0 };
    this.#kept.set(key, kept);
    try {
      kept.rendered = await kept.rendering.result;
    } catch (error) {
      this.#drop(key, kept);
      throw error;
    }
    if (this.#kept.get(key) === kept) this.#count(key, kept);
    this.#makeRoom();
    return kept.rendered.page;
  }

  #stands({ rendering, rendered, since, life, elsewhere }: Kept): boolean {
    if (!rendering.stands()) return false;
    const age = this.#clock() - since;
    if (age <= UNKNOWN_MS) return true;
    return age <= life && rendered?.fromRowsAlone === true && elsewhere !== undefined && elsewhere === this.#elsewhere();
  }

  #drop(key: string, kept: Kept): void {
    if (this.#kept.get(key) !== kept) return;
    this.#kept.delete(key);
    this.#bytes -= kept.bytes;
  }

  /** It becomes larger when somebody asks for a packing that was not made yet. */
  #count(key: string, kept: Kept): void {
    const bytes = BESIDE + key.length + (kept.rendered?.page?.bytes ?? 0);
    this.#bytes += bytes - kept.bytes;
    kept.bytes = bytes;
  }

  #makeRoom(): void {
    for (const [key, kept] of this.#kept) {
      if (this.#bytes <= BYTES && this.#clock() - kept.since <= kept.life) return;
      this.#drop(key, kept);
    }
  }
}
