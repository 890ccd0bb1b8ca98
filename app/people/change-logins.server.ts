import { audit } from "#db/audit.ts";
import { isDuplicate } from "#db/errors.ts";
import { findPasswordHash, setLogins, setPasswordHash } from "#db/identities.ts";
import { enqueue } from "#db/jobs.ts";
import { endPasswordLinks } from "#db/one-time-links.ts";
import { endSessions } from "#db/sessions.ts";
import type { Db } from "#db/types.ts";
import type { Problems } from "../http/problems.ts";
import { type LoginKind, type LoginName, readLoginName } from "./login-name.ts";
import { ownerOf, sealedLogin } from "./register.server.ts";
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
  const named: LoginName[] = [];
  for (const kind of ["email", "phone", "employee_no"] as const) {
    if (typed[kind].trim() === "") continue;
    const login = readLoginName(typed[kind]);
    if (login?.kind === kind) named.push(login);
    else problems[kind] = { key: `people:logins.unknown.${kind}` };
  }
  if (Object.keys(problems).length > 0) return problems;
  for (const login of named) Object.assign(kept, sealedLogin(sessions, login));
  if (!kept.email && !kept.phone && !kept.employeeNo) return { form: { key: "people:logins.noneLeft" } };
  const checked = await sessions.check(personId, password);
  if (checked !== "right") return { password: { key: `people:logins.${checked}` } };
  const taken = await takenBy(db, sessions, personId, named);
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
async function takenBy(db: Db, sessions: Sessions, personId: string, logins: readonly LoginName[]): Promise<Problems | undefined> {
  for (const login of logins) {
    const owner = await ownerOf(db, sessions, login);
    if (owner !== undefined && owner !== personId) return { [login.kind]: { key: "people:register.taken" } };
  }
  return undefined;
}
