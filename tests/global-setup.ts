import type { TestProject } from "vitest/node";
import { randomBytes } from "node:crypto";
import pg from "pg";
import { type PostgresqlServer, startPostgresql } from "./postgresql-server.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** Address of a real PostgreSQL server on which tests make databases of their own; empty where none can be had. */
    postgresql: string;
    /** Of this run: the database on it that `tests/database.ts` fills with the schema once, for others to be made after. */
    postgresqlTemplate: string;
  }
}

const template = `migrated_${randomBytes(6).toString("hex")}`;

let started: PostgresqlServer | undefined;

/** Starts one real PostgreSQL for the run, unless `TEST_POSTGRESQL_URL` names one. */
export default async function setup(project: TestProject): Promise<() => Promise<void> | void> {
  project.provide("postgresqlTemplate", template);
  const theirs = process.env.TEST_POSTGRESQL_URL;
  if (!theirs && !started) {
    started = await startPostgresql();
    project.provide("postgresql", started?.address ?? "");
    return () => started?.remove();
  }
  project.provide("postgresql", theirs ?? started?.address ?? "");
  return theirs ? () => dropTemplate(theirs) : () => undefined;
}

async function dropTemplate(server: string): Promise<void> {
  const client = new pg.Client({ connectionString: server });
  await client.connect();
  await client.query(`DROP DATABASE IF EXISTS ${template}`);
  await client.end();
}
