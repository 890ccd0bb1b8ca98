import { countPlaces, findRegistration, setRegistration } from "#db/seminar-people.ts";
import type { SeminarSeen } from "#db/seminars.ts";
import type { Db } from "#db/types.ts";
import type { Viewer } from "#db/viewer.ts";
import type { Permitted } from "../http/permitted.ts";

/** Says that one comes. The last place is given once; whoever has a place or was removed stays as they are. */
export function register(db: Db, viewer: Viewer, seminar: Permitted<"register", SeminarSeen>, at = new Date()): Promise<"registered" | "full"> {
  return db.transaction(async (tx) => {
    const status = await findRegistration(tx, seminar.id, viewer.id);
    if (status !== undefined && status !== "cancelled") return "registered";
    if (seminar.mine.role === null && (await countPlaces(tx, seminar.id)) >= seminar.capacity) return "full";
    await setRegistration(tx, seminar.id, viewer.id, "registered", viewer.id, at);
    return "registered";
  });
}

/** Gives one's place back. Twice is once. */
export function unregister(db: Db, viewer: Viewer, seminar: Permitted<"register", SeminarSeen>, at = new Date()): Promise<void> {
  return db.transaction(async (tx) => {
    if ((await findRegistration(tx, seminar.id, viewer.id)) === "registered") await setRegistration(tx, seminar.id, viewer.id, "cancelled", viewer.id, at);
  });
}
