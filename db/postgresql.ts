import { AsyncLocalStorage } from "node:async_hooks";
import { readMigrationFiles } from "drizzle-orm/migrator";
import { drizzle as drizzlePg } from "drizzle-orm/node-postgres";
import type { PgDatabase, PgQueryResultHKT } from "drizzle-orm/pg-core";
import pg from "pg";
import { appendOnlyPostgresql } from "./append-only.ts";
import { isSerializationFailure } from "./errors.ts";
import { noteRead, noteWritten, tablesWritten } from "./freshness.ts";
import { namePartsPostgresql } from "./name-part-triggers.ts";
import type { Db, OpenDb } from "./types.ts";

type PgDb = PgDatabase<PgQueryResultHKT>;

/** A transaction that others keep in the way of is tried again this often before the person is told. */
const ATTEMPTS = 12;
/** Any number: it names the lock under which one process at a time migrates. */
const MIGRATION_LOCK = 20_200_706;

/** Tables that the transaction around has written: others see them changed once it is committed. */
const written = new AsyncLocalStorage<Set<string>>();

/** drizzle tells it each statement before it runs. A write outside of any transaction is noted a moment early: see docs/decisions/0005. */
const logger = {
  logQuery(statement: string) {
    noteRead(statement);
    const tables = tablesWritten(statement);
    const wrote = written.getStore();
    if (!wrote) noteWritten(tables);
    for (const table of tables) wrote?.add(table);
  },
};

interface Session {
  query(statement: string, values?: unknown[]): Promise<{ rows: Record<string, unknown>[] }>;
}

/** PostgreSQL by its wire protocol, or pglite (the same engine inside the process, for tests). */
export async function openPostgresql(address: string, migrations: string): Promise<OpenDb> {
  return address.startsWith("pglite:") ? openPglite(migrations) : openPool(address, migrations);
}

async function openPool(address: string, migrations: string): Promise<OpenDb> {
  const pool = new pg.Pool({ connectionString: address, max: 12, connectionTimeoutMillis: 10_000 });
  // An idle connection that the server ends must not end the process; the next query opens another.
  pool.on("error", () => undefined);
  // Nor one that is at work: whoever waits for its answer is told.
  pool.on("connect", (client) => void client.on("error", () => undefined));
  const session = await pool.connect();
  try {
    await migrate(session, migrations);
  } finally {
    session.release();
  }
  return {
    db: handleFor(drizzlePg(pool, { logger }) as unknown as PgDb, false),
    engine: "postgresql",
    probe: async (statement) => Object.values((await pool.query(statement)).rows[0] ?? {})[0],
    elsewhere: () => undefined,
    close: () => pool.end(),
  };
}

async function openPglite(migrations: string): Promise<OpenDb> {
  const { PGlite } = await import("@electric-sql/pglite");
  const { drizzle } = await import("drizzle-orm/pglite");
  const lite = await PGlite.create();
  await migrate({ query: async (statement, values) => (values ? lite.query<Record<string, unknown>>(statement, values) : { rows: ((await lite.exec(statement)).at(-1)?.rows ?? []) as Record<string, unknown>[] }) }, migrations);
  return {
    db: handleFor(drizzle(lite, { logger }) as unknown as PgDb, false),
    engine: "pglite",
    probe: async (statement) => Object.values((await lite.query<object>(statement)).rows[0] ?? {})[0],
    elsewhere: () => undefined,
    close: () => lite.close(),
  };
}

/** Serializable and retried, so that code which is right behind SQLite's one writer is right here too. */
function handleFor(built: PgDb, inside: boolean): Db {
  const begin = built.transaction.bind(built);
  const transaction: Db["transaction"] = async (work) => {
    if (inside) return begin((tx) => work(handleFor(tx as unknown as PgDb, true)));
    for (let attempt = 1; ; attempt += 1) {
      try {
        const wrote = new Set<string>();
        const result = await written.run(wrote, () => begin((tx) => work(handleFor(tx as unknown as PgDb, true)), { isolationLevel: "serializable" }));
        noteWritten(wrote);
        return result;
      } catch (error) {
        if (!isSerializationFailure(error) || attempt === ATTEMPTS) throw error;
        await new Promise((resolve) => setTimeout(resolve, Math.random() * 15 * attempt));
      }
    }
  };
  // The two engines' builders differ in type only; the tests run on both.
  return Object.assign(built, { transaction }) as unknown as Db;
}

async function migrate(session: Session, migrationsFolder: string): Promise<void> {
  await session.query(`SELECT pg_advisory_lock(${MIGRATION_LOCK})`);
  try {
    await session.query("CREATE TABLE IF NOT EXISTS migrations_done (hash text PRIMARY KEY, at bigint NOT NULL)");
    const done = new Set((await session.query("SELECT hash FROM migrations_done")).rows.map((row) => row.hash));
    for (const migration of readMigrationFiles({ migrationsFolder })) {
      if (done.has(migration.hash)) continue;
      await session.query("BEGIN");
      try {
        for (const statement of migration.sql) await session.query(statement);
        await session.query("INSERT INTO migrations_done VALUES ($1, $2)", [migration.hash, Date.now()]);
        await session.query("COMMIT");
      } catch (error) {
        // Where the line broke the server rolls back by itself; what is thrown is why.
        await session.query("ROLLBACK").catch(() => undefined);
        throw error;
      }
    }
    await session.query(appendOnlyPostgresql);
    await session.query(namePartsPostgresql);
  } finally {
    await session.query(`SELECT pg_advisory_unlock(${MIGRATION_LOCK})`).catch(() => undefined);
  }
}
