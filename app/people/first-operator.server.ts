import { and, eq, isNull } from "drizzle-orm";
import { audit } from "#db/audit.ts";
import { isDuplicate } from "#db/errors.ts";
import { newId } from "#db/ids.ts";
import { insertPerson } from "#db/identities.ts";
import { giveConsent } from "#db/consents.ts";
import { findLink, insertLink, useLink } from "#db/one-time-links.ts";
import { roleGrants } from "#db/schema/index.ts";
import type { Db } from "#db/types.ts";
import { CONSENT_VERSION, REQUIRED_PURPOSES } from "./consent.ts";
import type { LoginKind } from "./login-name.ts";
import { hashOf, newToken } from "./one-time-link.server.ts";
import { sealedLogin } from "./register.server.ts";
import type { Sessions } from "./sessions.ts";

const DAYS_14 = 14 * 86_400_000;

/**
 * An installation without a system operator gets a link that makes the first one. Called at every start: an earlier link stops working.
 *
 * @returns the token to print, or undefined when there is an operator
 */
export async function firstOperatorToken(db: Db, at = new Date()): Promise<string | undefined> {
  return db.transaction(async (tx) => {
    if (await hasOperator(tx)) return undefined;
    const { token, tokenHash } = newToken();
    await insertLink(tx, { tokenHash, purpose: "first_operator", personId: null, issuedBy: null, expiresAt: new Date(at.getTime() + DAYS_14) }, at);
    return token;
  });
}

/** Whether this token would still make the first operator. */
export async function setupLinkWorks(db: Db, token: string, at = new Date()): Promise<boolean> {
  return (await findLink(db, hashOf(token), "first_operator", at)) !== undefined && !(await hasOperator(db));
}

/** Makes the first system operator, once, whoever comes first. */
export async function makeFirstOperator(
  db: Db,
  sessions: Sessions,
  token: string,
  given: { name: string; login: { kind: LoginKind; normalised: string }; password: string; locale: "zh-CN" | "en" },
  at = new Date(),
): Promise<{ personId: string } | "gone" | "taken"> {
  const passwordHash = await sessions.hash(given.password);
  try {
    return await db.transaction(async (tx) => {
      const link = await findLink(tx, hashOf(token), "first_operator", at);
      if (!link || (await hasOperator(tx)) || !(await useLink(tx, link.id, at))) return "gone" as const;
      const personId = newId();
      await insertPerson(tx, { id: personId, name: given.name, schoolId: null, stages: [], subjects: [], locale: given.locale, passwordHash, verified: { by: null, at }, ...sealedLogin(sessions, given.login) }, at);
      await tx.insert(roleGrants).values({ personId, role: "system_operator", scopeType: "system", from: at });
      for (const purpose of REQUIRED_PURPOSES) await giveConsent(tx, personId, purpose, CONSENT_VERSION, at);
      await audit(tx, { personId, act: "role.granted", object: { type: "person", id: personId }, detail: { role: "system_operator", by: "setup link" } }, at);
      return { personId };
    });
  } catch (error) {
    if (isDuplicate(error)) return "taken";
    throw error;
  }
}

async function hasOperator(db: Db): Promise<boolean> {
  const [row] = await db.select({ id: roleGrants.id }).from(roleGrants).where(and(eq(roleGrants.role, "system_operator"), isNull(roleGrants.to))).limit(1);
  return row !== undefined;
}
