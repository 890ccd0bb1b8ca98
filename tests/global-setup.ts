import type { TestProject } from "vitest/node";
import { type PostgresqlServer, startPostgresql } from "./postgresql-server.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** Address of a real PostgreSQL server on which tests make databases of their own; empty where none can be had. */
    postgresql: string;
  }
}

let started: PostgresqlServer | undefined;

/** Starts one real PostgreSQL for the run, unless `TEST_POSTGRESQL_URL` names one. */
export default async function setup(project: TestProject): Promise<() => void> {
  if (!process.env.TEST_POSTGRESQL_URL && !started) {
    started = await startPostgresql();
    project.provide("postgresql", started?.address ?? "");
    return () => started?.remove();
  }
  project.provide("postgresql", process.env.TEST_POSTGRESQL_URL ?? started?.address ?? "");
  return () => undefined;
}
