import { createHash } from "node:crypto";

const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/** The id of something in the demonstration: a ULID made from its key, so that it is the same on every machine and in every run. */
export function demoId(kind: string, key: string): string {
  const hash = createHash("sha256").update(`${kind}:${key}`).digest();
  // The first ten letters of a ULID are its time: all of the demonstration is of one moment.
  return `01K5Z00000${[...hash.subarray(0, 16)].map((byte) => ALPHABET[byte % 32]).join("")}`;
}
