import { audit } from "#db/audit.ts";
import { onceMore } from "#db/errors.ts";
import { expireInvitations, findOpenInvitation, insertInvitation } from "#db/invitations.ts";
import { notify } from "#db/notices.ts";
import { findTeacher } from "#db/people-search.ts";
import { findOpenSeat } from "#db/seats.ts";
import { findStudio, type StudioSeen } from "#db/studios.ts";
import type { Db } from "#db/types.ts";
import type { Viewer } from "#db/viewer.ts";
import type { Permitted } from "../http/permitted.ts";
import type { InvitedRole } from "./policy.ts";
import { placesLeft, seatsLeft } from "./seat-changes.server.ts";

export interface InvitationOffer {
  personId: string;
  groupId: string | null;
  message: string;
}

/** Why a seat cannot be offered or taken; `form` sentences say what to do then. */
export type NoSeat = "full" | "groupFull" | "seated" | "invited" | "unknown";

/** Offers a seat to one confirmed teacher of the province. Sent twice it is one invitation; another offer waits until the first is answered or withdrawn. */
export function invite<Role extends InvitedRole>(db: Db, viewer: Viewer, studio: Permitted<`invite.${Role}`, StudioSeen>, role: Role, offer: InvitationOffer, at = new Date()): Promise<{ id: string } | { refused: NoSeat }> {
  return onceMore(() =>
    db.transaction(async (tx) => {
      const now = await findStudio(tx, studio.id);
      const province = studio.regionPath.at(-1);
      const person = province ? await findTeacher(tx, province, offer.personId) : undefined;
      if (!now || !person) return { refused: "unknown" };
      if (await findOpenSeat(tx, studio.id, person.id)) return { refused: "seated" };
      await expireInvitations(tx, studio.id, person.id, at);
      const waiting = await findOpenInvitation(tx, studio.id, person.id, at);
      if (waiting) return waiting.role === role && waiting.groupId === offer.groupId ? { id: waiting.id } : { refused: "invited" };
      if ((await seatsLeft(tx, now, role)) === 0) return { refused: "full" };
      if ((await placesLeft(tx, studio.id, offer.groupId)) === 0) return { refused: "groupFull" };
      const id = await insertInvitation(tx, { studioId: studio.id, personId: person.id, role, groupId: offer.groupId, message: offer.message, createdBy: viewer.id }, at);
      await audit(tx, { personId: viewer.id, onBehalfOf: person.id, act: "invitation.written", object: { type: "invitation", id }, detail: { studioId: studio.id, role } }, at);
      await notify(tx, [person.id], { kind: "invited", params: { studio: now.name, role, name: viewer.name }, href: `/invitations/${id}`, key: `invitation:${id}` }, at);
      return { id };
    }),
  );
}
