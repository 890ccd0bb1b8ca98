import type { Freeze } from "#db/freezes.ts";

/** A session is over when it is so old, however much it is used. */
export const LONGEST_MS = 90 * 86_400_000;

/** Signing in and out, passwords and sessions. `server/sessions.ts` keeps the promise with better-auth. */
export interface Sessions {
  /**
   * @param login e-mail, phone or employee number
   * @returns headers that set the session's cookie, or why not. Unknown login and wrong password answer alike; that an account is frozen is told by its password alone.
   */
  signIn(request: Request, login: string, password: string): Promise<{ headers: Headers; personId: string } | { refused: "wrong" | "slow" } | { refused: "frozen"; freeze: Freeze }>;
  /** Signs somebody in without a password: after registration, and on the demonstration's one-click page. */
  open(request: Request, personId: string): Promise<Headers>;
  /** Whether this is the person's password; `slow` after too many wrong ones. */
  check(personId: string, password: string): Promise<"right" | "wrong" | "slow">;
  signOut(request: Request): Promise<Headers>;
  /** The id of the session that a request carries, or null. */
  sessionOf(request: Request): Promise<string | null>;
  /** The row that makes a person able to sign in; written in the transaction that makes the person. */
  hash(password: string): Promise<string>;
  /** The encrypted form of a personal field, its keyed hash for look-up, and back. */
  seal(plain: string): string;
  unseal(sealed: string): string;
  keyedHash(normalised: string): string;
}
