import { type Reading, reading, recall } from "./freshness.ts";
import type { Db } from "./types.ts";

type Elsewhere = () => number | undefined;

interface Kept {
  reading: Reading<unknown>;
  elsewhere: number;
  answer: unknown;
  size: number;
}

interface Database {
  elsewhere: Elsewhere;
  /** By question and what it was asked, those that were wanted last at the end. */
  kept: Map<string, Kept>;
  size: number;
}

/** What one database keeps, in letters as `freeze` counts them: some 16 MiB. */
const ROOM = 8_000_000;
/** What an answer takes besides itself: that it was read, of which tables, when. */
const BESIDE = 300;
const databases = new WeakMap<Db, Database>();
let questions = 0;

/**
 * From now on answers of this handle are kept, where they are asked for by a function of `keptAnswer`. Never for the handle of a transaction,
 * which sees what others do not.
 *
 * @param elsewhere see `OpenDb.elsewhere`; where it does not know, nothing is kept
 */
export function keepAnswersOf(db: Db, elsewhere: Elsewhere): void {
  databases.set(db, { elsewhere, kept: new Map(), size: 0 });
}

/**
 * A question that pages ask all the time, whose answer is kept until a table is written that it was read from, by this process or another.
 * It has to follow from the rows and from what is asked alone: no clock, no chance, nobody who asks but those among `asked`. Whoever gets
 * the answer must not change it: others get the same one.
 *
 * @param ask gives the answer out of the database; what it is asked has to be plain data and instants
 */
export function keptAnswer<Asked extends readonly unknown[], Answer>(ask: (db: Db, ...asked: Asked) => Promise<Answer>): (db: Db, ...asked: Asked) => Promise<Answer> {
  const question = ++questions;
  return async (db, ...asked) => {
    const database = databases.get(db);
    const elsewhere = database?.elsewhere();
    if (!database || elsewhere === undefined) return ask(db, ...asked);
    const key = `${question} ${JSON.stringify(asked)}`;
    const known = database.kept.get(key);
    if (known) {
      drop(database, key, known);
      if (known.elsewhere === elsewhere && known.reading.stands()) {
        keep(database, key, known);
        recall(known.reading);
        return known.answer as Answer; // kept under this question's own number
      }
    }
    const done = reading(() => ask(db, ...asked));
    const answer = await done.result;
    const size = BESIDE + key.length + freeze(answer);
    if (size < ROOM / 20) keep(database, key, { reading: done, elsewhere, answer, size });
    return answer;
  };
}

function keep(database: Database, key: string, kept: Kept): void {
  const other = database.kept.get(key);
  if (other) drop(database, key, other);
  database.kept.set(key, kept);
  database.size += kept.size;
  for (const [oldest, one] of database.kept) {
    if (database.size <= ROOM) return;
    drop(database, oldest, one);
  }
}

function drop(database: Database, key: string, kept: Kept): void {
  database.kept.delete(key);
  database.size -= kept.size;
}

/** Whoever would change what others get as well is to find out at once. @returns its size: a letter is one, anything else about what it takes in letters */
function freeze(value: unknown): number {
  if (typeof value === "string") return value.length + 16;
  if (typeof value !== "object" || value === null) return 8;
  if (value instanceof Date || ArrayBuffer.isView(value)) return 64;
  let size = 32;
  for (const part of value instanceof Map ? value.values() : Object.values(value)) size += 8 + freeze(part);
  if (!(value instanceof Map)) Object.freeze(value);
  return size;
}
