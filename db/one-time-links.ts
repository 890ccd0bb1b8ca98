import { and, count, eq, gt, isNull } from "drizzle-orm";
import { newId } from "./ids.ts";
import { oneTimeLinks } from "./schema/index.ts";
import type { Db } from "./types.ts";

export type OneTimeLink = typeof oneTimeLinks.$inferSelect;

/** Writes a link of which only the hash is kept. An earlier unused one for the same person and purpose stops working. */
export async function insertLink(tx: Db, link: { tokenHash: string; purpose: OneTimeLink["purpose"]; personId: string | null; issuedBy: string | null; expiresAt: Date }, at: Date): Promise<string> {
  const samePerson = link.personId === null ? isNull(oneTimeLinks.personId) : eq(oneTimeLinks.personId, link.personId);
  await tx.update(oneTimeLinks).set({ usedAt: at }).where(and(eq(oneTimeLinks.purpose, link.purpose), samePerson, isNull(oneTimeLinks.usedAt)));
  const id = newId();
  await tx.insert(oneTimeLinks).values({ id, ...link, createdAt: at });
  return id;
}

/** A link that still works, or undefined: unknown, used and expired are one. */
export async function findLink(db: Db, tokenHash: string, purpose: OneTimeLink["purpose"], at: Date): Promise<OneTimeLink | undefined> {
  const [row] = await db.select().from(oneTimeLinks).where(and(eq(oneTimeLinks.tokenHash, tokenHash), eq(oneTimeLinks.purpose, purpose), isNull(oneTimeLinks.usedAt), gt(oneTimeLinks.expiresAt, at)));
  return row;
}

/** How many links a person was made for a purpose since then, whether or not they still work. */
export async function countLinks(db: Db, personId: string, purpose: OneTimeLink["purpose"], since: Date): Promise<number> {
  const [row] = await db.select({ count: count() }).from(oneTimeLinks).where(and(eq(oneTimeLinks.personId, personId), eq(oneTimeLinks.purpose, purpose), isNull(oneTimeLinks.issuedBy), gt(oneTimeLinks.createdAt, since)));
  return row?.count ?? 0;
}

/** Every link that could still set this person's password stops working. */
export async function endPasswordLinks(tx: Db, personId: string, at: Date): Promise<void> {
  await tx.update(oneTimeLinks).set({ usedAt: at }).where(and(eq(oneTimeLinks.purpose, "password"), eq(oneTimeLinks.personId, personId), isNull(oneTimeLinks.usedAt)));
}

/** @returns false when somebody used it meanwhile */
export async function useLink(tx: Db, linkId: string, at: Date): Promise<boolean> {
  const used = await tx.update(oneTimeLinks).set({ usedAt: at }).where(and(eq(oneTimeLinks.id, linkId), isNull(oneTimeLinks.usedAt))).returning({ id: oneTimeLinks.id });
  return used.length === 1;
}
