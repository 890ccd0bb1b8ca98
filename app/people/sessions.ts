import type { Freeze } from "#db/freezes.ts";

/** A session is over when it is so old, however much it is used. */
export const LONGEST_MS = 90 * 86_400_000;

/** Headers that set the cookie of a session, or of somebody who still has to give a code. */
export interface Entered {
  headers: Headers;
  personId: string;
  asks?: "code";
}

/** Signing in and out, passwords and sessions. `server/sessions.ts` keeps the promise with better-auth. */
export interface Sessions {
  /**
   * @param login e-mail, phone or employee number
   * @returns what `enter` does, or why not. Unknown login and wrong password answer alike; that an account is frozen is told by its password alone.
   */
  signIn(request: Request, login: string, password: string): Promise<Entered | { refused: "wrong" | "slow" } | { refused: "frozen"; freeze: Freeze }>;
  /** Somebody has shown who they are by a password or a letter: a session begins, or a code is asked for first of whoever has turned on a second factor. */
  enter(request: Request, personId: string): Promise<Entered>;
  /** The code that was asked for. `gone`: nothing was asked of this browser, or too long ago. */
  finish(request: Request, code: string): Promise<{ headers: Headers } | { refused: "wrong" | "slow" | "gone" }>;
  /** Signs somebody in without a password or code: after registration, where a session goes on in a new one, and on the demonstration's one-click page. */
  open(request: Request, personId: string): Promise<Headers>;
  /** Whether this is the person's password; `slow` after too many wrong ones. */
  check(personId: string, password: string): Promise<"right" | "wrong" | "slow">;
  signOut(request: Request): Promise<Headers>;
  /** Whether offices wait until those who hold them have a second factor. */
  secondFactorDemanded: boolean;
  /** The id of the session that a request carries, or null. */
  sessionOf(request: Request): Promise<string | null>;
  /** The row that makes a person able to sign in; written in the transaction that makes the person. */
  hash(password: string): Promise<string>;
  /** The encrypted form of a personal field, its keyed hash for look-up, and back. */
  seal(plain: string): string;
  unseal(sealed: string): string;
  keyedHash(normalised: string): string;
  /** By every secret that is still known, for looking up. */
  keyedHashes(normalised: string): string[];
}

/** Where somebody goes who was let in, or has to give a code first. */
export function afterPassword(entered: Entered, back: string): string {
  return entered.asks ? `/sign-in/code?back=${encodeURIComponent(back)}` : back;
}
