/** Random numbers that come again with the same seed (mulberry32). */
export class Random {
  #state: number;
  #fresh = 0x4e00;

  constructor(seed: number) {
    this.#state = seed >>> 0;
  }

  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let t = this.#state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  }

  below(n: number): number {
    return Math.floor(this.next() * n);
  }

  chance(p: number): boolean {
    return this.next() < p;
  }

  pick<T>(from: readonly [T, ...T[]]): T {
    return from[this.below(from.length)] ?? from[0];
  }

  /** Characters that were not given before, so that every position can be checked. */
  fresh(count: number): string {
    let text = "";
    for (let i = 0; i < count; i++) {
      text += String.fromCharCode(this.#fresh++);
      if (this.#fresh > 0x9f00) this.#fresh = 0x3400;
    }
    return text;
  }
}
