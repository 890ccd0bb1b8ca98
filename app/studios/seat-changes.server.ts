import { audit } from "#db/audit.ts";
import { enqueue } from "#db/jobs.ts";
import { beginSeat, countGroupSeats, countOpenSeats, endSeatRow, type NewSeat, passHome, type Seat } from "#db/seats.ts";
import type { SeatRole } from "#db/schema/studios.ts";
import { findGroup } from "#db/studio-groups.ts";
import type { Studio } from "#db/studios.ts";
import type { Db } from "#db/types.ts";
import { seatsOf } from "./quota.ts";

/** How many seats of a role are still to be had, in the transaction that takes one; null: as many as one likes. Never below zero. */
export async function seatsLeft(tx: Db, studio: Pick<Studio, "id" | "quota">, role: SeatRole): Promise<number | null> {
  const quota = seatsOf(studio.quota, role);
  return quota === null ? null : Math.max(0, quota - (await countOpenSeats(tx, studio.id, role)));
}

/** How many places a group still has; null: as many as one likes. A group of another studio has none. */
export async function placesLeft(tx: Db, studioId: string, groupId: string | null): Promise<number | null> {
  if (groupId === null) return null;
  const group = await findGroup(tx, studioId, groupId);
  if (!group) return 0;
  return group.capacity === null ? null : Math.max(0, group.capacity - (await countGroupSeats(tx, groupId)));
}

/** Begins a seat, with its trace. @throws a duplicate when the person sits there already */
export async function giveSeat(tx: Db, seat: NewSeat, at: Date): Promise<Seat> {
  const given = await beginSeat(tx, seat, at);
  await audit(tx, { personId: seat.givenBy, onBehalfOf: seat.personId, act: "seat.given", object: { type: "seat", id: given.id }, detail: { studioId: seat.studioId, role: seat.role, groupId: seat.groupId ?? null } }, at);
  return given;
}

/** Ends a seat, with its trace. @returns whether this call ended it */
export async function takeSeat(tx: Db, seat: Pick<Seat, "id" | "studioId" | "personId" | "role">, end: { by: string | null; reason: string }, at: Date): Promise<boolean> {
  if (!(await endSeatRow(tx, seat.id, end, at))) return false;
  await audit(tx, { personId: end.by, onBehalfOf: seat.personId, act: "seat.ended", object: { type: "seat", id: seat.id }, detail: { studioId: seat.studioId, role: seat.role, reason: end.reason } }, at);
  return true;
}

/** Seats have begun or ended: what is open is asked again whether it may be, the studio is counted again, nobody is left without a home. */
export async function seatsChanged(tx: Db, studioId: string, personIds: readonly string[]): Promise<void> {
  for (const personId of personIds) await passHome(tx, personId);
  await enqueue(tx, "access.changed", { personIds: [...personIds], studioId });
  await enqueue(tx, "studio.figures", { studioId }, { key: studioId });
}
