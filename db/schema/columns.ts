import { instant, integer, text } from "../dialect.ts";
import { newId } from "../ids.ts";

/** The primary key of every noun: a ULID. */
export const id = () => text().primaryKey().$defaultFn(newId);

/** When and by whom a row was made; `createdBy` is a person id, or null for what the platform itself made. */
export const made = () => ({
  createdAt: instant().notNull().$defaultFn(() => new Date()),
  createdBy: text(),
});

/** Optimistic lock of rows that are edited in forms: a save names the version it read. */
export const version = () => integer().notNull().default(1);
