import { findOpenSeat, makeHome } from "#db/seats.ts";
import type { Db } from "#db/types.ts";
import type { Permitted } from "../http/permitted.ts";
import type { SeatOfStudio } from "./access.server.ts";

/** The studio of this seat becomes the person's home, instead of the one before. */
export function chooseHome(db: Db, seat: Permitted<"makeHome", SeatOfStudio>): Promise<void> {
  return db.transaction(async (tx) => {
    if ((await findOpenSeat(tx, seat.studio.id, seat.personId))?.id === seat.id) await makeHome(tx, seat.personId, seat.id);
  });
}
