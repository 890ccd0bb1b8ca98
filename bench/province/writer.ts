import { createHash } from "node:crypto";
import { getTableColumns, type Table } from "drizzle-orm";
import { isId } from "#db/ids.ts";
import type { Db } from "#db/types.ts";
import { isOfProvince } from "./plan.ts";

const ROWS_A_TRANSACTION = 10_000;
/** SQLite allows 32,766; drizzle gives a value to every column that has a default. */
const VALUES_A_STATEMENT = 10_000;

/** Writes so many rows of a table, each made from its number. */
export type Write = <T extends Table>(table: T, count: number, row: (n: number) => T["$inferInsert"]) => Promise<void>;

/** @returns a way to write, and the fingerprint of everything written so far; times count from `base` in it */
export function writer(db: Db, base: Date): { write: Write; fingerprint(): string } {
  const hash = createHash("sha256");
  return {
    write: async (table, count, row) => {
      for (let from = 0; from < count; from += ROWS_A_TRANSACTION) {
        const rows = Array.from({ length: Math.min(ROWS_A_TRANSACTION, count - from) }, (_, index) => row(from + index));
        for (const one of rows) hash.update(readable(one, base));
        const step = Math.floor(VALUES_A_STATEMENT / Object.keys(getTableColumns(table)).length);
        await db.transaction(async (tx) => {
          for (let at = 0; at < rows.length; at += step) await tx.insert(table as never).values(rows.slice(at, at + step) as never); // of this very table, which drizzle cannot know
        });
      }
    },
    fingerprint: () => hash.digest("hex"),
  };
}

/** Left out is what each installation calls otherwise: ids of the dictionaries, and bytes, as a document's state names random writers. */
function readable(row: object, base: Date): string {
  const same = (value: unknown) => {
    if (value instanceof Date) return value.getTime() - base.getTime();
    return Buffer.isBuffer(value) || (isId(value) && !isOfProvince(value)) ? "" : value;
  };
  return JSON.stringify(Object.fromEntries(Object.entries(row).map(([key, value]) => [key, same(value)])));
}
