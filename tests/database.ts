import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { inject, onTestFinished } from "vitest";
import { engine } from "#db/dialect.ts";
import { newId } from "#db/ids.ts";
import { openDb } from "#db/open.ts";
import type { Db, OpenDb } from "#db/types.ts";

/** An empty database of the project's engine, of its own for this test, gone afterwards. */
export async function aDatabase(): Promise<Db> {
  return (await anOpenDatabase()).db;
}

/** The same with its `probe` and `close`. */
export async function anOpenDatabase(): Promise<OpenDb> {
  const open = await openDb(await aDatabaseAddress());
  let closed = false;
  const close = async () => {
    if (closed) return;
    closed = true;
    await open.close();
  };
  onTestFinished(close);
  return { ...open, close };
}

/** Where an empty database of the project's engine can be opened, for tests in which several processes do. Gone after the test. */
export async function aDatabaseAddress(): Promise<string> {
  if (engine === "sqlite") return sqliteFile();
  return process.env.DATABASE_URL?.startsWith("pglite") ? "pglite://memory" : postgresqlDatabase();
}

/** A path for an SQLite file that nobody uses, removed after the test. */
export function sqliteFile(): string {
  const folder = mkdtempSync(join(existsSync("/dev/shm") ? "/dev/shm" : tmpdir(), "tongyan-test-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return join(folder, "test.sqlite");
}

async function postgresqlDatabase(): Promise<string> {
  const server = inject("postgresql");
  if (!server) throw new Error("No PostgreSQL could be started: install Debian's package `postgresql`, or set TEST_POSTGRESQL_URL.");
  const name = `t_${newId().toLowerCase()}`;
  await onServer(server, `CREATE DATABASE ${name}`);
  onTestFinished(() => onServer(server, `DROP DATABASE ${name} WITH (FORCE)`));
  return server.replace(/[^/]+$/, name);
}

async function onServer(address: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: address });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

