import { findPrep, type Prep } from "#db/preps.ts";
import { prepChanges } from "#db/schema/index.ts";
import type { Db } from "#db/types.ts";
import type { Viewer } from "#db/viewer.ts";
import type { Permitted } from "../http/permitted.ts";
import { recordMove } from "./record-move.server.ts";

/** Ends a prep that will not be finished, with a reason. What people wrote stays theirs. Cancelling twice cancels once. */
export function cancelPrep(db: Db, guide: Viewer, asked: Permitted<"cancel", Prep>, reason: string, at = new Date()): Promise<void> {
  return db.transaction(async (tx) => {
    const prep = await findPrep(tx, asked.id);
    if (!prep || prep.state === "cancelled" || prep.state === "archived") return;
    if (!(await recordMove(tx, prep, { to: "cancelled", byId: guide.id, reason }, at))) return;
    await tx.insert(prepChanges).values({ prepId: prep.id, kind: "cancelled", byId: guide.id, at, reason, detail: { from: prep.state } });
  });
}
