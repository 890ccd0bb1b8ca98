import { AsyncLocalStorage } from "node:async_hooks";
import { mkdirSync } from "node:fs";
import { dirname } from "node:path";
import Database from "better-sqlite3";
import { readMigrationFiles } from "drizzle-orm/migrator";
import { drizzle } from "drizzle-orm/sqlite-proxy";
import { appendOnlySqlite } from "./append-only.ts";
import { noteRead, noteWritten, tablesWritten } from "./freshness.ts";
import { keepAnswersOf } from "./kept-answers.ts";
import { layNamePartsSqlite, liftNamePartsSqlite } from "./name-part-triggers.ts";
import { type StatementRun, statementRuns } from "./statements.ts";
import type { Db, OpenDb } from "./types.ts";

type Connection = Database.Database;
type Method = "run" | "all" | "values" | "get";

interface Transaction {
  open: boolean;
  depth: number;
  /** Tables that others see changed once it is committed. */
  wrote: Set<string>;
}

/** How long a connection waits for another that writes, in milliseconds. */
const PATIENCE_MS = 10_000;
/** Statements kept per connection; beyond that the oldest is prepared again when it comes back. */
const STATEMENTS = 600;

/**
 * SQLite behind drizzle's proxy driver: one writer connection behind a queue (`BEGIN IMMEDIATE`), one reader in WAL.
 * The proxy makes it honestly asynchronous; drizzle's own driver refuses transactions that await.
 */
export async function openSqlite(file: string, migrations: string): Promise<OpenDb> {
  mkdirSync(dirname(file), { recursive: true });
  const writer = new Database(file, { timeout: PATIENCE_MS });
  writer.pragma("journal_mode = WAL");
  // better-sqlite3 is compiled so that WAL means NORMAL, which may forget the last commits when the power goes.
  writer.pragma("synchronous = FULL");
  migrate(writer, migrations);
  writer.exec(appendOnlySqlite);
  layNamePartsSqlite(writer);
  writer.pragma("foreign_keys = ON");
  choosePlansByWhatIsThere(writer);
  const reader = new Database(file, { readonly: true, timeout: PATIENCE_MS });
  const db = new SqliteDb(writer, reader);
  // On the only connection of this process that writes, it moves when another process has.
  const dataVersion = writer.prepare("PRAGMA data_version").pluck();
  const elsewhere = () => dataVersion.get() as number;
  keepAnswersOf(db.handle, elsewhere);
  return {
    db: db.handle,
    engine: "sqlite",
    probe: async (statement) => Object.values((writer.prepare(statement).get() as object | undefined) ?? {})[0],
    elsewhere,
    close: () => db.close(),
  };
}

class SqliteDb {
  readonly handle: Db;
  readonly #writer: Statements;
  readonly #reader: Statements;
  readonly #current = new AsyncLocalStorage<Transaction>();
  #queue: Promise<unknown> = Promise.resolve();

  constructor(writer: Connection, reader: Connection) {
    this.#writer = new Statements(writer);
    this.#reader = new Statements(reader);
    this.handle = this.#handleFor((sql, params, method) => this.#outside(sql, params, method), (work) => this.#begin(work));
  }

  async close(): Promise<void> {
    await this.#queue.catch(() => undefined);
    this.#reader.connection.close();
    this.#writer.connection.close();
  }

  async #outside(sql: string, params: unknown[], method: Method): Promise<{ rows: unknown[] }> {
    if (this.#reader.isRead(sql)) {
      noteRead(sql);
      return this.#reader.run(sql, params, method);
    }
    if (this.#current.getStore()?.open) throw new Error("A write beside an open transaction would wait for itself: use the transaction's own handle.");
    return this.#inTurn(async () => {
      const done = this.#writer.run(sql, params, method);
      noteWritten(tablesWritten(sql));
      return done;
    });
  }

  #begin<Result>(work: (tx: Db) => Promise<Result>): Promise<Result> {
    if (this.#current.getStore()?.open) throw new Error("A transaction beside an open one would wait for itself: use the transaction's own handle.");
    return this.#inTurn(async () => {
      const state: Transaction = { open: true, depth: 0, wrote: new Set() };
      this.#writer.connection.exec("BEGIN IMMEDIATE");
      try {
        const result = await this.#current.run(state, () => work(this.#inside(state)));
        this.#writer.connection.exec("COMMIT");
        noteWritten(state.wrote);
        return result;
      } catch (error) {
        // A full disk may have ended the transaction already.
        if (this.#writer.connection.inTransaction) this.#writer.connection.exec("ROLLBACK");
        throw error;
      } finally {
        state.open = false;
      }
    });
  }

  #inside(state: Transaction): Db {
    const still = () => {
      if (!state.open) throw new Error("This handle's transaction has ended.");
    };
    const run = async (sql: string, params: unknown[], method: Method) => {
      still();
      noteRead(sql);
      for (const table of tablesWritten(sql)) state.wrote.add(table);
      return this.#writer.run(sql, params, method);
    };
    const savepoint = async <Result>(work: (tx: Db) => Promise<Result>): Promise<Result> => {
      still();
      const name = `s${++state.depth}`;
      this.#writer.connection.exec(`SAVEPOINT ${name}`);
      try {
        const result = await work(this.#inside(state));
        this.#writer.connection.exec(`RELEASE ${name}`);
        return result;
      } catch (error) {
        this.#writer.connection.exec(`ROLLBACK TO ${name}; RELEASE ${name}`);
        throw error;
      }
    };
    return this.#handleFor(run, savepoint);
  }

  #handleFor(run: (sql: string, params: unknown[], method: Method) => Promise<{ rows: unknown[] }>, transaction: Db["transaction"]): Db {
    const built = drizzle(async (sql, params, method) => (await run(sql, params, method)) as { rows: unknown[] });
    // The builders are drizzle's own; only `transaction` is replaced by one that knows about the queue.
    return Object.assign(built, { transaction }) as unknown as Db;
  }

  #inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
    const turn = this.#queue.then(work, work);
    this.#queue = turn.catch(() => undefined);
    return turn;
  }
}

/** Prepared statements of one connection, the most recently used ones kept. */
class Statements {
  readonly connection: Connection;
  readonly #kept = new Map<string, Database.Statement>();

  constructor(connection: Connection) {
    this.connection = connection;
  }

  isRead(sql: string): boolean {
    return /^\s*(select|with)\b/i.test(sql) && this.#prepare(sql).readonly;
  }

  run(sql: string, params: unknown[], method: Method): { rows: unknown[] } {
    if (!statementRuns.hasSubscribers) return this.#run(sql, params, method);
    const from = performance.now();
    const done = this.#run(sql, params, method);
    statementRuns.publish({ sql, params, ms: performance.now() - from } satisfies StatementRun);
    return done;
  }

  #run(sql: string, params: unknown[], method: Method): { rows: unknown[] } {
    const statement = this.#prepare(sql);
    if (!statement.reader) {
      statement.run(...params);
      return { rows: [] };
    }
    statement.raw(true);
    // drizzle expects the bare row for `get`, and undefined where there is none.
    if (method === "get") return { rows: statement.get(...params) as unknown[] };
    return { rows: statement.all(...params) };
  }

  #prepare(sql: string): Database.Statement {
    const known = this.#kept.get(sql);
    if (known) {
      this.#kept.delete(sql);
      this.#kept.set(sql, known);
      return known;
    }
    const statement = this.connection.prepare(sql);
    this.#kept.set(sql, statement);
    if (this.#kept.size > STATEMENTS) this.#kept.delete(this.#kept.keys().next().value ?? "");
    return statement;
  }
}

/**
 * Without its statistics SQLite takes an index of a few words, like a state, for as good as one that finds three rows. Looked at are so many
 * rows of each index that it takes milliseconds, and only of tables that have grown or shrunk tenfold since.
 */
function choosePlansByWhatIsThere(connection: Connection): void {
  connection.pragma("analysis_limit = 1000");
  connection.pragma("busy_timeout = 0");
  try {
    connection.pragma("optimize = 0x10002");
  } catch (error) {
    // Another process writes just now: the next start will look.
    if (!(error instanceof Database.SqliteError) || !error.code.startsWith("SQLITE_BUSY")) throw error;
  } finally {
    connection.pragma(`busy_timeout = ${PATIENCE_MS}`);
  }
}

/**
 * Runs what the folder has and the file has not. Foreign keys are off meanwhile: a migration that rebuilds a table
 * drops the old one, and would delete the rows that refer to it. They are checked before anything is kept.
 */
function migrate(connection: Connection, migrationsFolder: string): void {
  connection.pragma("foreign_keys = OFF");
  connection.exec("CREATE TABLE IF NOT EXISTS migrations_done (hash text PRIMARY KEY, at integer NOT NULL)");
  const done = new Set(connection.prepare("SELECT hash FROM migrations_done").pluck().all());
  const wanted = readMigrationFiles({ migrationsFolder }).filter((one) => !done.has(one.hash));
  if (wanted.length === 0) return;
  connection.transaction(() => {
    liftNamePartsSqlite(connection);
    for (const migration of wanted) {
      for (const statement of migration.sql) connection.exec(statement);
      connection.prepare("INSERT INTO migrations_done VALUES (?, ?)").run(migration.hash, Date.now());
    }
    const broken = connection.pragma("foreign_key_check") as unknown[];
    if (broken.length > 0) throw new Error(`The migration would leave ${broken.length} rows that refer to nothing: ${JSON.stringify(broken.slice(0, 5))}`);
  })();
}
