import { audit } from "#db/audit.ts";
import { notify } from "#db/notices.ts";
import type { StudioQuota } from "#db/schema/studios.ts";
import { findMasterSeat } from "#db/seats.ts";
import { type StudioSeen, updateStudio } from "#db/studios.ts";
import type { Db } from "#db/types.ts";
import type { Viewer } from "#db/viewer.ts";
import type { Permitted } from "../http/permitted.ts";

/** The region's administrator gives a studio more seats, or fewer: whoever sits keeps sitting. @returns whether it was saved: not when somebody saved since `version` was read */
export function setQuota(db: Db, viewer: Viewer, studio: Permitted<"setQuota", StudioSeen>, version: number, quota: StudioQuota, at = new Date()): Promise<boolean> {
  return db.transaction(async (tx) => {
    if (!(await updateStudio(tx, studio.id, version, { quota }))) return false;
    await audit(tx, { personId: viewer.id, act: "studio.quota_set", object: { type: "studio", id: studio.id }, detail: { before: studio.quota, after: quota } }, at);
    const master = await findMasterSeat(tx, studio.id);
    if (master) await notify(tx, [master.personId], { kind: "quotaSet", params: { studio: studio.name, n: quota.subjectLead }, href: `/studios/${studio.id}` }, at);
    return true;
  });
}
