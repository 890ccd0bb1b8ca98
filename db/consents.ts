import { and, desc, eq, inArray, isNull } from "drizzle-orm";
import { consents } from "./schema/index.ts";
import type { Db } from "./types.ts";

export type Consent = typeof consents.$inferSelect;

/** Records a consent; giving it twice keeps the first. */
export async function giveConsent(tx: Db, personId: string, purpose: Consent["purpose"], textVersion: string, at: Date): Promise<void> {
  const [open] = await tx.select({ id: consents.id }).from(consents).where(and(eq(consents.personId, personId), eq(consents.purpose, purpose), eq(consents.textVersion, textVersion), isNull(consents.withdrawnAt)));
  if (!open) await tx.insert(consents).values({ personId, purpose, textVersion, givenAt: at });
}

export async function withdrawConsent(tx: Db, personId: string, purpose: Consent["purpose"], at: Date): Promise<void> {
  await tx.update(consents).set({ withdrawnAt: at }).where(and(eq(consents.personId, personId), eq(consents.purpose, purpose), isNull(consents.withdrawnAt)));
}

/** Those of these purposes to whose present text the person has not agreed. */
export async function lackingConsents(db: Db, personId: string, purposes: readonly Consent["purpose"][], textVersion: string): Promise<Consent["purpose"][]> {
  const given = await db.select({ purpose: consents.purpose }).from(consents).where(and(eq(consents.personId, personId), inArray(consents.purpose, [...purposes]), eq(consents.textVersion, textVersion), isNull(consents.withdrawnAt)));
  return purposes.filter((purpose) => !given.some((one) => one.purpose === purpose));
}

/** Everything a person ever agreed to, newest first. */
export function listConsents(db: Db, personId: string): Promise<Consent[]> {
  return db.select().from(consents).where(eq(consents.personId, personId)).orderBy(desc(consents.id));
}
