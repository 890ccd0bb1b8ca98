import type Database from "better-sqlite3";
import { Columns } from "./columns.ts";
import type { SearchDocument } from "./engine.ts";

export const columnsSchema = `
  create table saved_column (name text primary key, cells blob not null, sets text not null);
  create table saved_up_to (one integer primary key check (one = 1), row integer not null, removal integer not null);
`;

/** What came since the columns were saved is read one by one when the file is opened: no more than so many. */
const MOST_UNSAVED = 2_000;

/** What of a document is in the columns, but for its title. */
export type Entry = Pick<SearchDocument, "kind" | "accessIds" | "facets" | "publishedAt" | "quality" | "tags">;

/**
 * The columns of an index file. Other connections write to it: rows and removals that are not known yet are read when the file has changed.
 * Saved columns lie in it as they lie in memory, with how far they go, because reading all entries of a large index holds up everything else.
 */
export class SqliteColumns {
  readonly columns = new Columns();
  readonly #db: Database.Database;
  readonly #statements;
  #removal = 0;
  #unsaved = 0;
  #dataVersion = -1;
  #behind = true;

  constructor(db: Database.Database) {
    this.#db = db;
    this.#statements = prepare(db);
    // At one moment of the file: another connection may save other columns in between.
    db.transaction(() => this.#restore())();
    this.follow();
  }

  /** Where the columns stand. */
  mark(): { row: number; removal: number } {
    return { row: this.columns.last, removal: this.#removal };
  }

  /** Reads what other connections have written since, and this one when `written` says that it did. Cheap when there is nothing. */
  follow(written = false): void {
    const version: unknown = this.#db.pragma("data_version", { simple: true });
    const own = this.#dataVersion === version;
    this.#dataVersion = Number(version);
    this.#behind ||= written;
    if (own && !this.#behind) return;
    this.#behind = false;
    for (const row of this.#statements.rowsAfter.iterate(this.columns.last)) {
      const { row: number, title, entry } = row as { row: number; title: string; entry: string };
      this.columns.add(number, { ...(JSON.parse(entry) as Entry), title });
      this.#unsaved += 1;
    }
    for (const row of this.#statements.removalsAfter.iterate(this.#removal)) {
      const removal = row as { number: number; row: number };
      this.columns.remove(removal.row);
      this.#removal = removal.number;
      this.#unsaved += 1;
    }
  }

  /** Within a transaction that writes: saves the columns as they are known when much has come since they were saved. */
  saveIfFar(): void {
    if (this.#unsaved > MOST_UNSAVED) this.save();
  }

  /** Within a transaction that writes. */
  save(): void {
    const { row, removal } = this.mark();
    for (const { name, cells, sets } of this.columns.saved()) this.#statements.saveColumn.run(name, cells, JSON.stringify(sets));
    this.#statements.saveUpTo.run(row, removal);
    this.#unsaved = 0;
  }

  #restore(): void {
    const upTo = this.#statements.upTo.get() as { row: number; removal: number } | undefined; // as the statement names them
    if (!upTo) return;
    this.columns.restore(savedIn(this.#statements.saved.iterate()), upTo.row);
    this.#removal = upTo.removal;
  }
}

function* savedIn(rows: Iterable<unknown>) {
  for (const one of rows) {
    const { name, cells, sets } = one as { name: string; cells: Uint8Array; sets: string }; // as the statement names them
    yield { name, cells, sets: JSON.parse(sets) as (string | number)[][] }; // as `save` wrote them
  }
}

function prepare(db: Database.Database) {
  return {
    rowsAfter: db.prepare("select row, title, entry from document where row > ? order by row"),
    removalsAfter: db.prepare("select number, row from removal where number > ? order by number"),
    upTo: db.prepare("select row, removal from saved_up_to"),
    saved: db.prepare("select name, cells, sets from saved_column"),
    saveColumn: db.prepare("insert or replace into saved_column (name, cells, sets) values (?, ?, ?)"),
    saveUpTo: db.prepare("insert or replace into saved_up_to (one, row, removal) values (1, ?, ?)"),
  };
}
