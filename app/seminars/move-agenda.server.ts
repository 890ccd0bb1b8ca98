import { recordSeminarEvent } from "#db/seminar-people.ts";
import { moveSeminar, OPEN_STATES, type SeminarSeen } from "#db/seminars.ts";
import type { Viewer } from "#db/viewer.ts";
import type { Permitted } from "../http/permitted.ts";
import { isAgendaPosition } from "./policy.ts";
import type { RoomServices } from "./seminar-rooms.ts";

/** Puts the agenda at one of its points, for everybody in the room. A point that does not exist changes nothing. */
export async function moveAgenda({ db, rooms }: RoomServices, host: Viewer, seminar: Permitted<"move_agenda", SeminarSeen>, position: number, at = new Date()): Promise<void> {
  if (!isAgendaPosition(seminar, position) || position === seminar.agendaAt) return;
  await db.transaction(async (tx) => {
    const moved = await moveSeminar(tx, seminar.id, [...OPEN_STATES, "scheduled"], { agendaAt: position });
    if (moved) await recordSeminarEvent(tx, seminar.id, "agenda_moved", { byId: host.id }, at, { from: seminar.agendaAt, to: position, title: seminar.agenda[position]?.title ?? "" });
  });
  rooms.changed(seminar.id, "seminar");
}
