import { type SQL, sql } from "drizzle-orm";
import type { SQLiteColumn } from "drizzle-orm/sqlite-core";

/** Whether a column contains what somebody typed, letter for letter: `%` and `_` are not wild. */
export function contains(column: SQLiteColumn, typed: string): SQL {
  return sql`${column} like ${`%${typed.replace(/[\\%_]/g, (sign) => `\\${sign}`)}%`} escape '\\'`;
}
