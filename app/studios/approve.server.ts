import { audit } from "#db/audit.ts";
import { onceMore } from "#db/errors.ts";
import { findIdentity } from "#db/identities.ts";
import { enqueue } from "#db/jobs.ts";
import { notify } from "#db/notices.ts";
import type { StudioQuota } from "#db/schema/studios.ts";
import { findStudio, insertFigures, insertTerm, type StudioSeen, updateStudio } from "#db/studios.ts";
import type { Db } from "#db/types.ts";
import type { Viewer } from "#db/viewer.ts";
import type { Permitted } from "../http/permitted.ts";
import { giveSeat, seatsChanged } from "./seat-changes.server.ts";

export interface Approval {
  term: { no: number; from: Date; to: Date };
  quota: StudioQuota;
  letterNo: string | null;
}

/** The draft becomes a studio: its term begins, its master sits. Approved twice it is approved once. A master whom nobody has confirmed cannot be appointed. */
export function approveStudio(db: Db, viewer: Viewer, studio: Permitted<"approve", StudioSeen>, approval: Approval, at = new Date()): Promise<"approved" | "masterUnverified"> {
  return onceMore(() => db.transaction(async (tx) => {
    const now = await findStudio(tx, studio.id);
    if (!now || now.status !== "draft") return "approved";
    if (!(await findIdentity(tx, now.masterId))?.verifiedAt) return "masterUnverified";
    const termId = await insertTerm(tx, { studioId: now.id, ...approval.term });
    await updateStudio(tx, now.id, now.version, { status: "active", termId, quota: approval.quota, approvedBy: viewer.id, approvedAt: at, returnReason: null });
    await insertFigures(tx, now.id, at);
    await giveSeat(tx, { studioId: now.id, personId: now.masterId, role: "master", letterNo: approval.letterNo, givenBy: viewer.id }, at);
    await audit(tx, { personId: viewer.id, act: "studio.approved", object: { type: "studio", id: now.id }, detail: { quota: approval.quota, term: approval.term.no } }, at);
    const told = [now.masterId, ...(now.createdBy ? [now.createdBy] : [])].filter((one) => one !== viewer.id);
    await notify(tx, told, { kind: "studioApproved", params: { studio: now.name }, href: `/studios/${now.id}`, key: `studio.approved:${now.id}` }, at);
    await enqueue(tx, "search.index", { kind: "studio", id: now.id }, { key: `studio:${now.id}` });
    await seatsChanged(tx, now.id, [now.masterId]);
    return "approved";
  }));
}
