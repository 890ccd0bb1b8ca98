import { type SQL, sql } from "drizzle-orm";
import type { SQLiteColumn } from "drizzle-orm/sqlite-core";

/** Whether a text contains what somebody typed, letter for letter: `%` and `_` are not wild. */
export function contains(text: SQLiteColumn | SQL, typed: string): SQL {
  return sql`${text} like ${`%${typed.replace(/[\\%_]/g, (sign) => `\\${sign}`)}%`} escape '\\'`;
}
