import { nobodyElse, type Wire } from "./wire/wire.ts";

/** Wrong passwords for one account that are answered at once; after them each costs a growing pause. */
const FREE = 5;
const LONGEST_MS = 15 * 60_000;

interface Failures {
  count: number;
  until: number;
}

/**
 * Slows down guessing at one account. It counts accounts, or the logins by which they are guessed at, and not addresses: a whole school stands
 * behind one. What one process counts, the others count as well; while the line is away each counts by itself.
 */
export class Patience {
  readonly #failures = new Map<string, Failures>();
  readonly #wire: Pick<Wire, "say" | "on">;

  constructor(wire: Pick<Wire, "say" | "on"> = nobodyElse) {
    this.#wire = wire;
    wire.on("password.wrong", ({ account }) => this.#count(account));
    wire.on("password.right", ({ account }) => this.#failures.delete(account));
  }

  /** Whether this account may try now. */
  allows(account: string, now = Date.now()): boolean {
    return (this.#failures.get(account)?.until ?? 0) <= now;
  }

  failed(account: string, now = Date.now()): void {
    this.#count(account, now);
    this.#wire.say("password.wrong", { account });
  }

  forget(account: string): void {
    this.#failures.delete(account);
    this.#wire.say("password.right", { account });
  }

  #count(account: string, now = Date.now()): void {
    const count = (this.#failures.get(account)?.count ?? 0) + 1;
    const pause = count <= FREE ? 0 : Math.min(2 ** (count - FREE) * 1000, LONGEST_MS);
    // The one that was longest left alone is forgotten first: a flood of names does not end the pause of the one that it is about.
    this.#failures.delete(account);
    this.#failures.set(account, { count, until: now + pause });
    if (this.#failures.size > 50_000) this.#failures.delete(this.#failures.keys().next().value ?? "");
  }
}
