import { spawnSync } from "node:child_process";
import { closeSync, copyFileSync, existsSync, fsyncSync, mkdirSync, openSync, renameSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import Database from "better-sqlite3";
import pg from "pg";
import type { Settings } from "../env.ts";
import { CannotBackUp, type Manifest } from "./backup.ts";

const SQLITE_COPY = "database.sqlite";
const POSTGRESQL_COPY = "database.dump";

const isPostgresql = (database: string) => /^postgres(ql)?:/.test(database);

/** Copies a database as it is at one moment, while others write to it. @returns of which kind it is */
export async function keepDatabase({ database, environment }: Settings, folder: string): Promise<Manifest["database"]> {
  if (isPostgresql(database)) {
    run("pg_dump", ["--format=custom", "--no-owner", `--file=${join(folder, POSTGRESQL_COPY)}`, database], environment);
    return "postgresql";
  }
  if (!existsSync(database)) throw new CannotBackUp(`There is no database at ${database}.`);
  const copy = join(folder, SQLITE_COPY);
  const source = new Database(database, { readonly: true, timeout: 10_000 });
  try {
    // One read of one moment. SQLite's own backup begins again whenever somebody else writes: under load it has no end.
    source.prepare("VACUUM INTO ?").run(copy);
  } finally {
    source.close();
  }
  return "sqlite";
}

/** @throws CannotBackUp when a copy of this kind cannot be laid where a database is wanted: something is there, or it would be of the other kind */
export async function placeFor(kind: Manifest["database"], { database }: Settings): Promise<void> {
  if ((kind === "postgresql") !== isPostgresql(database)) throw new CannotBackUp(`The backup is of ${kind}; DATABASE_URL must name such a database.`);
  if (kind === "postgresql" && !(await isEmptyPostgresql(database))) throw new CannotBackUp("The database that DATABASE_URL names is not empty.");
  if (kind === "sqlite" && existsSync(database)) throw new CannotBackUp(`There is a database at ${database} already: move it away first.`);
}

/** Lays a copy: of PostgreSQL where it is wanted, of SQLite beside it. @returns its address @throws CannotBackUp when the copy is damaged */
export async function layDatabase(kind: Manifest["database"], folder: string, { database, environment }: Settings): Promise<string> {
  if (kind === "postgresql") {
    run("pg_restore", ["--no-owner", "--exit-on-error", "--single-transaction", `--dbname=${database}`, join(folder, POSTGRESQL_COPY)], environment);
    return database;
  }
  const beside = besideOf(database);
  mkdirSync(dirname(beside), { recursive: true });
  copyFileSync(join(folder, SQLITE_COPY), beside);
  const copy = new Database(beside);
  const damage = copy.pragma("integrity_check", { simple: true });
  copy.close();
  if (damage !== "ok") throw new CannotBackUp(`The copy of the database is damaged: ${String(damage)}`);
  return beside;
}

/** Puts what was laid beside into its place. */
export function settleDatabase({ database }: Settings): void {
  if (!isPostgresql(database)) renameSync(besideOf(database), database);
}

/** Takes away what was laid, or a part of it, where there was nothing before. */
export async function takeDatabaseAway({ database }: Settings): Promise<void> {
  if (isPostgresql(database)) return withPostgresql(database, async (client) => void (await client.query("DROP SCHEMA IF EXISTS public CASCADE; CREATE SCHEMA public")));
  for (const file of [besideOf(database), database]) for (const ending of ["", "-wal", "-shm", "-journal"]) rmSync(file + ending, { force: true });
}

function besideOf(database: string): string {
  return `${database}.restoring`;
}

/** What is said to be kept is on the disk. */
export function flush(path: string): void {
  const file = openSync(path, "r");
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

function isEmptyPostgresql(database: string): Promise<boolean> {
  return withPostgresql(database, async (client) => {
    const { rows } = await client.query("select 1 from information_schema.tables where table_schema not in ('pg_catalog', 'information_schema') limit 1");
    return rows.length === 0;
  });
}

async function withPostgresql<Result>(database: string, ask: (client: pg.Client) => Promise<Result>): Promise<Result> {
  const client = new pg.Client({ connectionString: database });
  await client.connect();
  try {
    return await ask(client);
  } finally {
    await client.end();
  }
}

function run(program: string, args: string[], environment: Settings["environment"]): void {
  // In English, so that what is said of a full disk is understood.
  const done = spawnSync(program, args, { encoding: "utf8", env: { ...environment, LC_ALL: "C" } });
  if (done.error) throw new CannotBackUp(`${program} is needed for PostgreSQL and is not on the PATH.`);
  if (/No space left on device|Disk quota exceeded/.test(done.stderr)) throw Object.assign(new CannotBackUp(`${program}: ${done.stderr.trim()}`), { code: "ENOSPC" });
  if (done.status !== 0) throw new CannotBackUp(`${program}: ${done.stderr.trim()}`);
}
