/** One measured claim: a command that prints its figure beside a peer or a bare baseline, taken in the same run. */
export interface Bench {
  /** What it shows, in a line. */
  about: string;
  /** Its options with what they are when nobody says: a number stays a number, anything else is taken as it was typed. */
  options: Readonly<Record<string, number | string>>;
  /** @throws NotThere when a part that it needs cannot be had on this machine */
  run(given: Given): Promise<Figures>;
}

export interface Given {
  /** The value of a numeric option of the bench; asking for one that it does not name throws. */
  option(name: string): number;
  /** The same for an option that is a word or a path; empty when nobody said. */
  word(name: string): string;
  /** Numbers from 0 to 1 that follow from the seed. */
  random(): number;
  /** A line for whoever waits. */
  say(line: string): void;
}

/** Figures by key, in groups where that reads better: `classes.twoChar.p95Ms`. Of a list each row has a `name`. */
export interface Row {
  readonly [key: string]: number | string | boolean | null | Row | readonly Row[];
}

export interface Figures {
  ours: Row;
  /** Who was measured beside it, as its makers ship it or as a bare baseline; null where there is nobody. */
  peer: (Row & { name: string; version: string }) | null;
  /** Ours divided by the peer's, by key. */
  ratio: Row;
  samples: number;
  /** Invariants that did not hold, in words; none: it ran as promised. */
  broken: readonly string[];
}

/** A part that the bench needs is not on this machine. */
export class NotThere extends Error {}
