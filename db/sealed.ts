import { and, asc, eq, gt, isNull, type SQL } from "drizzle-orm";
import { identities, secondFactors } from "./schema/index.ts";
import type { Db } from "./types.ts";

export interface SealedLogin {
  sealed: string;
  hash: string;
}

/** Everything of a person that the installation's secret seals, by the kinds under which logins are hashed. */
export interface Sealed {
  personId: string;
  logins: Record<"email" | "phone" | "employee_no", SealedLogin | null>;
  /** What makes the codes of a second factor. */
  secondFactor: string | null;
}

/** By person id, keyset-paged. */
export async function listSealed(db: Db, afterPersonId: string | undefined, limit: number): Promise<Sealed[]> {
  const rows = await db
    .select({ identity: identities, secondFactor: secondFactors.secretSealed })
    .from(identities)
    .leftJoin(secondFactors, eq(secondFactors.personId, identities.personId))
    .where(afterPersonId === undefined ? undefined : gt(identities.personId, afterPersonId))
    .orderBy(asc(identities.personId))
    .limit(limit);
  const login = (sealed: string | null, hash: string | null) => (sealed === null || hash === null ? null : { sealed, hash });
  return rows.map(({ identity: one, secondFactor }) => ({ personId: one.personId, logins: { email: login(one.emailSealed, one.emailHash), phone: login(one.phoneSealed, one.phoneHash), employee_no: login(one.employeeNoSealed, one.employeeNoHash) }, secondFactor }));
}

/** Writes it sealed anew, unless its owner changed it since it was read. @returns whether anything was written */
export async function updateSealed(tx: Db, before: Sealed, after: Sealed): Promise<boolean> {
  const { email, phone, employee_no: employeeNo } = after.logins;
  const written = await tx
    .update(identities)
    .set({ emailSealed: email?.sealed ?? null, emailHash: email?.hash ?? null, phoneSealed: phone?.sealed ?? null, phoneHash: phone?.hash ?? null, employeeNoSealed: employeeNo?.sealed ?? null, employeeNoHash: employeeNo?.hash ?? null })
    .where(and(eq(identities.personId, before.personId), same(identities.emailSealed, before.logins.email), same(identities.phoneSealed, before.logins.phone), same(identities.employeeNoSealed, before.logins.employee_no)))
    .returning({ id: identities.personId });
  if (after.secondFactor !== null && before.secondFactor !== null) await tx.update(secondFactors).set({ secretSealed: after.secondFactor }).where(and(eq(secondFactors.personId, before.personId), eq(secondFactors.secretSealed, before.secondFactor)));
  return written.length === 1;
}

function same(column: typeof identities.emailSealed | typeof identities.phoneSealed | typeof identities.employeeNoSealed, login: SealedLogin | null): SQL {
  return login ? eq(column, login.sealed) : isNull(column);
}
