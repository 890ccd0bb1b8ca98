import { type StatementRun, statementRuns } from "#db/statements.ts";

/** A statement as it was run, with what it was asked and how long that took. */
export interface Heard {
  sql: string;
  /** Different ones, up to a bound. */
  params: (readonly unknown[])[];
  ms: number[];
}

const PARAMS = 25;

/** Listens to every statement of this process until it is told to stop. */
export function listen(): { heard: ReadonlyMap<string, Heard>; stop(): void } {
  const heard = new Map<string, Heard>();
  const known = new Set<string>();
  const note = (message: unknown) => {
    const { sql, params, ms } = message as StatementRun; // all that this channel carries
    const one = heard.get(sql) ?? { sql, params: [], ms: [] };
    heard.set(sql, one);
    one.ms.push(ms);
    if (one.params.length >= PARAMS) return;
    const key = `${sql} ${JSON.stringify(params)}`;
    if (known.has(key)) return;
    known.add(key);
    one.params.push([...params]);
  };
  statementRuns.subscribe(note);
  return { heard, stop: () => void statementRuns.unsubscribe(note) };
}
