import { recordSeminarEvent } from "#db/seminar-people.ts";
import { callHand, lowerHand, raiseHand } from "#db/seminar-talk.ts";
import { findVisibleSeminar, type SeminarSeen } from "#db/seminars.ts";
import { findViewer, type Viewer } from "#db/viewer.ts";
import type { Permitted } from "../http/permitted.ts";
import { unlessUnreachable } from "./live-rooms.ts";
import { canOnSeminar, grantsFor } from "./policy.ts";
import type { RoomServices } from "./seminar-rooms.ts";

/** Raises one's own hand; twice is once. */
export async function putHandUp({ db, rooms }: RoomServices, viewer: Viewer, seminar: Permitted<"raise_hand", SeminarSeen>, at = new Date()): Promise<void> {
  await db.transaction((tx) => raiseHand(tx, seminar.id, viewer.id, at));
  rooms.changed(seminar.id, "hands");
}

/** Lowers one's own hand, giving the floor back if one had it. */
export async function putHandDown(services: RoomServices, viewer: Viewer, seminar: Permitted<"raise_hand", SeminarSeen>, at = new Date()): Promise<void> {
  const { hadFloor } = await services.db.transaction((tx) => lowerHand(tx, seminar.id, viewer.id, at));
  services.rooms.changed(seminar.id, "hands");
  if (hadFloor) await applyGrants(services, seminar.id, viewer.id);
}

/** The host gives somebody the floor, whether or not their hand is up: from now on they may speak. People who are not let in have no floor to be given. */
export async function giveFloor(services: RoomServices, host: Viewer, seminar: Permitted<"give_floor", SeminarSeen>, personId: string, at = new Date()): Promise<void> {
  const speaker = await findViewer(services.db, personId, at);
  const seen = speaker && (await findVisibleSeminar(services.db, speaker, seminar.id));
  if (!seen || !canOnSeminar(speaker, "raise_hand", seen)) return;
  await services.db.transaction(async (tx) => {
    await callHand(tx, seminar.id, personId, at);
    await recordSeminarEvent(tx, seminar.id, "floor_given", { personId, byId: host.id }, at);
  });
  services.rooms.changed(seminar.id, "hands");
  await applyGrants(services, seminar.id, personId);
}

/** The host lowers somebody's hand, taking the floor back if they had it. */
export async function takeFloor(services: RoomServices, host: Viewer, seminar: Permitted<"give_floor", SeminarSeen>, personId: string, at = new Date()): Promise<void> {
  const { wasUp } = await services.db.transaction(async (tx) => {
    const lowered = await lowerHand(tx, seminar.id, personId, at);
    if (lowered.hadFloor) await recordSeminarEvent(tx, seminar.id, "floor_taken", { personId, byId: host.id }, at);
    return lowered;
  });
  services.rooms.changed(seminar.id, "hands");
  if (wasUp) await applyGrants(services, seminar.id, personId);
}

/** Tells the media server what the rules now let somebody send. Without it, their next ticket says so. */
async function applyGrants({ db, live }: RoomServices, seminarId: string, personId: string): Promise<void> {
  const viewer = await findViewer(db, personId);
  const seminar = viewer && (await findVisibleSeminar(db, viewer, seminarId));
  if (seminar) await unlessUnreachable(live.allow(seminarId, personId, grantsFor(viewer, seminar)));
}
