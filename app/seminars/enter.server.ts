import { countPlaces, setRegistration } from "#db/seminar-people.ts";
import { findVisibleSeminar, type SeminarSeen } from "#db/seminars.ts";
import type { Db } from "#db/types.ts";
import type { Viewer } from "#db/viewer.ts";
import type { Permitted } from "../http/permitted.ts";
import type { LiveRooms, LiveTicket } from "./live-rooms.ts";
import { doorOf, grantsFor, hostsIt, type ShutReason } from "./policy.ts";

export type EntryAnswer = { entry: "in" | "waiting" } | { entry: "refused"; reason: ShutReason | "full" };

/**
 * Somebody stands at the door: lets them in, puts them into the lobby, or says why not. Whoever registered has a place; others need a free one.
 * Hosts and people with a part always find one. Coming again changes nothing, and who was removed stays out.
 */
export function enterSeminar(db: Db, viewer: Viewer, seminar: Permitted<"enter", SeminarSeen>, at = new Date()): Promise<EntryAnswer> {
  return oneByOne(seminar.id, () => passDoor(db, viewer, seminar, at));
}

function passDoor(db: Db, viewer: Viewer, seminar: SeminarSeen, at: Date): Promise<EntryAnswer> {
  return db.transaction(async (tx): Promise<EntryAnswer> => {
    const now = (await findVisibleSeminar(tx, viewer, seminar.id)) ?? seminar;
    const door = doorOf(viewer, now, at);
    if (door.door === "shut") return { entry: "refused", reason: door.reason };
    const { registration, role } = now.mine;
    if (door.door === "lobby") {
      if (registration !== "waiting") await setRegistration(tx, now.id, viewer.id, "waiting", viewer.id, at);
      return { entry: "waiting" };
    }
    if (registration === "admitted") return { entry: "in" };
    const hasPlace = registration === "registered" || role !== null || hostsIt(viewer, now);
    if (!hasPlace && (await countPlaces(tx, now.id)) >= now.capacity) return { entry: "refused", reason: "full" };
    await setRegistration(tx, now.id, viewer.id, "admitted", viewer.id, at);
    return { entry: "in" };
  });
}

const doors = new Map<string, Promise<unknown>>();

/**
 * At half past seven everybody comes at once, and each reads how many places are left: as serializable transactions side by side they would make
 * PostgreSQL refuse all but one and try again and again. Nothing but speed depends on this queue: two processes still give the last place once.
 */
function oneByOne<Answer>(seminarId: string, pass: () => Promise<Answer>): Promise<Answer> {
  const turn = (doors.get(seminarId) ?? Promise.resolve()).then(pass, pass);
  doors.set(seminarId, turn);
  const forget = () => {
    if (doors.get(seminarId) === turn) doors.delete(seminarId);
  };
  turn.then(forget, forget);
  return turn;
}

/**
 * A ticket to picture and sound with what the rules allow this person now. The seminar must have been entered.
 *
 * @throws LiveUnreachable when there is no media server
 */
export function ticketFor(live: LiveRooms, viewer: Viewer, seminar: Permitted<"read_chat", SeminarSeen>): Promise<LiveTicket> {
  return live.ticket(seminar.id, { id: viewer.id, name: viewer.name }, grantsFor(viewer, seminar));
}
