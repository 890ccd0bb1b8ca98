import { decideApplication, findOpenApplication } from "#db/applications.ts";
import { audit } from "#db/audit.ts";
import { onceMore } from "#db/errors.ts";
import { closeInvitation, findInvitation } from "#db/invitations.ts";
import { notify } from "#db/notices.ts";
import { findOpenSeat } from "#db/seats.ts";
import { findStudio } from "#db/studios.ts";
import type { Db } from "#db/types.ts";
import type { Viewer } from "#db/viewer.ts";
import type { Permitted } from "../http/permitted.ts";
import type { InvitationOpened } from "./access.server.ts";
import { giveSeat, placesLeft, seatsChanged, seatsLeft, takeSeat } from "./seat-changes.server.ts";

/** `over`: withdrawn, expired or declined meanwhile. `full`, `groupFull`: the last seat went to somebody else; the invitation stays open, and its writer is told. */
export type Answer = "accepted" | "over" | "full" | "groupFull" | "unverified";

/** The person named takes the seat. Quotas are asked again here: of two who accept the last seat at once, one gets it. Accepted twice it is accepted once. */
export function acceptInvitation(db: Db, viewer: Viewer, { invitation }: Permitted<"answer", InvitationOpened>, at = new Date()): Promise<Answer> {
  return onceMore(() => db.transaction(async (tx) => {
    const now = await findInvitation(tx, invitation.id, at);
    const studio = now && (await findStudio(tx, now.studioId));
    if (!now || !studio || now.state !== "open") return now?.state === "accepted" ? "accepted" : "over";
    if (studio.status === "closed" || studio.status === "suspended") return "over";
    if (!viewer.verified) return "unverified";
    const writer = now.createdBy ? [now.createdBy] : [];
    const params = { studio: studio.name, role: now.role, name: viewer.name };
    const before = await findOpenSeat(tx, studio.id, viewer.id);
    if (before?.role === "master") return "over";
    const lacking = before?.role !== now.role && (await seatsLeft(tx, studio, now.role)) === 0 ? "full" : before?.groupId !== now.groupId && (await placesLeft(tx, studio.id, now.groupId)) === 0 ? "groupFull" : null;
    if (lacking) {
      await notify(tx, writer, { kind: "invitationNoSeat", params, href: `/studios/${studio.id}/members`, key: `invitation.full:${now.id}` }, at);
      return lacking;
    }
    if (before) await takeSeat(tx, before, { by: viewer.id, reason: "role_changed" }, at);
    await giveSeat(tx, { studioId: studio.id, personId: viewer.id, role: now.role, groupId: now.groupId, givenBy: now.createdBy, ...(before?.isHome && { isHome: true }) }, at);
    await closeInvitation(tx, now.id, "accepted", at);
    const applied = await findOpenApplication(tx, studio.id, viewer.id);
    if (applied) await decideApplication(tx, applied.id, { state: "admitted", by: now.createdBy }, at);
    await notify(tx, writer, { kind: "invitationAccepted", params, href: `/studios/${studio.id}/members`, key: `invitation.accepted:${now.id}` }, at);
    await seatsChanged(tx, studio.id, [viewer.id]);
    return "accepted";
  }));
}

/** The person named says no. */
export function declineInvitation(db: Db, viewer: Viewer, { invitation, studio }: Permitted<"answer", InvitationOpened>, at = new Date()): Promise<void> {
  return db.transaction(async (tx) => {
    if (!(await closeInvitation(tx, invitation.id, "declined", at))) return;
    await audit(tx, { personId: viewer.id, act: "invitation.declined", object: { type: "invitation", id: invitation.id } }, at);
    if (invitation.createdBy) await notify(tx, [invitation.createdBy], { kind: "invitationDeclined", params: { studio: studio.name, role: invitation.role, name: viewer.name }, href: `/studios/${studio.id}`, key: `invitation.declined:${invitation.id}` }, at);
  });
}

/** Those who may invite take an invitation back before it is answered. */
export function withdrawInvitation(db: Db, viewer: Viewer, { invitation, studio }: Permitted<"withdraw", InvitationOpened>, at = new Date()): Promise<void> {
  return db.transaction(async (tx) => {
    if (!(await closeInvitation(tx, invitation.id, "withdrawn", at))) return;
    await audit(tx, { personId: viewer.id, onBehalfOf: invitation.personId, act: "invitation.withdrawn", object: { type: "invitation", id: invitation.id } }, at);
    await notify(tx, [invitation.personId], { kind: "invitationWithdrawn", params: { studio: studio.name, role: invitation.role }, href: `/studios/${studio.id}`, key: `invitation.withdrawn:${invitation.id}` }, at);
  });
}
