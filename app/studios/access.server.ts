import { isId } from "#db/ids.ts";
import { findInvitation, type InvitationSeen } from "#db/invitations.ts";
import { findSeat, type SeatSeen } from "#db/seats.ts";
import { findGroup, type StudioGroup } from "#db/studio-groups.ts";
import { findVisibleStudio, type StudioSeen } from "#db/studios.ts";
import type { Db } from "#db/types.ts";
import type { Viewer } from "#db/viewer.ts";
import { type Permitted, permitted } from "../http/permitted.ts";
import { refuse } from "../http/refusals.ts";
import { canOnSeat, canOnStudio, type StudioAct } from "./policy.ts";

/** A studio, for whoever may know of it; visitors too. @throws the refusal `notThere` */
export async function studioSeenBy(db: Db, viewer: Viewer | null, studioId: string | undefined): Promise<StudioSeen> {
  const studio = isId(studioId) ? await findVisibleStudio(db, viewer, studioId) : undefined;
  if (!studio) throw refuse("notThere");
  return studio;
}

/** A studio to do something in. @throws `notThere`, or `notAllowed` for somebody who sees the studio and may not do this */
export async function studioFor<Act extends StudioAct>(db: Db, viewer: Viewer, act: Act, studioId: string | undefined): Promise<Permitted<Act, StudioSeen>> {
  const studio = await studioSeenBy(db, viewer, studioId);
  if (!canOnStudio(viewer, act, studio)) throw refuse("notAllowed");
  return permitted(studio);
}

export type SeatAct = Parameters<typeof canOnSeat>[1];
export type SeatOfStudio = SeatSeen & { studio: StudioSeen };

/** One open seat of a studio, to do something to it. Members alone know that there is such a seat. @throws `notThere`, `notAllowed` */
export async function seatFor<Act extends SeatAct>(db: Db, viewer: Viewer, act: Act, studioId: string | undefined, seatId: string | undefined): Promise<Permitted<Act, SeatOfStudio>> {
  const studio = await studioSeenBy(db, viewer, studioId);
  const seat = isId(seatId) ? await findSeat(db, studio.id, seatId) : undefined;
  if (!seat || !canOnStudio(viewer, "seeMembers", studio)) throw refuse("notThere");
  if (!canOnSeat(viewer, act, studio, seat)) throw refuse("notAllowed");
  return permitted({ ...seat, studio });
}

/** A group of this very studio. @throws `notThere` */
export async function groupOf(db: Db, studio: { id: string }, groupId: string | undefined): Promise<StudioGroup> {
  const group = isId(groupId) ? await findGroup(db, studio.id, groupId) : undefined;
  if (!group) throw refuse("notThere");
  return group;
}

export interface InvitationOpened {
  invitation: InvitationSeen;
  studio: StudioSeen;
  /** The one it names, or those of the studio who may take it back. */
  as: "named" | "inviter";
}

/** An invitation is there for the person it names and for those who may withdraw it; forwarded to anybody else it is not there. @throws `notThere` */
export async function invitationSeenBy(db: Db, viewer: Viewer, invitationId: string | undefined, now: Date): Promise<InvitationOpened> {
  const invitation = isId(invitationId) ? await findInvitation(db, invitationId, now) : undefined;
  const studio = invitation && (await findVisibleStudio(db, viewer, invitation.studioId));
  if (!invitation || !studio) throw refuse("notThere");
  if (invitation.personId === viewer.id) return { invitation, studio, as: "named" };
  if (canOnStudio(viewer, "withdrawInvitation", studio)) return { invitation, studio, as: "inviter" };
  throw refuse("notThere");
}

export async function invitationToAnswer(db: Db, viewer: Viewer, invitationId: string | undefined, now: Date): Promise<Permitted<"answer", InvitationOpened>> {
  const opened = await invitationSeenBy(db, viewer, invitationId, now);
  if (opened.as !== "named") throw refuse("notThere");
  return permitted(opened);
}

export async function invitationToWithdraw(db: Db, viewer: Viewer, invitationId: string | undefined, now: Date): Promise<Permitted<"withdraw", InvitationOpened>> {
  const opened = await invitationSeenBy(db, viewer, invitationId, now);
  if (opened.as !== "inviter") throw refuse("notThere");
  return permitted(opened);
}
