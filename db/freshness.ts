import { AsyncLocalStorage } from "node:async_hooks";

/** How often this process has written each table, in whichever database, and whatever else it follows so. */
const writes = new Map<string, number>();
const readings = new AsyncLocalStorage<Noted>();
const listeners = new Map<string, Set<() => void>>();

/** How often each table had been written when it was first read. */
class Noted extends Map<string, number> {
  readonly #around: Noted | undefined;

  constructor(around: Noted | undefined) {
    super();
    this.#around = around;
  }

  note(table: string, writes: number): void {
    if (!this.has(table)) this.set(table, writes);
    this.#around?.note(table, writes);
  }
}

export interface Reading<Result> {
  result: Promise<Result>;
  /** How often each table that was read so far had been written when it was first read. */
  readonly read: ReadonlyMap<string, number>;
  /** Whether every table that was read so far is as it was when it was first read, as far as this process has written it. */
  stands(): boolean;
}

/** Does the work, and remembers which tables it reads, for whoever keeps what came of it. What is read within counts for whatever reads around it. */
export function reading<Result>(work: () => Promise<Result>): Reading<Result> {
  const read = new Noted(readings.getStore());
  return {
    result: readings.run(read, work),
    read,
    stands: () => {
      for (const [table, before] of read) if (writesOf(table) !== before) return false;
      return true;
    },
  };
}

/** Told by an engine before it runs a statement. */
export function noteRead(statement: string): void {
  const read = readings.getStore();
  if (!read) return;
  for (const table of tablesAfter(statement, READ)) read.note(table, writesOf(table));
}

/** The same of what no statement names: anything else that is noted as written when it changes, like the search index. */
export function noteReadOf(source: string): void {
  readings.getStore()?.note(source, writesOf(source));
}

/** What was read for it, and still stands, counts as read again by whoever uses what came of it. */
export function recall(earlier: Reading<unknown>): void {
  const read = readings.getStore();
  if (read) for (const [table, writes] of earlier.read) read.note(table, writes);
}

/** Told by an engine as soon as others can see the change: after the commit, never before. */
export function noteWritten(tables: Iterable<string>): void {
  for (const table of tables) {
    writes.set(table, writesOf(table) + 1);
    for (const listener of listeners.get(table) ?? []) listener();
  }
}

/** Calls back whenever this process has written a table and others can see it. @returns what ends that */
export function onWritten(table: string, listener: () => void): () => void {
  const all = listeners.get(table) ?? new Set();
  listeners.set(table, all.add(listener));
  return () => void all.delete(listener);
}

/** The tables that a statement writes. The schema has no cascades, and what triggers write (`name_parts`) is never read without `identities` and `consents`, from which it follows: there are no others. */
export function tablesWritten(statement: string): string[] {
  return tablesAfter(statement, WRITTEN);
}

const READ = /\b(?:from|join)\s+"(\w+)"/gi;
const WRITTEN = /\b(?:insert\s+into|update|delete\s+from)\s+"(\w+)"/gi;

function tablesAfter(statement: string, words: RegExp): string[] {
  return Array.from(statement.matchAll(words), (found) => found[1] ?? "");
}

function writesOf(table: string): number {
  return writes.get(table) ?? 0;
}
