import { createHash } from "node:crypto";
import * as z from "zod";
import { audit } from "#db/audit.ts";
import { isDuplicate } from "#db/errors.ts";
import { enqueue } from "#db/jobs.ts";
import { notify } from "#db/notices.ts";
import { deleteSecondFactor, findSecondFactor, insertSecondFactor, replaceRecoveryCodes, takeRecoveryCode, takeStep } from "#db/second-factors.ts";
import { endSessions } from "#db/sessions.ts";
import type { Db } from "#db/types.ts";
import type { Viewer } from "#db/viewer.ts";
import type { Permitted } from "../http/permitted.ts";
import type { Problems } from "../http/problems.ts";
import type { PersonFacts } from "./policy.ts";
import type { Sessions } from "./sessions.ts";
import { newRecoveryCode, newSecret, otpauthAddress, stepOf } from "./totp.server.ts";

type Seals = Pick<Sessions, "seal" | "unseal">;

const CODES = 8;
export const OFFER_MS = 15 * 60_000;
/** Who are asked to turn it on: they see and change what is many people's. */
const ASKED = new Set(["system_operator", "region_admin"]);

const offer = z.object({ purpose: z.literal("second factor"), personId: z.string(), secret: z.string(), until: z.number() });

/** A fresh secret, sealed so that it can wait with its person's browser until she has shown that her device has it. */
export function offerSecret(seals: Seals, personId: string, at = new Date()): string {
  return seals.seal(JSON.stringify({ purpose: "second factor", personId, secret: newSecret(), until: at.getTime() + OFFER_MS } satisfies z.infer<typeof offer>));
}

/** What waits there, for this very person and not for too long; else undefined. */
export function readOffer(seals: Seals, sealed: string | undefined, person: { id: string; name: string }, at = new Date()): { secret: string; address: string } | undefined {
  const read = sealed ? offer.safeParse(unsealed(seals, sealed)).data : undefined;
  if (!read || read.personId !== person.id || read.until < at.getTime()) return undefined;
  return { secret: read.secret, address: otpauthAddress(read.secret, person.name) };
}

/**
 * A second factor is turned on by a code that its device shows. Sessions on other devices, which came in without it, end.
 *
 * @returns codes that stand in for the device, readable here and never again; or what is wrong
 */
export async function turnOnSecondFactor(db: Db, seals: Seals, personId: string, secret: string, typed: string, hereId: string | null, at = new Date()): Promise<{ codes: string[] } | { problems: Problems }> {
  const step = stepOf(secret, plain(typed), 0, at);
  if (step === undefined) return { problems: { code: { key: "people:second.wrong" } } };
  const codes = newCodes();
  try {
    await db.transaction(async (tx) => {
      await insertSecondFactor(tx, { personId, secretSealed: seals.seal(secret), lastStep: step }, at);
      await replaceRecoveryCodes(tx, personId, codes.map(hashOf));
      await endSessions(tx, personId, { except: hereId ?? "" });
      await audit(tx, { personId, act: "second_factor.on", object: { type: "person", id: personId } }, at);
      await enqueue(tx, "access.changed", { personIds: [personId] });
    });
  } catch (error) {
    if (isDuplicate(error)) return { problems: { form: { key: "people:second.already" } } };
    throw error;
  }
  return { codes };
}

/** Other recovery codes by the password; the earlier ones are none any more. */
export async function renewRecoveryCodes(db: Db, sessions: Sessions, personId: string, password: string, at = new Date()): Promise<{ codes: string[] } | { problems: Problems }> {
  const checked = await sessions.check(personId, password);
  if (checked !== "right") return { problems: { password: { key: `people:logins.${checked}` } } };
  const codes = newCodes();
  await db.transaction(async (tx) => {
    await replaceRecoveryCodes(tx, personId, codes.map(hashOf));
    await audit(tx, { personId, act: "recovery_codes.renewed", object: { type: "person", id: personId } }, at);
  });
  return { codes };
}

/** One's own is turned off by the password. @returns what is wrong with it */
export async function turnOffSecondFactor(db: Db, sessions: Sessions, personId: string, password: string, hereId: string | null, at = new Date()): Promise<Problems | undefined> {
  const checked = await sessions.check(personId, password);
  if (checked !== "right") return { password: { key: `people:logins.${checked}` } };
  await db.transaction(async (tx) => {
    if (!(await deleteSecondFactor(tx, personId))) return;
    await endSessions(tx, personId, { except: hereId ?? "" });
    await audit(tx, { personId, act: "second_factor.off", object: { type: "person", id: personId } }, at);
    await enqueue(tx, "access.changed", { personIds: [personId] });
  });
  return undefined;
}

/** Somebody lost the device and the recovery codes: an officer takes the second factor away, having made sure who asks. The password stays, and is asked for. */
export async function removeSecondFactor(db: Db, viewer: Viewer, person: Permitted<"removeSecondFactor", PersonFacts>, at = new Date()): Promise<void> {
  await db.transaction(async (tx) => {
    if (!(await deleteSecondFactor(tx, person.id))) return;
    await endSessions(tx, person.id);
    await audit(tx, { personId: viewer.id, onBehalfOf: person.id, act: "second_factor.removed", object: { type: "person", id: person.id } }, at);
    await notify(tx, [person.id], { kind: "secondFactorRemoved", params: { name: viewer.name }, href: "/me/second-factor", key: `second_factor.removed:${at.getTime()}` }, at);
    await enqueue(tx, "access.changed", { personIds: [person.id] });
  });
}

/** Takes a code of the device, or one that stands in for it; neither is taken twice. @returns whether it was one */
export async function takeCode(db: Db, seals: Seals, personId: string, typed: string, at = new Date()): Promise<boolean> {
  const code = plain(typed);
  return db.transaction(async (tx) => {
    const factor = await findSecondFactor(tx, personId);
    if (!factor) return false;
    const step = stepOf(seals.unseal(factor.secretSealed), code, factor.lastStep, at);
    if (step !== undefined) return takeStep(tx, personId, step);
    if (!(await takeRecoveryCode(tx, personId, hashOf(code)))) return false;
    await audit(tx, { personId, act: "recovery_code.used", object: { type: "person", id: personId } }, at);
    return true;
  });
}

/** Whether somebody whose offices ask for a second factor has none. */
export async function lacksSecondFactor(db: Db, viewer: Viewer): Promise<boolean> {
  const offices = [...viewer.grants, ...(viewer.withheld ?? [])];
  return offices.some(({ role }) => ASKED.has(role)) && (await findSecondFactor(db, viewer.id)) === undefined;
}

/** Where a second factor is demanded of those who are asked for one: their offices wait until they have it. */
export async function withheldWithout(db: Db, viewer: Viewer): Promise<Viewer> {
  if (!(await lacksSecondFactor(db, viewer))) return viewer;
  const waits = (grant: Viewer["grants"][number]) => ASKED.has(grant.role);
  return { ...viewer, grants: viewer.grants.filter((grant) => !waits(grant)), withheld: viewer.grants.filter(waits) };
}

function newCodes(): string[] {
  return Array.from({ length: CODES }, newRecoveryCode);
}

/** As somebody types it: with spaces, capitals, or in full width. */
function plain(typed: string): string {
  return typed.normalize("NFKC").replace(/[\s\-‐–—]/g, "").toLowerCase();
}

/** Of 120 bits by chance: nothing is to be gained by hashing slowly. */
function hashOf(code: string): string {
  return createHash("sha256").update(plain(code)).digest("base64url");
}

function unsealed(seals: Seals, sealed: string): unknown {
  try {
    return JSON.parse(seals.unseal(sealed));
  } catch {
    return undefined; // made up, changed, or of another installation
  }
}
