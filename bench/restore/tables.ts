import { createHash } from "node:crypto";
import Database from "better-sqlite3";

/** What identifies a row, and a fingerprint of all that it says. */
type Rows = ReadonlyMap<string, string>;

/** A table at a time: a province has more rows than a process holds three times. */
export interface Tables {
  names: readonly string[];
  /** None where there is no such table. */
  rowsOf(name: string): Rows;
}

/** Its rows become fewer while people write, and are none of those that were there: the documents that they make are compared instead. */
const COMPACTED = "doc_updates";

/** @param except columns that a restore changes on purpose, as `table.column` */
export function openTables(file: string, except: readonly string[]): Tables & { close(): void } {
  const db = new Database(file, { readonly: true });
  const names = db.prepare("select name from sqlite_schema where type = 'table' and name not like 'sqlite_%' order by name").pluck().all() as string[]; // as the statement names them
  return { names, rowsOf: (name) => (names.includes(name) ? rowsOf(db, name, except) : new Map()), close: () => void db.close() };
}

/**
 * Whether a copy that was taken while others wrote is of one moment between the two: a table that nobody touched is the same, of the others
 * no row is missing that was there before, and none is there that was not there afterwards.
 *
 * @returns what is not as it should be, in words
 */
export function differences(before: Tables, copy: Tables, after: Tables): string[] {
  const found: string[] = [];
  for (const name of before.names) {
    const [then, there, later] = [before.rowsOf(name), copy.rowsOf(name), after.rowsOf(name)];
    if (same(then, later)) {
      if (!same(then, there)) found.push(`${name} was not touched and differs`);
      continue;
    }
    if (name === COMPACTED) continue;
    // What was deleted meanwhile may be in the copy or not.
    const lost = [...then.keys()].filter((key) => later.has(key) && !there.has(key));
    const made = [...there.keys()].filter((key) => !then.has(key) && !later.has(key));
    const changed = [...there].filter(([key, says]) => then.get(key) === later.get(key) && then.has(key) && then.get(key) !== says);
    if (lost.length + made.length + changed.length > 0) found.push(`${name}: ${lost.length} rows are missing, ${made.length} came from nowhere, ${changed.length} differ`);
  }
  return found;
}

function rowsOf(db: Database.Database, table: string, except: readonly string[]): Map<string, string> {
  const columns = db.pragma(`table_info("${table}")`) as { name: string; pk: number }[];
  const keys = columns.filter((column) => column.pk > 0).map((column) => column.name);
  const told = columns.map((column) => column.name).filter((name) => !except.includes(`${table}.${name}`));
  const rows = new Map<string, string>();
  for (const row of db.prepare(`select * from "${table}"`).iterate() as IterableIterator<Record<string, unknown>>) {
    const says = createHash("sha256").update(JSON.stringify(told.map((name) => row[name]))).digest("base64");
    rows.set(keys.length > 0 ? JSON.stringify(keys.map((key) => row[key])) : says, says);
  }
  return rows;
}

function same(one: ReadonlyMap<string, string>, other: ReadonlyMap<string, string>): boolean {
  return one.size === other.size && [...one].every(([key, says]) => other.get(key) === says);
}
