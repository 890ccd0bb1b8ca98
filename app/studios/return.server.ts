import { audit } from "#db/audit.ts";
import { notify } from "#db/notices.ts";
import { findStudio, type StudioSeen, updateStudio } from "#db/studios.ts";
import type { Db } from "#db/types.ts";
import type { Viewer } from "#db/viewer.ts";
import type { Permitted } from "../http/permitted.ts";

/** A draft goes back to its author with a reason; saved again, it waits again. */
export function returnStudio(db: Db, viewer: Viewer, studio: Permitted<"return", StudioSeen>, reason: string, at = new Date()): Promise<void> {
  return db.transaction(async (tx) => {
    const now = await findStudio(tx, studio.id);
    if (!now || now.status !== "draft" || now.returnReason === reason) return;
    await updateStudio(tx, now.id, now.version, { returnReason: reason });
    await audit(tx, { personId: viewer.id, act: "studio.returned", object: { type: "studio", id: now.id }, detail: { reason } }, at);
    if (now.createdBy && now.createdBy !== viewer.id) await notify(tx, [now.createdBy], { kind: "studioReturned", params: { studio: now.name, reason: reason.slice(0, 80) }, href: `/studios/${now.id}` }, at);
  });
}
