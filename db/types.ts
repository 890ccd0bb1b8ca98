import type { BaseSQLiteDatabase } from "drizzle-orm/sqlite-core";
import type * as schema from "./schema/index.ts";

type Builders = Pick<BaseSQLiteDatabase<"async", { rows: unknown[][] }, typeof schema>, "select" | "selectDistinct" | "insert" | "update" | "delete" | "$count">;

/**
 * The database as every part of the product sees it: the same on SQLite and PostgreSQL, a transaction or not.
 * Builders offer SQLite's `.get() .all() .run()` as well: only ever `await` them.
 */
export interface Db extends Builders {
  /**
   * All or nothing. On SQLite one writer at a time; on PostgreSQL serializable and retried, so `work` may run more than once:
   * nothing in it may reach outside the database. Inside a transaction it opens a savepoint.
   *
   * @throws Error when code inside `work` writes through the outer handle, or when a handle is used after its transaction ended
   */
  transaction<Result>(work: (tx: Db) => Promise<Result>): Promise<Result>;
}

export interface OpenDb {
  db: Db;
  engine: "sqlite" | "postgresql" | "pglite";
  /** One value of one raw statement, for health checks and tests. */
  probe(statement: string): Promise<unknown>;
  /** A number that moves when another process has written; undefined where only asking the server would tell. */
  elsewhere(): number | undefined;
  close(): Promise<void>;
}
