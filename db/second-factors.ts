import { and, count, eq, inArray, lt } from "drizzle-orm";
import { recoveryCodes, secondFactors } from "./schema/index.ts";
import type { Db } from "./types.ts";

export type SecondFactor = typeof secondFactors.$inferSelect;

export async function findSecondFactor(db: Db, personId: string): Promise<SecondFactor | undefined> {
  const [row] = await db.select().from(secondFactors).where(eq(secondFactors.personId, personId));
  return row;
}

/** Those of them who have one. */
export async function listWithSecondFactor(db: Db, personIds: readonly string[]): Promise<string[]> {
  if (personIds.length === 0) return [];
  return (await db.select({ personId: secondFactors.personId }).from(secondFactors).where(inArray(secondFactors.personId, [...personIds]))).map((row) => row.personId);
}

/** @throws a duplicate (see `isDuplicate`) when the person has one */
export async function insertSecondFactor(tx: Db, factor: Omit<SecondFactor, "createdAt">, at: Date): Promise<void> {
  await tx.insert(secondFactors).values({ ...factor, createdAt: at });
}

/** Takes the code of an interval, unless it or a later one was taken. @returns whether this call did */
export async function takeStep(tx: Db, personId: string, step: number): Promise<boolean> {
  const taken = await tx.update(secondFactors).set({ lastStep: step }).where(and(eq(secondFactors.personId, personId), lt(secondFactors.lastStep, step))).returning({ personId: secondFactors.personId });
  return taken.length === 1;
}

/** Takes a recovery code: it is gone. @returns whether there was one */
export async function takeRecoveryCode(tx: Db, personId: string, codeHash: string): Promise<boolean> {
  const taken = await tx.delete(recoveryCodes).where(and(eq(recoveryCodes.personId, personId), eq(recoveryCodes.codeHash, codeHash))).returning({ id: recoveryCodes.id });
  return taken.length === 1;
}

/** These, and none of before. */
export async function replaceRecoveryCodes(tx: Db, personId: string, codeHashes: readonly string[]): Promise<void> {
  await tx.delete(recoveryCodes).where(eq(recoveryCodes.personId, personId));
  if (codeHashes.length > 0) await tx.insert(recoveryCodes).values(codeHashes.map((codeHash) => ({ personId, codeHash })));
}

export async function countRecoveryCodes(db: Db, personId: string): Promise<number> {
  const [row] = await db.select({ n: count() }).from(recoveryCodes).where(eq(recoveryCodes.personId, personId));
  return row?.n ?? 0;
}

/** @returns whether there was one */
export async function deleteSecondFactor(tx: Db, personId: string): Promise<boolean> {
  await replaceRecoveryCodes(tx, personId, []);
  const gone = await tx.delete(secondFactors).where(eq(secondFactors.personId, personId)).returning({ personId: secondFactors.personId });
  return gone.length === 1;
}
