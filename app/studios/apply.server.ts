import { decideApplication, findOpenApplication, insertApplication } from "#db/applications.ts";
import { onceMore } from "#db/errors.ts";
import { notify } from "#db/notices.ts";
import { schoolDay } from "#db/school-day.ts";
import { findOpenSeat, listSeatsOfRoles } from "#db/seats.ts";
import { findStudio, type StudioSeen } from "#db/studios.ts";
import type { Db } from "#db/types.ts";
import type { Viewer } from "#db/viewer.ts";
import type { Permitted } from "../http/permitted.ts";
import { giveSeat, seatsChanged, seatsLeft } from "./seat-changes.server.ts";

export type Applied = "admitted" | "pending" | "waitlisted";

/**
 * A teacher asks to join as a trainee. Open admission seats her at once, once her school has confirmed who she is; otherwise those who
 * decide are told, once a day. No seat left: the waiting list. Sent twice it is one application.
 */
export function applyTo(db: Db, viewer: Viewer, studio: Permitted<"apply", StudioSeen>, message: string, at = new Date()): Promise<Applied> {
  return onceMore(() =>
    db.transaction(async (tx) => {
      if (await findOpenSeat(tx, studio.id, viewer.id)) return "admitted";
      const before = await findOpenApplication(tx, studio.id, viewer.id);
      if (before) return before.state === "waitlisted" ? "waitlisted" : "pending";
      const now = (await findStudio(tx, studio.id)) ?? studio;
      const left = await seatsLeft(tx, now, "trainee");
      const state = left === 0 ? "waitlisted" : now.recruitPolicy === "open" && viewer.verified ? "admitted" : "pending";
      await insertApplication(tx, { studioId: studio.id, personId: viewer.id, message, state }, at);
      const params = { studio: now.name, name: viewer.name };
      if (state === "admitted") {
        await giveSeat(tx, { studioId: studio.id, personId: viewer.id, role: "trainee", givenBy: null }, at);
        await notify(tx, [viewer.id], { kind: "admitted", params, href: `/studios/${studio.id}` }, at);
        await seatsChanged(tx, studio.id, [viewer.id]);
      } else {
        const deciders = await listSeatsOfRoles(tx, studio.id, ["master", "studio_assistant"], 20);
        await notify(tx, deciders.map((seat) => seat.personId), { kind: "applied", params, href: `/studios/${studio.id}/applications`, key: `applied:${studio.id}:${schoolDay(at)}` }, at);
      }
      return state;
    }),
  );
}

/** The own application is taken back. */
export function withdrawApplication(db: Db, viewer: Viewer, studioId: string, at = new Date()): Promise<void> {
  return db.transaction(async (tx) => {
    const waiting = await findOpenApplication(tx, studioId, viewer.id);
    if (waiting) await decideApplication(tx, waiting.id, { state: "withdrawn", by: viewer.id }, at);
  });
}
