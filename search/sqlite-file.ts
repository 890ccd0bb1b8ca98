import Database from "better-sqlite3";

/** A file that is an index, but not of the tables that are known now. */
export class OldFormat extends Error {}

/** Why a file cannot be used as an index, or undefined when the error says nothing about the file. */
export function whyUnusable(error: unknown): "missing" | "corrupt" | "old_format" | undefined {
  if (error instanceof OldFormat) return "old_format";
  if (!(error instanceof Database.SqliteError)) return undefined;
  if (error.code === "SQLITE_CANTOPEN") return "missing";
  if (/no such (table|column|module)/.test(error.message)) return "old_format";
  return /^SQLITE_(CORRUPT|NOTADB)/.test(error.code) || /malformed|corrupt/.test(error.message) ? "corrupt" : undefined;
}

/** Opens an index file for one connection. @throws SqliteError when it must be there and is not */
export function connect(path: string, mustExist: boolean): Database.Database {
  const db = new Database(path, { fileMustExist: mustExist, timeout: 10_000 });
  db.pragma("journal_mode = wal");
  // A projection: what a power cut takes away is indexed again.
  db.pragma("synchronous = normal");
  // The system keeps the file's pages anyway: mapped they were all resident, and no question was answered sooner.
  db.pragma("cache_size = -8192");
  return db;
}
