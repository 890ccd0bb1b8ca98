import { findRegistration, listRegistered, recordSeminarEvent, setRegistration } from "#db/seminar-people.ts";
import type { SeminarSeen } from "#db/seminars.ts";
import type { Viewer } from "#db/viewer.ts";
import type { Permitted } from "../http/permitted.ts";
import type { RoomServices } from "./seminar-rooms.ts";

/** Lets somebody in who waits, or lets them in again who was removed. Anybody else is left as they are. */
export async function admit({ db, rooms }: RoomServices, host: Viewer, seminar: Permitted<"admit", SeminarSeen>, personId: string, at = new Date()): Promise<void> {
  await db.transaction(async (tx) => {
    const status = await findRegistration(tx, seminar.id, personId);
    if (status !== "waiting" && status !== "removed") return;
    await setRegistration(tx, seminar.id, personId, "admitted", host.id, at);
    await recordSeminarEvent(tx, seminar.id, "admitted", { personId, byId: host.id }, at);
  });
  rooms.changed(seminar.id, "people", [personId]);
}

/** Lets in everybody who waits now. */
export async function admitAll(services: RoomServices, host: Viewer, seminar: Permitted<"admit", SeminarSeen>, at = new Date()): Promise<void> {
  for (const { personId } of await listRegistered(services.db, seminar.id, "waiting")) await admit(services, host, seminar, personId, at);
}

/** Turns away somebody who waits: they stay out until a host lets them in. */
export async function deny({ db, rooms }: RoomServices, host: Viewer, seminar: Permitted<"admit", SeminarSeen>, personId: string, at = new Date()): Promise<void> {
  await db.transaction(async (tx) => {
    if ((await findRegistration(tx, seminar.id, personId)) !== "waiting") return;
    await setRegistration(tx, seminar.id, personId, "removed", host.id, at);
    await recordSeminarEvent(tx, seminar.id, "denied", { personId, byId: host.id }, at);
  });
  rooms.changed(seminar.id, "people", [personId]);
}
