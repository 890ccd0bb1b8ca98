import { newId } from "#db/ids.ts";
import { closeUnseen, listOpenStays, openStay, seeStays } from "#db/seminar-presence.ts";
import type { Db } from "#db/types.ts";
import type { Viewer } from "#db/viewer.ts";
import { mayEnter } from "./access.server.ts";
import { GAP_MS } from "./attendance.ts";

/** Stays that letters keep; those of lines are called by a bare id. */
const BY_LETTER = "letters:";

/**
 * Somebody whose page can have no line says by letter that they are there: this counts as a line's beat does. Letters that stay out for
 * longer than attendance forgives begin another stay, so that the time between is not counted.
 */
export async function thereByLetter(db: Db, viewer: Viewer, seminarId: string, at: Date): Promise<void> {
  const entry = await mayEnter(db, viewer, seminarId, at);
  if (!entry.in) return;
  await db.transaction(async (tx) => {
    const known = (await listOpenStays(tx, "text", seminarId)).find((stay) => stay.personId === viewer.id && stay.sourceId.startsWith(BY_LETTER));
    if (known && at.getTime() - known.seenAt.getTime() <= GAP_MS) return seeStays(tx, [known.sourceId], at);
    if (known) await closeUnseen(tx, [known]);
    await openStay(tx, { seminarId, personId: viewer.id, channel: "text", sourceId: BY_LETTER + newId() }, at);
  });
}
