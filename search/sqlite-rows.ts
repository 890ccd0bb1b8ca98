import type Database from "better-sqlite3";
import { KeptRows } from "./kept-rows.ts";
import { has, holds, inBoth, inEither, joined, packed, type RowList, unpacked } from "./row-lists.ts";
import { type Condition, written } from "./tokens.ts";

/** Bytes of tokens that are gathered before a part of the table is written: with SQLite's usual one million a new index takes twice as long. */
const GATHERED = 4 << 20;

export const rowsSchema = `
  create virtual table token using fts5(tokens, content='', columnsize=0, detail=none, tokenize='ascii');
  insert into token (token, rank) values ('hashsize', ${GATHERED});
  create table common (token text not null unique, up_to integer not null, rows blob not null);
`;

/** A token is common when one of so many documents has it: then a bit for each document is no more than a number for each that has it. */
const COMMON = 32;
/** Of one row in so many it is sooner asked whether they are in a list than the list is unpacked. */
const FEW = 50;
/** So many pages are written in one step of merging. */
const STEP = 200;
/** Milliseconds, before other work has its turn. */
const AT_MOST = 10;
/** Sounds are asked for while they are typed: their first letter and first two have a list as tokens do. */
const BEGINNINGS = { kinds: "piq", lengths: [2, 3] };
const NONE: RowList = new Uint32Array(0);

/**
 * Which documents have which tokens. SQLite's full-text table knows; but to read a long list from it takes a hundred times longer than from a blob,
 * so that the lists of common tokens are laid beside it when an index was made. What came after that is read from the table.
 */
export class SqliteRows {
  readonly #db: Database.Database;
  readonly #match: Database.Statement;
  readonly #common: Database.Statement;
  readonly #commonTokens: ReadonlySet<unknown>;
  readonly #kept = new KeptRows((match, after) => this.#read(match, after));

  constructor(db: Database.Database) {
    this.#db = db;
    // As one text instead of a row each, which takes a quarter less time.
    this.#match = db.prepare("select group_concat(rowid, ' ') from token where token match ? and rowid > ?").pluck();
    this.#common = db.prepare("select up_to, rows from common where token = ?");
    this.#commonTokens = new Set(db.prepare("select token from common").pluck().all());
  }

  /** @param last the highest row that the asker knows of; the answer may hold rows beyond it, and rows of documents that were removed */
  rows(condition: Condition, last: number): RowList {
    let rows = NONE;
    for (const way of condition) rows = inEither(rows, this.#ofWay(way, last));
    return rows;
  }

  /** Those that satisfy all the conditions. The rare ones first: they may leave nothing to look at. */
  rowsOfAll(conditions: readonly Condition[], last: number): RowList {
    const common = conditions.filter((condition) => this.#isCommon(condition));
    const rare = conditions.filter((condition) => !common.includes(condition));
    let rows = rare.length === 0 ? undefined : rare.length === 1 ? this.rows(rare[0]!, last) : this.#kept.rows(written(rare), last);
    for (const condition of common) rows = rows ? (areFew(rows, last) ? this.among(rows, condition, last) : inBoth(rows, this.rows(condition, last))) : this.rows(condition, last);
    return rows ?? NONE;
  }

  /** Of some rows those that satisfy a condition, in their order. Where `areFew` it takes less than all rows that do. */
  among<Rows extends RowList | readonly number[]>(rows: Rows, condition: Condition, last: number): Rows {
    if (rows.length === 0) return rows;
    const tests = condition.map((way) => this.#testOfWay(way, last));
    // Both kinds of list give their own kind.
    return rows.filter((row) => tests.some((test) => test(row))) as Rows;
  }

  /** Makes all parts of the table one, for an index that nobody else has open. */
  async merge(turn: () => Promise<void>): Promise<void> {
    const merge = this.#db.prepare("insert into token (token, rank) values ('merge', ?)");
    const changes = this.#db.prepare("select total_changes()").pluck();
    // A negative number begins with all there are. A step that had nothing to do changes no more than its own row.
    for (let [pages, before] = [-STEP, Number(changes.get())]; ; pages = STEP) {
      merge.run(pages);
      const after = Number(changes.get());
      if (after - before < 2) return;
      before = after;
      await turn();
    }
  }

  /** Lays the lists of common tokens beside the table, for an index that nobody else has open. */
  async layCommon(last: number, turn: () => Promise<void>): Promise<void> {
    const insert = this.#db.prepare("insert into common (token, up_to, rows) values (?, ?, ?)");
    const rest = resting(turn);
    for (const token of await this.#tokensOver(last / COMMON, rest)) {
      insert.run(token, last, packed(this.#read(written([[[token]]]), 0)));
      await rest();
    }
  }

  #ofWay(way: readonly string[], last: number): RowList {
    const match = written([[way]]);
    return this.#kept.rows(match, last, () => {
      if (!this.#areCommon(way)) return this.#read(match, 0);
      if (way.length > 1) return way.map((token) => this.#ofWay([token], last)).reduce(inBoth);
      return this.#ofCommon(way[0]!, match, last) ?? this.#read(match, 0);
    });
  }

  #testOfWay(way: readonly string[], last: number): (row: number) => boolean {
    if (this.#areCommon(way)) {
      const tests = way.map((token) => this.#testOfCommon(token, last));
      return (row) => tests.every((test) => test(row));
    }
    const rows = this.#ofWay(way, last);
    return (row) => has(rows, row);
  }

  #testOfCommon(token: string, last: number): (row: number) => boolean {
    const found = this.#common.get(token) as { up_to: number; rows: Uint8Array } | undefined; // as the statement names them
    let rows: RowList | undefined;
    return (row) => (found && row <= found.up_to ? holds(found.rows, row) : has((rows ??= this.#ofWay([token], last)), row));
  }

  #ofCommon(token: string, match: string, last: number): RowList | undefined {
    const found = this.#common.get(token) as { up_to: number; rows: Uint8Array } | undefined; // as the statement names them
    return found && joined(unpacked(found.rows), found.up_to < last ? this.#read(match, found.up_to) : NONE);
  }

  #isCommon(condition: Condition): boolean {
    return condition.some((way) => this.#areCommon(way));
  }

  #areCommon(way: readonly string[]): boolean {
    return way.every((token) => this.#commonTokens.has(token));
  }

  #read(match: string, after: number): RowList {
    const list: unknown = this.#match.get(match, after);
    return typeof list === "string" ? numbersIn(list) : NONE;
  }

  async #tokensOver(documents: number, rest: () => Promise<void>): Promise<string[]> {
    this.#db.exec("create virtual table if not exists temp.vocabulary using fts5vocab('main', 'token', 'row')");
    const common: string[] = [];
    const beginnings = new Map<string, number>();
    // One by one, though most are rare: to count all of them takes seconds.
    for (const row of this.#db.prepare("select term, doc from vocabulary").iterate()) {
      const { term, doc } = row as { term: string; doc: number }; // as the statement names them
      if (doc >= documents) common.push(term);
      for (const length of BEGINNINGS.kinds.includes(term[0]!) ? BEGINNINGS.lengths : []) {
        if (term.length >= length) beginnings.set(term.slice(0, length), (beginnings.get(term.slice(0, length)) ?? 0) + doc);
      }
      await rest();
    }
    return [...common, ...[...beginnings].flatMap(([beginning, all]) => (all >= documents ? `${beginning}*` : []))];
  }
}

/** Whether to ask for each of some rows takes less than to read lists of all. */
export function areFew(rows: { readonly length: number }, last: number): boolean {
  return rows.length * FEW < last;
}

/** Lets other work have its turn, when this was at work for long enough. */
function resting(turn: () => Promise<void>): () => Promise<void> {
  let since = performance.now();
  return async () => {
    if (performance.now() - since < AT_MOST) return;
    await turn();
    since = performance.now();
  };
}

function numbersIn(list: string): RowList {
  const numbers = new Uint32Array((list.length >> 1) + 1);
  let count = 0;
  let number = 0;
  for (let at = 0; at < list.length; at++) {
    const code = list.charCodeAt(at);
    if (code === 32) {
      numbers[count++] = number;
      number = 0;
    } else {
      number = number * 10 + code - 48;
    }
  }
  numbers[count++] = number;
  return numbers.subarray(0, count);
}
