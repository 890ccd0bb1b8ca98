import { and, eq, inArray, or } from "drizzle-orm";
import { authAccounts, authSessions, authUsers, identities, persons } from "./schema/index.ts";
import type { Db } from "./types.ts";

export type Identity = typeof identities.$inferSelect;

/** A new person with everything that lets them sign in. Sealed and hashed by the caller, who has the keys. */
export interface NewPerson {
  id: string;
  name: string;
  schoolId: string | null;
  stages: string[];
  subjects: string[];
  locale: "zh-CN" | "en";
  startedTeachingOn?: string | null;
  intro?: string;
  passwordHash: string | null;
  email?: { sealed: string; hash: string };
  phone?: { sealed: string; hash: string };
  employeeNo?: { sealed: string; hash: string };
  verified?: { by: string | null; at: Date };
}

/**
 * Writes person, identity and account in one go.
 *
 * @throws a duplicate (see `isDuplicate`) when the e-mail, phone or employee number belongs to somebody
 */
export async function insertPerson(tx: Db, person: NewPerson, at: Date): Promise<void> {
  await tx.insert(persons).values({ id: person.id, schoolId: person.schoolId, stages: person.stages, subjects: person.subjects, locale: person.locale, startedTeachingOn: person.startedTeachingOn ?? null, intro: person.intro ?? "", createdAt: at });
  await tx.insert(identities).values({
    personId: person.id,
    name: person.name,
    emailSealed: person.email?.sealed ?? null,
    emailHash: person.email?.hash ?? null,
    phoneSealed: person.phone?.sealed ?? null,
    phoneHash: person.phone?.hash ?? null,
    employeeNoSealed: person.employeeNo?.sealed ?? null,
    employeeNoHash: person.employeeNo?.hash ?? null,
    verifiedBy: person.verified?.by ?? null,
    verifiedAt: person.verified?.at ?? null,
    createdAt: at,
  });
  // better-auth wants an address that is unique and for ever; people sign in by three names that may change, which `identities` keeps.
  await tx.insert(authUsers).values({ id: person.id, name: "", email: `${person.id.toLowerCase()}@person.invalid`, emailVerified: true, createdAt: at, updatedAt: at });
  if (person.passwordHash) await setPasswordHash(tx, person.id, person.passwordHash, at);
}

/** The identity of which one of the three logins has one of these keyed hashes: one for each secret of the installation. */
export async function findIdentityByHash(db: Db, hashes: readonly string[]): Promise<Identity | undefined> {
  const [row] = await db.select().from(identities).where(or(...[identities.emailHash, identities.phoneHash, identities.employeeNoHash].map((hash) => inArray(hash, [...hashes])))).limit(1);
  return row;
}

export async function findIdentity(db: Db, personId: string): Promise<Identity | undefined> {
  const [row] = await db.select().from(identities).where(eq(identities.personId, personId));
  return row;
}

/** Whether letters reach this person. */
export async function hasEmail(db: Db, personId: string): Promise<boolean> {
  return ((await findIdentity(db, personId))?.emailSealed ?? null) !== null;
}

/** Replaces the three logins, sealed and hashed by the caller; null: none. @throws a duplicate when one belongs to somebody else */
export async function setLogins(tx: Db, personId: string, logins: { [kind in "email" | "phone" | "employeeNo"]: { sealed: string; hash: string } | null }): Promise<void> {
  const { email, phone, employeeNo } = logins;
  await tx
    .update(identities)
    .set({ emailSealed: email?.sealed ?? null, emailHash: email?.hash ?? null, phoneSealed: phone?.sealed ?? null, phoneHash: phone?.hash ?? null, employeeNoSealed: employeeNo?.sealed ?? null, employeeNoHash: employeeNo?.hash ?? null })
    .where(eq(identities.personId, personId));
}

/** Sets or replaces a password. Sessions are ended by the caller, who decides which. */
export async function setPasswordHash(tx: Db, personId: string, passwordHash: string, at: Date): Promise<void> {
  const mine = and(eq(authAccounts.userId, personId), eq(authAccounts.providerId, "credential"));
  const changed = await tx.update(authAccounts).set({ password: passwordHash, updatedAt: at }).where(mine).returning({ id: authAccounts.id });
  if (changed.length === 0) await tx.insert(authAccounts).values({ id: personId, userId: personId, accountId: personId, providerId: "credential", password: passwordHash, createdAt: at, updatedAt: at });
}

/** What is kept of a person's password, or null. */
export async function findPasswordHash(db: Db, personId: string): Promise<string | null> {
  const [row] = await db.select({ password: authAccounts.password }).from(authAccounts).where(and(eq(authAccounts.userId, personId), eq(authAccounts.providerId, "credential")));
  return row?.password ?? null;
}

/**
 * A session that was begun by a password stays if that is the password still: comparing takes a while, in which it may have been changed.
 * Whichever of this and the change comes second ends the session.
 *
 * @returns whether it stays
 */
export function keepSession(db: Db, token: string, personId: string, passwordHash: string, at = new Date()): Promise<boolean> {
  return db.transaction(async (tx) => {
    const stays = (await findPasswordHash(tx, personId)) === passwordHash;
    // Written either way, so that on PostgreSQL this and a change that did not see the session cannot both be taken.
    if (stays) await tx.update(authSessions).set({ updatedAt: at }).where(eq(authSessions.token, token));
    else await tx.delete(authSessions).where(eq(authSessions.token, token));
    return stays;
  });
}
