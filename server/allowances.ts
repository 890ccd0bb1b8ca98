import type { Costly } from "#app/http/costly.ts";
import { nobodyElse, type Wire } from "./wire/wire.ts";

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
    // A page on a bad line asks for a ticket and twice at the gate each time that it comes back.
    live: { atOnce: 120, perMinute: 60 },
  },
};

/** Rare enough that the other processes are told of each. */
const TOLD: ReadonlySet<Costly> = new Set(["signIn", "register", "passwordLetter", "uploadBytes"]);

const MINUTES_A_DAY = 24 * 60;

const REMEMBERED = 50_000;

/**
 * Who has how much left of what. It fills up again as time passes. Rare acts count in all processes, the others in each by itself, and while
 * the line is away all do.
 */
export class Allowances {
  readonly #left = new Map<string, { amount: number; at: number }>();
  readonly #wire: Pick<Wire, "say" | "on">;
  readonly #digest: (who: string) => string;
  readonly #allowances: typeof ALLOWANCES;

  /**
   * @param digest what stands for an address or a person in the other processes, which make the same of it
   * @param uploadBytesADay what one person may upload; not bounded where it is not given
   */
  constructor(wire: Pick<Wire, "say" | "on"> = nobodyElse, digest = (who: string) => who, uploadBytesADay?: number) {
    this.#wire = wire;
    this.#digest = digest;
    const uploadBytes = uploadBytesADay && { atOnce: uploadBytesADay, perMinute: uploadBytesADay / MINUTES_A_DAY };
    this.#allowances = { ...ALLOWANCES, person: { ...ALLOWANCES.person, ...(uploadBytes && { uploadBytes }) } };
    wire.on("allowance.taken", ({ kind, who, act, amount }) => void this.#take(kind, who, act, amount, performance.now()));
  }

  /**
   * @param amount how many at once: all of them are taken, or none
   * @param now milliseconds that never go back
   */
  take(kind: "address" | "person", who: string, act: Costly, amount = 1, now = performance.now()): boolean {
    if (!this.#allowances[kind][act]) return true;
    if (!TOLD.has(act)) return this.#take(kind, who, act, amount, now);
    const digest = this.#digest(who);
    const taken = this.#take(kind, digest, act, amount, now);
    if (taken) this.#wire.say("allowance.taken", { kind, who: digest, act, amount });
    return taken;
  }

  #take(kind: "address" | "person", who: string, act: Costly, amount: number, now: number): boolean {
    const allowance = this.#allowances[kind][act];
    if (!allowance) return true;
    const key = `${act} ${kind} ${kind === "address" ? networkOf(who) : who}`;
    const before = this.#left.get(key);
    const left = before ? Math.min(allowance.atOnce, before.amount + ((now - before.at) / 60_000) * allowance.perMinute) : allowance.atOnce;
    this.#left.delete(key);
    this.#left.set(key, { amount: left < amount ? left : left - amount, at: now });
    if (this.#left.size > REMEMBERED) this.#left.delete(this.#left.keys().next().value ?? "");
    return left >= amount;
  }
}

/** Of IPv6 the network: whoever has a line has 2^64 addresses on it. */
function networkOf(address: string): string {
  const [left = "", right] = address.split("%", 1)[0]?.split("::") ?? [];
  if (!address.includes(":") || address.includes(".")) return address;
  const [groups, ends] = [left.split(":").filter(Boolean), (right ?? "").split(":").filter(Boolean)];
  const gap = right === undefined ? 0 : Math.max(0, 8 - groups.length - ends.length);
  return [...groups, ...Array.from({ length: gap }, () => "0"), ...ends].slice(0, 4).map((group) => group.replace(/^0+(?=.)/, "").toLowerCase()).join(":");
}
