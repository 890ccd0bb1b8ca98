import type { Costly } from "#app/http/costly.ts";

/** At most so many at once, and so many a minute in the long run. */
interface Allowance {
  atOnce: number;
  perMinute: number;
}

/**
 * What stands behind one address may be a whole school, or a county's training with everybody in one hall; what a person does, one pair of
 * hands. An act without an allowance for a kind is not bounded for it.
 */
const ALLOWANCES: Record<"address" | "person", Partial<Record<Costly, Allowance>>> = {
  address: {
    signIn: { atOnce: 1_000, perMinute: 200 },
    register: { atOnce: 500, perMinute: 60 },
    passwordLetter: { atOnce: 300, perMinute: 30 },
    search: { atOnce: 1_200, perMinute: 1_200 },
  },
  person: {
    search: { atOnce: 120, perMinute: 120 },
    upload: { atOnce: 120, perMinute: 30 },
  },
};

const REMEMBERED = 50_000;

/** Who has how much left of what, in this process. It fills up again as time passes. */
export class Allowances {
  readonly #left = new Map<string, { amount: number; at: number }>();

  /** @param now milliseconds that never go back */
  take(kind: "address" | "person", who: string, act: Costly, now = performance.now()): boolean {
    const allowance = ALLOWANCES[kind][act];
    if (!allowance) return true;
    const key = `${act} ${kind} ${who}`;
    const before = this.#left.get(key);
    const amount = before ? Math.min(allowance.atOnce, before.amount + ((now - before.at) / 60_000) * allowance.perMinute) : allowance.atOnce;
    this.#left.delete(key);
    this.#left.set(key, { amount: amount < 1 ? amount : amount - 1, at: now });
    if (this.#left.size > REMEMBERED) this.#left.delete(this.#left.keys().next().value ?? "");
    return amount >= 1;
  }
}
