import { createHash, randomBytes } from "node:crypto";
import { enqueue } from "#db/jobs.ts";
import { findIdentity, findIdentityByHash } from "#db/identities.ts";
import { countLinks, findLink, insertLink, useLink } from "#db/one-time-links.ts";
import { setPasswordHash } from "#db/identities.ts";
import { endSessions } from "#db/sessions.ts";
import { audit } from "#db/audit.ts";
import { isActive } from "#db/people.ts";
import type { Db } from "#db/types.ts";
import type { Permitted } from "../http/permitted.ts";
import { readLoginName } from "./login-name.ts";
import type { PersonFacts } from "./policy.ts";
import type { Sessions } from "./sessions.ts";

const HOUR = 3_600_000;
export const RESET_MS = HOUR;
/** Letters that one person is sent in an hour, whoever asks for them. */
const LETTERS = 5;
export const ISSUED_MS = 72 * HOUR;

/** A secret for an address, and the hash that is kept of it. */
export function newToken(): { token: string; tokenHash: string } {
  const token = randomBytes(24).toString("base64url");
  return { token, tokenHash: hashOf(token) };
}

/** Somebody says that the password is forgotten. Whoever it is of, one row is written, and nothing else is done before the page answers. */
export async function askForPasswordLink(db: Db, sessions: Pick<Sessions, "seal">, login: string): Promise<void> {
  await db.transaction((tx) => enqueue(tx, "password.asked", { login: sessions.seal(login) }));
}

/** An account with an e-mail is sent a link; an unknown one, or one without an e-mail, gets nothing. */
export async function requestPasswordLink(db: Db, sessions: Sessions, login: string, at = new Date()): Promise<void> {
  const name = readLoginName(login);
  const identity = name && (await findIdentityByHash(db, sessions.keyedHashes(`${name.kind}:${name.normalised}`)));
  if (!identity?.emailSealed || !(await isActive(db, identity.personId)) || (await countLinks(db, identity.personId, "password", new Date(at.getTime() - HOUR))) >= LETTERS) return;
  const { token, tokenHash } = newToken();
  await db.transaction(async (tx) => {
    const linkId = await insertLink(tx, { tokenHash, purpose: "password", personId: identity.personId, issuedBy: null, expiresAt: new Date(at.getTime() + RESET_MS) }, at);
    // The token itself is in nobody's database but here, sealed, and only until the letter is sent.
    await enqueue(tx, "mail.send", { personId: identity.personId, kind: "password", linkId, secret: sessions.seal(token) });
  });
}

/** A school coordinator hands out a link for a colleague who has no e-mail. @returns the token, shown once */
export async function issuePasswordLink(db: Db, issuer: { id: string }, person: Permitted<"issueLink", PersonFacts>, at = new Date()): Promise<string> {
  const { token, tokenHash } = newToken();
  await db.transaction(async (tx) => {
    await insertLink(tx, { tokenHash, purpose: "password", personId: person.id, issuedBy: issuer.id, expiresAt: new Date(at.getTime() + ISSUED_MS) }, at);
    await audit(tx, { personId: issuer.id, onBehalfOf: person.id, act: "password_link.issued", object: { type: "person", id: person.id } }, at);
  });
  return token;
}

/** Whose password a link may set, or undefined when it does not work any more. */
export async function readPasswordLink(db: Db, token: string, at = new Date()): Promise<{ personId: string; name: string } | undefined> {
  const found = await findUsable(db, token, at);
  return found && { personId: found.identity.personId, name: found.identity.name };
}

/** Sets a password by link and ends every session of the person. @returns the person, or undefined when the link had been used meanwhile */
export async function setPasswordByLink(db: Db, token: string, passwordHash: string, at = new Date()): Promise<string | undefined> {
  return db.transaction(async (tx) => {
    const found = await findUsable(tx, token, at);
    if (!found || !(await useLink(tx, found.linkId, at))) return undefined;
    const { personId } = found.identity;
    await setPasswordHash(tx, personId, passwordHash, at);
    await endSessions(tx, personId);
    await audit(tx, { personId, act: "password.changed", object: { type: "person", id: personId } }, at);
    await enqueue(tx, "access.changed", { personIds: [personId] });
    return personId;
  });
}

/** One that a coordinator handed out ends when its person gives an e-mail; none opens an account that is frozen. */
async function findUsable(db: Db, token: string, at: Date) {
  const link = await findLink(db, hashOf(token), "password", at);
  const identity = link?.personId ? await findIdentity(db, link.personId) : undefined;
  return link && identity && !(link.issuedBy && identity.emailSealed) && (await isActive(db, identity.personId)) ? { linkId: link.id, identity } : undefined;
}

export function hashOf(token: string): string {
  return createHash("sha256").update(token).digest("base64url");
}
