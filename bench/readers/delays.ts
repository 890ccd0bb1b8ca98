const STEP_MS = 0.25;
const LONGEST_MS = 30_000;

/** How late many things came, kept in steps of a quarter of a millisecond, so that millions take no more room than one. */
export class Delays {
  readonly counts: number[];

  constructor(counts: readonly number[] = []) {
    this.counts = [...counts];
  }

  add(ms: number): void {
    const step = Math.min(Math.max(0, Math.floor(ms / STEP_MS)), LONGEST_MS / STEP_MS);
    this.counts[step] = (this.counts[step] ?? 0) + 1;
  }

  addAll(others: readonly (number | null)[]): void {
    others.forEach((count, step) => (this.counts[step] = (this.counts[step] ?? 0) + (count ?? 0)));
  }

  /** In milliseconds; NaN of nothing. */
  quantile(share: number): number {
    let left = this.counts.reduce((sum, count) => sum + (count ?? 0), 0) * share;
    if (left === 0) return Number.NaN;
    for (const [step, count] of this.counts.entries()) {
      left -= count ?? 0;
      if (left <= 0) return (step + 0.5) * STEP_MS;
    }
    return LONGEST_MS;
  }
}
