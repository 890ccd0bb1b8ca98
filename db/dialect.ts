import * as pg from "drizzle-orm/pg-core";
import * as sqlite from "drizzle-orm/sqlite-core";

/**
 * Which engine keeps the data: decided once, by `DATABASE_URL`, when this module is loaded, because the schema is built with it.
 * No address means SQLite, in a file below `DATA_DIR`.
 */
export const engine: "sqlite" | "postgresql" = /^(postgres(ql)?|pglite):/.test(process.env.DATABASE_URL ?? "") ? "postgresql" : "sqlite";

const sqliteKit = {
  table: sqlite.sqliteTable,
  index: sqlite.index,
  uniqueIndex: sqlite.uniqueIndex,
  primaryKey: sqlite.primaryKey,
  /** The same table a second time in one query. */
  alias: sqlite.alias,
  /** Any length of text. */
  text: () => sqlite.text(),
  /** Text that is compared and ordered by its bytes in UTF-8, whatever language the database was made for. */
  bytewise: () => sqlite.text(),
  /** One word of a closed list. The list lives in TypeScript; what is stored is the word. */
  oneOf: <const Words extends readonly [string, ...string[]]>(words: Words) => sqlite.text({ enum: words }),
  /** A whole number up to 2^53. */
  integer: () => sqlite.integer(),
  flag: () => sqlite.integer({ mode: "boolean" }),
  /** A point in time, UTC, to the millisecond; a `Date` in TypeScript. */
  instant: () => sqlite.integer({ mode: "timestamp_ms" }),
  json: <Value>() => sqlite.text({ mode: "json" }).$type<Value>(),
  bytes: () => sqlite.blob({ mode: "buffer" }),
};

const bytea = pg.customType<{ data: Buffer }>({ dataType: () => "bytea", fromDriver: (value) => Buffer.from(value as Uint8Array) });

const bytewiseText = pg.customType<{ data: string }>({ dataType: () => 'text COLLATE "C"' });

const postgresqlKit = {
  table: pg.pgTable,
  index: pg.index,
  uniqueIndex: pg.uniqueIndex,
  primaryKey: pg.primaryKey,
  alias: pg.alias,
  text: () => pg.text(),
  bytewise: () => bytewiseText(),
  oneOf: (words: readonly [string, ...string[]]) => pg.text({ enum: words as [string, ...string[]] }),
  integer: () => pg.bigint({ mode: "number" }),
  flag: () => pg.boolean(),
  instant: () => pg.timestamp({ withTimezone: true, precision: 3, mode: "date" }),
  json: () => pg.jsonb(),
  bytes: () => bytea(),
};

/** The vocabulary in which the schema is written. TypeScript sees SQLite's types; PostgreSQL's columns give and take the same values. */
// The cast is the one place where the two engines meet: the tests run on both and hold it.
const kit = engine === "sqlite" ? sqliteKit : (postgresqlKit as unknown as typeof sqliteKit);

export const { index, uniqueIndex, primaryKey, alias, text, bytewise, oneOf, integer, flag, instant, json, bytes } = kit;

type Columns = Record<string, sqlite.SQLiteColumnBuilderBase>;

/** A table whose columns are named in snake_case after their keys. */
export const table: typeof sqlite.sqliteTable = ((name: string, columns: Columns, extra?: never) => {
  for (const [key, column] of Object.entries(columns)) (column as unknown as Named).setName(snake(key));
  return kit.table(name, columns, extra as never);
}) as never; // drizzle's overloads cannot be restated; the type is that of the function it wraps

/** drizzle's own way of naming a column after its key, which it would use with the key as it is. */
interface Named {
  setName(name: string): void;
}

function snake(key: string): string {
  return key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
