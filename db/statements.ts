import { channel } from "node:diagnostics_channel";

/** A statement that SQLite has run, and how long that took. */
export interface StatementRun {
  sql: string;
  params: readonly unknown[];
  ms: number;
}

/** Told of every statement of this process on SQLite, where somebody listens: costs nothing where nobody does. */
export const statementRuns = channel("tongyan:statement");
