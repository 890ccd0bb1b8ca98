import { onceMore } from "#db/errors.ts";
import { findIdentity } from "#db/identities.ts";
import { notify } from "#db/notices.ts";
import type { SeatRole } from "#db/schema/studios.ts";
import { findMasterSeat, findOpenSeat } from "#db/seats.ts";
import { findStudio, type StudioSeen, updateStudio } from "#db/studios.ts";
import type { Db } from "#db/types.ts";
import type { Viewer } from "#db/viewer.ts";
import type { Permitted } from "../http/permitted.ts";
import type { SeatOfStudio } from "./access.server.ts";
import { admitFirstWaiting } from "./admit.server.ts";
import type { AFTERWARDS, InvitedRole } from "./policy.ts";
import { giveSeat, placesLeft, seatsChanged, seatsLeft, takeSeat } from "./seat-changes.server.ts";

export type RoleChange = "changed" | "full" | "groupFull" | "unverified";

/** A change of role ends one seat and begins another, with who, when and why. Changed twice it is changed once. */
export function changeRole(db: Db, viewer: Viewer, seat: Permitted<"changeRole", SeatOfStudio>, to: { role: InvitedRole; groupId: string | null; reason: string }, at = new Date()): Promise<RoleChange> {
  return onceMore(() => db.transaction(async (tx) => {
    const now = await findOpenSeat(tx, seat.studio.id, seat.personId);
    const studio = await findStudio(tx, seat.studio.id);
    if (!now || !studio || now.id !== seat.id || (now.role === to.role && now.groupId === to.groupId)) return "changed";
    if (to.role !== "trainee" && !(await findIdentity(tx, now.personId))?.verifiedAt) return "unverified";
    if (now.role !== to.role && (await seatsLeft(tx, studio, to.role)) === 0) return "full";
    if (now.groupId !== to.groupId && (await placesLeft(tx, studio.id, to.groupId)) === 0) return "groupFull";
    await takeSeat(tx, now, { by: viewer.id, reason: to.reason || "role_changed" }, at);
    const next = await giveSeat(tx, { studioId: studio.id, personId: now.personId, role: to.role, groupId: to.groupId, givenBy: viewer.id, isHome: now.isHome }, at);
    await notify(tx, [now.personId], { kind: "roleChanged", params: { studio: studio.name, role: to.role, name: viewer.name }, href: `/studios/${studio.id}`, key: `seat:${next.id}` }, at);
    await seatsChanged(tx, studio.id, [now.personId]);
    if (now.role === "trainee") await admitFirstWaiting(tx, studio, at);
    return "changed";
  }));
}

/** The master's seat passes to a member, in one transaction: a studio is never without its master, nor with two. */
export function handOver(db: Db, viewer: Viewer, studio: Permitted<"handOver", StudioSeen>, successorId: string, afterwards: (typeof AFTERWARDS)[number], reason: string, at = new Date()): Promise<"handedOver" | "noMember" | "unverified" | "full"> {
  return onceMore(() => db.transaction(async (tx) => {
    const [now, master, successor] = [await findStudio(tx, studio.id), await findMasterSeat(tx, studio.id), await findOpenSeat(tx, studio.id, successorId)];
    if (!now || !master || !successor) return "noMember";
    if (successor.id === master.id) return "handedOver";
    if (!(await findIdentity(tx, successorId))?.verifiedAt) return "unverified";
    // A lead who becomes master leaves a lead's seat to the other.
    if (afterwards === "subject_lead" && successor.role !== "subject_lead" && (await seatsLeft(tx, now, "subject_lead")) === 0) return "full";
    await takeSeat(tx, successor, { by: viewer.id, reason: "role_changed" }, at);
    await takeSeat(tx, master, { by: viewer.id, reason: reason || "handed_over" }, at);
    await giveSeat(tx, { studioId: studio.id, personId: successorId, role: "master", givenBy: viewer.id, isHome: successor.isHome }, at);
    if (afterwards !== "leave") await giveSeat(tx, { studioId: studio.id, personId: master.personId, role: afterwards satisfies SeatRole, givenBy: viewer.id, isHome: master.isHome }, at);
    await updateStudio(tx, studio.id, now.version, { masterId: successorId });
    await notify(tx, [successorId, master.personId].filter((one) => one !== viewer.id), { kind: "handedOver", params: { studio: now.name, name: viewer.name }, href: `/studios/${studio.id}`, key: `handed-over:${master.id}` }, at);
    await seatsChanged(tx, studio.id, [successorId, master.personId]);
    return "handedOver";
  }));
}
