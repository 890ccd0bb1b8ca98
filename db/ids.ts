import { monotonicFactory } from "ulid";

/** Random bytes are fetched so many at a time: asking for each letter's by itself is most of the work of an id. */
const pool = new Uint8Array(4_096);
let left = 0;

const next = monotonicFactory(() => {
  if (left === 0) left = crypto.getRandomValues(pool).length;
  left -= 1;
  return (pool[left] ?? 0) / 256;
});

/** A new ULID: 26 characters, sortable by time, rising within one process even inside a millisecond. */
export function newId(): string {
  return next();
}

/** Whether a string could be one of our ids. Addresses carry anything; a query is only asked for what could be there. */
export function isId(value: unknown): value is string {
  return typeof value === "string" && /^[0-9A-HJKMNP-TV-Z]{26}$/.test(value);
}
