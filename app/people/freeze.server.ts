import { audit } from "#db/audit.ts";
import { endFreeze, type Freeze, insertFreeze } from "#db/freezes.ts";
import { countGrants } from "#db/grants.ts";
import { enqueue } from "#db/jobs.ts";
import { endSessions } from "#db/sessions.ts";
import type { Db } from "#db/types.ts";
import type { Viewer } from "#db/viewer.ts";
import type { Permitted } from "../http/permitted.ts";

/**
 * Nobody comes in by this account any more, and what is open by it closes. What its owner wrote stays. Frozen twice is once.
 *
 * @returns `last` where nobody would be left who could lift it
 */
export function freeze(db: Db, viewer: Viewer, person: Permitted<"freeze", { id: string }>, reason: string, at = new Date()): Promise<"frozen" | "last"> {
  return db.transaction(async (tx) => {
    if ((await countGrants(tx, "system_operator", { except: person.id })) === 0) return "last";
    if (!(await insertFreeze(tx, { personId: person.id, reason, frozenBy: viewer.id }, at))) return "frozen";
    await endSessions(tx, person.id);
    await audit(tx, { personId: viewer.id, onBehalfOf: person.id, act: "account.frozen", object: { type: "person", id: person.id }, detail: { reason } }, at);
    await enqueue(tx, "access.changed", { personIds: [person.id] });
    return "frozen";
  });
}

/** Its owner can sign in again. Lifted twice is once. */
export async function lift(db: Db, viewer: Viewer, frozen: Permitted<"lift", Freeze>, at = new Date()): Promise<void> {
  await db.transaction(async (tx) => {
    if (!(await endFreeze(tx, frozen.personId, viewer.id, at))) return;
    await audit(tx, { personId: viewer.id, onBehalfOf: frozen.personId, act: "account.lifted", object: { type: "person", id: frozen.personId } }, at);
  });
}
