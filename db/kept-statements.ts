import { type Column, sql } from "drizzle-orm";
import type { Db } from "./types.ts";

interface Statement<Rows> {
  execute(values: Record<string, unknown>): Promise<Rows>;
}

/**
 * A statement that pages ask all the time: drizzle writes it once for each database and not for each question, which takes it longer than
 * SQLite takes to answer. What differs from question to question stands in it by its name, see `given`. A transaction writes it anew.
 *
 * @throws Error when a question lacks a value that the statement names
 */
export function keptStatement<Rows>(write: (db: Db) => PromiseLike<Rows>): (db: Db, values: Record<string, unknown>) => Promise<Rows> {
  const written = new WeakMap<Db, Statement<Rows>>();
  return (db, values) => {
    const statement = written.get(db) ?? (write(db) as unknown as { prepare(): Statement<Rows> }).prepare(); // what `write` gives is a builder, on both engines
    written.set(db, statement);
    return statement.execute(values);
  };
}

/** In the place of a value that is compared with a column. */
export function given(name: string, column: Column) {
  return sql.param(sql.placeholder(name), column);
}
