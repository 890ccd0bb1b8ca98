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
  const open = await openDb(engine === "postgresql" && !onPglite ? await postgresqlDatabase(await migratedOnce()) : await aDatabaseAddress());
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
  return onPglite ? "pglite://memory" : postgresqlDatabase();
}

const onPglite = process.env.DATABASE_URL?.startsWith("pglite");

/** A path for an SQLite file that nobody uses, removed after the test. */
export function sqliteFile(): string {
  const folder = mkdtempSync(join(existsSync("/dev/shm") ? "/dev/shm" : tmpdir(), "tongyan-test-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return join(folder, "test.sqlite");
}

async function postgresqlDatabase(template = "template1"): Promise<string> {
  const name = `t_${newId().toLowerCase()}`;
  await onServer((client) => client.query(`CREATE DATABASE ${name} TEMPLATE ${template}`));
  onTestFinished(async () => {
    await onServer((client) => client.query(`DROP DATABASE ${name} WITH (FORCE)`));
  });
  return addressOf(name);
}

/** The schema is laid once a run, by whichever test file comes first: laying it takes several times as long as copying it. */
const migratedOnce = (): Promise<string> => (migrated ??= layTemplate(inject("postgresqlTemplate")));
let migrated: Promise<string> | undefined;
/** Any number: the lock under which one test file at a time looks whether it is there. */
const TEMPLATE_LOCK = 20_261_126;

function layTemplate(name: string): Promise<string> {
  return onServer(async (client) => {
    await client.query("SELECT pg_advisory_lock($1)", [TEMPLATE_LOCK]);
    const there = await client.query("SELECT 1 FROM pg_database WHERE datname = $1", [name]);
    if (there.rowCount === 0) {
      await client.query(`CREATE DATABASE ${name}`);
      await (await openDb(addressOf(name))).close();
    }
    return name;
  });
}

function addressOf(name: string): string {
  return serverAddress().replace(/[^/]+$/, name);
}

function serverAddress(): string {
  const server = inject("postgresql");
  if (!server) throw new Error("No PostgreSQL could be started: install Debian's package `postgresql`, or set TEST_POSTGRESQL_URL.");
  return server;
}

/** Locks go with the connection. */
async function onServer<Result>(work: (client: pg.Client) => Promise<Result>): Promise<Result> {
  const client = new pg.Client({ connectionString: serverAddress() });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

