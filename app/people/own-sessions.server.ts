import { audit } from "#db/audit.ts";
import { enqueue } from "#db/jobs.ts";
import { endSessions, listSessions } from "#db/sessions.ts";
import type { Db } from "#db/types.ts";
import type { Problems } from "../http/problems.ts";
import { type Device, deviceOf } from "./device.ts";
import { LONGEST_MS, type Sessions } from "./sessions.ts";

export interface OwnSession {
  id: string;
  device: Device;
  begunAt: Date;
  usedAt: Date;
  /** The one that asks. */
  here: boolean;
}

/** Where a person is signed in: here first, then by when it was used. */
export async function ownSessions(db: Db, personId: string, hereId: string | null, now = new Date()): Promise<OwnSession[]> {
  const found = await listSessions(db, personId, new Date(now.getTime() - LONGEST_MS), now);
  const own = found.map(({ userAgent, ...session }) => ({ ...session, device: deviceOf(userAgent), here: session.id === hereId }));
  return own.sort((a, b) => Number(b.here) - Number(a.here));
}

/**
 * A person ends one of her sessions, or all others, by her password. What is open by them closes. One that is not hers, or over, is nothing to end.
 *
 * @returns what is wrong with the password
 */
export async function endOwnSessions(db: Db, sessions: Sessions, personId: string, which: { only: string } | { except: string }, password: string, at = new Date()): Promise<Problems | undefined> {
  const checked = await sessions.check(personId, password);
  if (checked !== "right") return { password: { key: `people:logins.${checked}` } };
  await db.transaction(async (tx) => {
    const count = await endSessions(tx, personId, which);
    if (count === 0) return;
    await audit(tx, { personId, act: "sessions.ended", object: { type: "person", id: personId }, detail: { count } }, at);
    await enqueue(tx, "access.changed", { personIds: [personId] });
  });
  return undefined;
}
