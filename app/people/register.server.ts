import { isDuplicate } from "#db/errors.ts";
import { newId } from "#db/ids.ts";
import { findIdentityByHash, insertPerson, type NewPerson } from "#db/identities.ts";
import { giveConsent } from "#db/consents.ts";
import { notify } from "#db/notices.ts";
import type { Db } from "#db/types.ts";
import { CONSENT_VERSION } from "./consent.ts";
import type { LoginKind } from "./login-name.ts";
import type { Sessions } from "./sessions.ts";

export interface Registration {
  name: string;
  login: { kind: LoginKind; normalised: string };
  password: string;
  schoolId: string | null;
  stage: string;
  subject: string;
  locale: "zh-CN" | "en";
  /** Whether others may find the person by name; the other two purposes are what the platform does at all. */
  displayName: boolean;
}

/**
 * A teacher makes an account. It is unverified until a school coordinator or region administrator confirms it.
 *
 * @returns the new person's id, or "taken" when the login belongs to somebody
 */
export async function register(db: Db, sessions: Sessions, given: Registration, at = new Date()): Promise<{ personId: string } | "taken"> {
  if (await ownerOf(db, sessions, given.login)) return "taken";
  const personId = newId();
  const passwordHash = await sessions.hash(given.password);
  const person: NewPerson = { id: personId, name: given.name, schoolId: given.schoolId, stages: [given.stage], subjects: [given.subject], locale: given.locale, passwordHash, ...sealedLogin(sessions, given.login) };
  try {
    await db.transaction(async (tx) => {
      await insertPerson(tx, person, at);
      for (const purpose of given.displayName ? (["service", "evidence", "display_name"] as const) : (["service", "evidence"] as const)) await giveConsent(tx, personId, purpose, CONSENT_VERSION, at);
      await notify(tx, [personId], { kind: "welcome", params: { name: given.name }, href: "/me", key: "welcome" }, at);
    });
  } catch (error) {
    if (isDuplicate(error)) return "taken";
    throw error;
  }
  return { personId };
}

/** Whose login this is, whichever secret of the installation it was written by. */
export async function ownerOf(db: Db, sessions: Pick<Sessions, "keyedHashes">, login: { kind: LoginKind; normalised: string }): Promise<string | undefined> {
  return (await findIdentityByHash(db, sessions.keyedHashes(`${login.kind}:${login.normalised}`)))?.personId;
}

/** A login in the two forms in which it is kept. */
export function sealedLogin(sessions: Sessions, login: { kind: LoginKind; normalised: string }): Pick<NewPerson, "email" | "phone" | "employeeNo"> {
  const kept = { sealed: sessions.seal(login.normalised), hash: sessions.keyedHash(`${login.kind}:${login.normalised}`) };
  switch (login.kind) {
    case "email":
      return { email: kept };
    case "phone":
      return { phone: kept };
    case "employee_no":
      return { employeeNo: kept };
  }
}
