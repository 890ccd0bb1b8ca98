import { notify } from "#db/notices.ts";
import { findMasterSeat, findOpenSeat } from "#db/seats.ts";
import { findStudio } from "#db/studios.ts";
import type { Db } from "#db/types.ts";
import type { Viewer } from "#db/viewer.ts";
import type { Permitted } from "../http/permitted.ts";
import type { SeatOfStudio } from "./access.server.ts";
import { admitFirstWaiting } from "./admit.server.ts";
import { seatsChanged, takeSeat } from "./seat-changes.server.ts";

/** A seat ends: somebody leaves, or is asked to. The other side is told; what was open to it closes. Ended twice it is ended once. */
export function endSeat(db: Db, viewer: Viewer, seat: Permitted<"end", SeatOfStudio>, reason: string, at = new Date()): Promise<void> {
  return db.transaction(async (tx) => {
    const now = await findOpenSeat(tx, seat.studio.id, seat.personId);
    const studio = await findStudio(tx, seat.studio.id);
    if (!now || !studio || now.id !== seat.id || now.role === "master") return;
    const leaves = viewer.id === seat.personId;
    await takeSeat(tx, now, { by: viewer.id, reason: reason || (leaves ? "left" : "ended") }, at);
    const params = { studio: studio.name, role: now.role, name: seat.name };
    if (!leaves) await notify(tx, [seat.personId], { kind: reason ? "seatEndedBecause" : "seatEnded", params: { ...params, reason: reason.slice(0, 80) }, href: `/studios/${studio.id}`, key: `seat.ended:${now.id}` }, at);
    else if (now.role !== "trainee") {
      const master = await findMasterSeat(tx, studio.id);
      if (master) await notify(tx, [master.personId], { kind: "memberLeft", params, href: `/studios/${studio.id}/members`, key: `seat.ended:${now.id}` }, at);
    }
    await seatsChanged(tx, studio.id, [seat.personId]);
    if (now.role === "trainee") await admitFirstWaiting(tx, studio, at);
  });
}
