import { join } from "node:path";
import { engine } from "./dialect.ts";
import { openPostgresql } from "./postgresql.ts";
import { openSqlite } from "./sqlite.ts";
import type { OpenDb } from "./types.ts";

/**
 * Opens the database, brings it to the newest schema and lays the triggers: append-only tables, parts of names.
 *
 * @param address `postgres://…`, `pglite://…`, or the path of an SQLite file; must be of the engine that `DATABASE_URL` chose.
 * @param migrations the folder of this engine's migrations, oldest first
 * @throws when the address cannot be reached, a migration fails (the data is as before), or a foreign key is broken afterwards
 */
export function openDb(address: string, migrations = join(import.meta.dirname, "migrations", engine)): Promise<OpenDb> {
  return engine === "sqlite" ? openSqlite(address, migrations) : openPostgresql(address, migrations);
}
