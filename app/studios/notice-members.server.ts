import { enqueue, type JobPayloads } from "#db/jobs.ts";
import { DIRECT_NOTICES, notify } from "#db/notices.ts";
import { listMemberIds } from "#db/seats.ts";
import type { Db } from "#db/types.ts";

export const SLICE = 500;

/** Tells the members of a studio something, one slice a run: the next slice is a job of its own, so that a worker that dies repeats a slice, not a studio. The notice's key keeps a repeated slice from telling anybody twice. */
export function noticeMembers(db: Db, told: JobPayloads["notice.studio"], at = new Date()): Promise<void> {
  return db.transaction(async (tx) => {
    const slice = await listMemberIds(tx, told.studioId, { after: told.afterSeatId, limit: SLICE });
    const people = slice.map((one) => one.personId).filter((one) => one !== told.exceptPersonId);
    for (let from = 0; from < people.length; from += DIRECT_NOTICES) {
      await notify(tx, people.slice(from, from + DIRECT_NOTICES), { kind: told.kind, params: told.params, href: told.href, key: told.key }, at);
    }
    const last = slice.at(-1);
    if (last && slice.length === SLICE) await enqueue(tx, "notice.studio", { ...told, afterSeatId: last.seatId });
  });
}
