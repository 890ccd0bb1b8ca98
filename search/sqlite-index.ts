import { setImmediate as turn } from "node:timers/promises";
import type Database from "better-sqlite3";
import type { Columns } from "./columns.ts";
import type { DocumentKind, DocumentSection, SearchDocument } from "./engine.ts";
import type { RowList } from "./row-lists.ts";
import { columnsSchema, type Entry, SqliteColumns } from "./sqlite-columns.ts";
import { connect, OldFormat } from "./sqlite-file.ts";
import { areFew, rowsSchema, SqliteRows } from "./sqlite-rows.ts";
import { fold } from "./text.ts";
import { type Condition, tokensOf } from "./tokens.ts";

/** Goes up whenever the tables, the tokens or the folding change: an index of another format is thrown away. */
const format = "5";
/** So many documents of an index that is being made are written together: their tokens reach the file in one part. */
const TOGETHER = 500;

const schema = `
  create table meta (key text primary key, value text not null) without rowid;
  create table document (row integer primary key autoincrement, id text not null unique, title text not null, entry text not null);
  create table content (row integer primary key, sections text not null, body text not null);
  create table folded (row integer primary key, title text not null, text text not null);
  create table section_key (number integer primary key, key text not null unique);
  create table removal (number integer primary key autoincrement, row integer not null, id text not null);
  ${rowsSchema}
  ${columnsSchema}
`;

export interface StoredDocument {
  id: string;
  kind: DocumentKind;
  title: string;
  sections: DocumentSection[];
  body: string;
}

/**
 * One index file. Everything here is synchronous. A replaced document gets a new row number, so that rows only ever come and go, and
 * other connections follow by reading the rows and removals that they do not know yet.
 *
 * The tokens of a removed document stay in the token table, under a row number that means nothing any more, until the next rebuild: marking them
 * as deleted there makes every later read of the table slower (measured: twice). `stale` says how many there are.
 */
export class SqliteIndex {
  readonly columns: Columns;
  private readonly statements;
  private readonly lists: SqliteRows;
  private readonly following: SqliteColumns;
  private readonly sectionCodes = new Map<string, string>();
  private added = 0;
  private readonly db: Database.Database;
  readonly path: string;

  private constructor(db: Database.Database, path: string) {
    this.db = db;
    this.path = path;
    this.statements = prepare(this.db);
    this.lists = new SqliteRows(this.db);
    this.following = new SqliteColumns(this.db);
    this.columns = this.following.columns;
  }

  /** @throws when the file is no index of this format, or damaged: see `whyUnusable` */
  static open(path: string): SqliteIndex {
    const db = connect(path, true);
    try {
      const found: unknown = db.prepare("select value from meta where key = 'format'").pluck().get();
      if (found !== format) throw new OldFormat();
      db.prepare("select rowid from token where token match ? limit 1").pluck().get('"g"');
      return new SqliteIndex(db, path);
    } catch (error) {
      db.close();
      throw error;
    }
  }

  /** An empty index at a path where nothing is. */
  static create(path: string, rebuild: "missing" | "corrupt" | "old_format" | null): SqliteIndex {
    const db = connect(path, false);
    db.transaction(() => {
      db.exec(schema);
      const insert = db.prepare("insert into meta (key, value) values (?, ?)");
      insert.run("format", format);
      if (rebuild) insert.run("rebuild", rebuild);
    })();
    return new SqliteIndex(db, path);
  }

  get stale(): number {
    return this.columns.last - this.columns.count;
  }

  get rebuild(): "missing" | "corrupt" | "old_format" | null {
    const reason: unknown = this.statements.rebuild.get();
    return reason === "missing" || reason === "corrupt" || reason === "old_format" ? reason : null;
  }

  /**
   * In one transaction. The removal of an unknown id is noted too, for a rebuild that may have read it before it went. `stillCurrent` is asked once the file is locked for writing; when it says no, nothing is written and the answer is false.
   */
  write(documents: readonly SearchDocument[], removed: readonly string[], stillCurrent: () => boolean = () => true): boolean {
    const prepared = documents.map((document) => ({ document, tokens: this.tokensOf(document) }));
    const written = this.db
      .transaction(() => {
        if (!stillCurrent()) return false;
        this.following.saveIfFar();
        for (const id of removed) if (!this.drop(id)) this.statements.insertRemoval.run(0, id);
        for (const { document, tokens } of prepared) this.insert(document, tokens);
        return true;
      })
      .immediate();
    this.following.follow(true);
    return written;
  }

  /** Writes into an index that is being made and that nobody else has open. It is there after `commit`. */
  add(documents: readonly SearchDocument[]): void {
    if (!this.db.inTransaction) this.db.exec("begin");
    for (const document of documents) this.insert(document, this.tokensOf(document));
    this.added += documents.length;
    if (this.added >= TOGETHER) this.commit();
  }

  /** The end of what was added. */
  commit(): void {
    if (this.db.inTransaction) this.db.exec("commit");
    this.added = 0;
    this.following.follow(true);
  }

  clear(): void {
    this.db
      .transaction(() => {
        this.db.exec(`
          insert into removal (row, id) select row, id from document;
          delete from document; delete from content; delete from folded; delete from common; delete from saved_column; delete from saved_up_to;
          insert into token (token) values ('delete-all');
        `);
      })
      .immediate();
    this.following.follow(true);
  }

  /** Reads what other connections have written since. Cheap when there is nothing. */
  follow(): void {
    this.following.follow();
  }

  /** Row numbers of the documents that satisfy a condition; rows of removed documents among them, for the columns to leave out. */
  rows(condition: Condition): RowList {
    return this.lists.rows(condition, this.columns.last);
  }

  /** The same for all of several conditions. */
  rowsOfAll(conditions: readonly Condition[]): RowList {
    return this.lists.rowsOfAll(conditions, this.columns.last);
  }

  /** Of some rows those that satisfy a condition; undefined when it takes less to ask for all that do. */
  among(rows: readonly number[], condition: Condition): readonly number[] | undefined {
    return areFew(rows, this.columns.last) ? this.lists.among(rows, condition, this.columns.last) : undefined;
  }

  /** Two letters; undefined when no document has such a section. */
  sectionCode(key: string): string | undefined {
    const known = this.sectionCodes.get(key);
    if (known) return known;
    const number: unknown = this.statements.sectionNumber.get(key);
    if (typeof number !== "number") return undefined;
    const code = lettersOf(number);
    this.sectionCodes.set(key, code);
    return code;
  }

  idAt(row: number): string | undefined {
    return this.statements.idAt.get(row) as string | undefined;
  }

  foldedAt(row: number): { title: string; text: string } {
    const found = this.statements.foldedAt.get(row) as { title: string; text: string } | undefined;
    return found ?? { title: "", text: "" };
  }

  titleAt(row: number): Pick<StoredDocument, "id" | "kind" | "title"> | undefined {
    const found = this.statements.titleAt.get(row) as { id: string; title: string; entry: string } | undefined;
    return found && { id: found.id, title: found.title, kind: (JSON.parse(found.entry) as Entry).kind };
  }

  documentAt(row: number): StoredDocument | undefined {
    const full = this.fullAt(row);
    return full && { ...full, sections: [...full.sections] };
  }

  /** Where the index stands, for `changesSince`. */
  mark(): { row: number; removal: number } {
    this.follow();
    return this.following.mark();
  }

  /** What was written after a mark: ids that are gone, and documents that came. */
  changesSince(mark: { row: number; removal: number }): { removed: string[]; put: SearchDocument[] } {
    const removed = (this.statements.removalsAfter.all(mark.removal) as { id: string }[]).map(({ id }) => id);
    const put = (this.statements.rowsAfter.all(mark.row) as { row: number }[]).flatMap(({ row }) => this.fullAt(row) ?? []);
    return { removed, put };
  }

  /** Runs with the file locked for other writers. */
  exclusively<T>(work: () => T): T {
    return this.db.transaction(work).immediate();
  }

  /** Once all documents of a new index were added: merges the parts of the token index into one, lays the lists of common tokens beside it and saves the columns. */
  async settle(): Promise<void> {
    await this.lists.merge(turn);
    await this.lists.layCommon(this.columns.last, turn);
    this.db.transaction(() => this.following.save())();
    this.db.pragma("wal_checkpoint(truncate)");
  }

  close(): void {
    if (this.db.open) this.db.close();
  }

  private tokensOf(document: SearchDocument): string {
    return tokensOf(document, (key) => this.sectionCodeFor(key));
  }

  private insert(document: SearchDocument, tokens: string): void {
    this.drop(document.id);
    const { kind, accessIds, facets, publishedAt, quality, tags } = document;
    const entry: Entry = { kind, accessIds, facets, publishedAt, quality, tags };
    const { lastInsertRowid } = this.statements.insertDocument.run(document.id, document.title, JSON.stringify(entry));
    const folded = [...document.sections.flatMap(({ label = "", text }) => (text.trim() ? [label, text] : [])), document.body, ...(tags ?? [])].map(fold).join(" ");
    this.statements.insertContent.run(lastInsertRowid, JSON.stringify(document.sections), document.body);
    this.statements.insertFolded.run(lastInsertRowid, fold(document.title), folded);
    this.statements.insertTokens.run(lastInsertRowid, tokens);
  }

  private drop(id: string): boolean {
    const row: unknown = this.statements.rowOf.get(id);
    if (row === undefined) return false;
    this.statements.insertRemoval.run(row, id);
    this.statements.deleteDocument.run(row);
    this.statements.deleteContent.run(row);
    this.statements.deleteFolded.run(row);
    return true;
  }

  private fullAt(row: number): SearchDocument | undefined {
    const found = this.statements.fullAt.get(row) as { id: string; title: string; entry: string; sections: string; body: string } | undefined;
    if (!found) return undefined;
    return { ...(JSON.parse(found.entry) as Entry), id: found.id, title: found.title, body: found.body, sections: JSON.parse(found.sections) as DocumentSection[] };
  }

  private sectionCodeFor(key: string): string {
    const known = this.sectionCode(key);
    if (known) return known;
    this.statements.insertSectionKey.run(key);
    return this.sectionCode(key) ?? lettersOf(0);
  }
}

function lettersOf(number: number): string {
  return String.fromCharCode(97 + (Math.floor(number / 26) % 26), 97 + (number % 26));
}

function prepare(db: Database.Database) {
  return {
    rebuild: db.prepare("select value from meta where key = 'rebuild'").pluck(),
    rowsAfter: db.prepare("select row from document where row > ? order by row"),
    removalsAfter: db.prepare("select id from removal where number > ? order by number"),
    sectionNumber: db.prepare("select number from section_key where key = ?").pluck(),
    insertSectionKey: db.prepare("insert or ignore into section_key (number, key) values ((select coalesce(max(number) + 1, 0) from section_key), ?)"),
    idAt: db.prepare("select id from document where row = ?").pluck(),
    foldedAt: db.prepare("select title, text from folded where row = ?"),
    titleAt: db.prepare("select id, title, entry from document where row = ?"),
    fullAt: db.prepare("select id, title, entry, sections, body from document join content using (row) where row = ?"),
    rowOf: db.prepare("select row from document where id = ?").pluck(),
    insertDocument: db.prepare("insert into document (id, title, entry) values (?, ?, ?)"),
    insertContent: db.prepare("insert into content (row, sections, body) values (?, ?, ?)"),
    insertFolded: db.prepare("insert into folded (row, title, text) values (?, ?, ?)"),
    insertTokens: db.prepare("insert into token (rowid, tokens) values (?, ?)"),
    insertRemoval: db.prepare("insert into removal (row, id) values (?, ?)"),
    deleteDocument: db.prepare("delete from document where row = ?"),
    deleteContent: db.prepare("delete from content where row = ?"),
    deleteFolded: db.prepare("delete from folded where row = ?"),
  };
}
