import { audit } from "#db/audit.ts";
import { isDuplicate } from "#db/errors.ts";
import { findIdentity, findIdentityByHash, findPasswordHash, setLogins, setPasswordHash } from "#db/identities.ts";
import { enqueue } from "#db/jobs.ts";
import { endPasswordLinks } from "#db/one-time-links.ts";
import { endSessions } from "#db/sessions.ts";
import type { Db } from "#db/types.ts";
import type { Problems } from "../http/problems.ts";
import { type LoginKind, readLoginName } from "./login-name.ts";
import { sealedLogin } from "./register.server.ts";
import type { Sessions } from "./sessions.ts";

/** What was typed for each of the three logins; empty: not kept. */
export type LoginsTyped = Record<LoginKind, string>;

/**
 * A person corrects what she signs in with, by her password. One of the three must stay. Links that wait where she was reached before end.
 *
 * @returns what is wrong, by field; undefined when it was saved
 */
export async function changeLogins(db: Db, sessions: Sessions, personId: string, typed: LoginsTyped, password: string, at = new Date()): Promise<Problems | undefined> {
  const problems: Problems = {};
  const kept: Parameters<typeof setLogins>[2] = { email: null, phone: null, employeeNo: null };
  for (const kind of ["email", "phone", "employee_no"] as const) {
    if (typed[kind].trim() === "") continue;
    const login = readLoginName(typed[kind]);
    if (login?.kind === kind) Object.assign(kept, sealedLogin(sessions, login));
    else problems[kind] = { key: `people:logins.unknown.${kind}` };
  }
  if (Object.keys(problems).length > 0) return problems;
  if (!kept.email && !kept.phone && !kept.employeeNo) return { form: { key: "people:logins.noneLeft" } };
  const checked = await sessions.check(personId, password);
  if (checked !== "right") return { password: { key: `people:logins.${checked}` } };
  const taken = await takenBy(db, personId, kept);
  if (taken) return taken;
  try {
    await db.transaction(async (tx) => {
      await setLogins(tx, personId, kept);
      await endPasswordLinks(tx, personId, at);
      await audit(tx, { personId, act: "logins.changed", object: { type: "person", id: personId } }, at);
    });
  } catch (error) {
    if (isDuplicate(error)) return { form: { key: "people:register.taken" } };
    throw error;
  }
  return undefined;
}

/** A person sets another password by the old one; every link, and every session but the one that follows, ends. @returns what is wrong with the old one */
export async function changePassword(db: Db, sessions: Sessions, personId: string, given: { old: string; fresh: string }, at = new Date()): Promise<Problems | undefined> {
  const before = await findPasswordHash(db, personId);
  const checked = await sessions.check(personId, given.old);
  if (checked !== "right") return { oldPassword: { key: `people:logins.${checked}` } };
  const passwordHash = await sessions.hash(given.fresh);
  return db.transaction(async (tx) => {
    // Comparing and hashing take a while: who knew the old one must not come after the owner's own change.
    if ((await findPasswordHash(tx, personId)) !== before) return { oldPassword: { key: "people:logins.wrong" } };
    await setPasswordHash(tx, personId, passwordHash, at);
    await endSessions(tx, personId);
    await endPasswordLinks(tx, personId, at);
    await audit(tx, { personId, act: "password.changed", object: { type: "person", id: personId } }, at);
    await enqueue(tx, "access.changed", { personIds: [personId] });
    return undefined;
  });
}

/** Which of them belongs to somebody else, beside its field. */
async function takenBy(db: Db, personId: string, logins: Parameters<typeof setLogins>[2]): Promise<Problems | undefined> {
  const mine = await findIdentity(db, personId);
  const fresh = [["email", logins.email, mine?.emailHash], ["phone", logins.phone, mine?.phoneHash], ["employee_no", logins.employeeNo, mine?.employeeNoHash]] as const;
  for (const [kind, login, before] of fresh) {
    if (login && login.hash !== before && (await findIdentityByHash(db, login.hash))) return { [kind]: { key: "people:register.taken" } };
  }
  return undefined;
}
