import { monotonicFactory } from "ulid";

const next = monotonicFactory();

/** A new ULID: 26 characters, sortable by time, rising within one process even inside a millisecond. */
export function newId(): string {
  return next();
}

/** Whether a string could be one of our ids. Addresses carry anything; a query is only asked for what could be there. */
export function isId(value: unknown): value is string {
  return typeof value === "string" && /^[0-9A-HJKMNP-TV-Z]{26}$/.test(value);
}
