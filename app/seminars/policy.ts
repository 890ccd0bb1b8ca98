import type { Seminar, SeminarSeen } from "#db/seminars.ts";
import type { Viewer } from "#db/viewer.ts";
import { heads, holds, seatIn } from "../people/standing.ts";

export const SEMINAR_ACTS = [
  "edit", "cancel", "register", "enter", "start", "end", "read_chat", "say", "raise_hand", "speak", "share_screen",
  "admit", "remove", "mute", "give_floor", "move_agenda", "remove_message", "read_report",
] as const;
export type SeminarAct = (typeof SEMINAR_ACTS)[number];

/** What the rules look at. */
export type SeminarFacts = Pick<SeminarSeen, "hostId" | "studioId" | "groupId" | "state" | "lobby" | "startsAt" | "endsAt" | "mine">;

/** How long before its time the doors of a seminar are open; for its hosts they always are. */
export const DOORS_OPEN_MS = 30 * 60_000;

/** How long before its time a host may open a seminar: earlier it was a slip of the finger, and those who come at the time told would find it over. */
export const EARLY_MS = 24 * 3_600_000;

/** Who may call a seminar in a studio: its members but trainees and guests, and the officers of its school's or region's own. */
export function canCreateSeminar(viewer: Viewer, studio: { id: string; regionPath: readonly string[] }): boolean {
  const seat = seatIn(viewer, studio.id);
  if (seat) return seat.role === "master" || seat.role === "subject_lead" || seat.role === "young_teacher" || seat.role === "studio_assistant";
  return holds(viewer, "region_admin", { regionPath: studio.regionPath, studioId: studio.id }) || holds(viewer, "school_coordinator", { studioId: studio.id });
}

/** Whether somebody who can see a seminar may do this in it, as things stand. Time is not asked here: see `doorOf`. */
export function canOnSeminar(viewer: Viewer, act: SeminarAct, seminar: SeminarFacts): boolean {
  const hosts = hostsIt(viewer, seminar);
  const open = seminar.state === "lobby" || seminar.state === "live" || seminar.state === "paused";
  const running = seminar.state === "live" || seminar.state === "paused";
  const before = seminar.state === "draft" || seminar.state === "scheduled" || seminar.state === "postponed";
  const over = seminar.state === "ended" || seminar.state === "reported";
  const inside = seminar.mine.registration !== "removed" && (hosts || seminar.mine.registration === "admitted");
  switch (act) {
    case "edit":
    case "cancel":
      return (before || seminar.state === "lobby") && (hosts || leadsFor(viewer, seminar));
    case "register":
      return before && seminar.state !== "draft" && seminar.mine.registration !== "removed";
    case "enter":
      return (open || seminar.state === "scheduled") && seminar.mine.registration !== "removed";
    case "start":
      return hosts && (seminar.state === "scheduled" || seminar.state === "lobby" || seminar.state === "paused");
    case "end":
      return hosts && running;
    case "read_chat":
      return inside && (open || over || seminar.state === "scheduled");
    case "say":
    case "raise_hand":
      return inside && (open || seminar.state === "scheduled");
    case "speak":
      return inside && (open || seminar.state === "scheduled") && (hosts || speaksOnStage(viewer, seminar) || seminar.mine.floor);
    case "share_screen":
      return inside && (open || seminar.state === "scheduled") && (hosts || speaksOnStage(viewer, seminar));
    case "admit":
    case "remove":
    case "mute":
    case "give_floor":
    case "move_agenda":
    case "remove_message":
      return hosts && (open || seminar.state === "scheduled");
    case "read_report":
      return over && (hosts || leadsFor(viewer, seminar));
  }
}

/** Why somebody who sees a seminar cannot go in now: keys of the dictionary room `seminars`. */
export type ShutReason = "removed" | "not_yet" | "over" | "cancelled";

/** Whether the room's door is open for this person now, leads to the lobby, or is shut, and why. Capacity is asked when they enter: `enterSeminar`. */
export function doorOf(viewer: Viewer, seminar: SeminarFacts, at: Date): { door: "open" | "lobby" } | { door: "shut"; reason: ShutReason } {
  if (seminar.mine.registration === "removed") return { door: "shut", reason: "removed" };
  if (seminar.state === "ended" || seminar.state === "reported") return { door: "shut", reason: "over" };
  if (seminar.state === "cancelled" || seminar.state === "postponed") return { door: "shut", reason: "cancelled" };
  const hosts = hostsIt(viewer, seminar);
  if (seminar.state === "draft" || (seminar.state === "scheduled" && at.getTime() < seminar.startsAt.getTime() - DOORS_OPEN_MS)) {
    return hosts && seminar.state === "scheduled" ? { door: "open" } : { door: "shut", reason: "not_yet" };
  }
  if (hosts || seminar.mine.registration === "admitted" || !seminar.lobby || seminar.mine.role !== null) return { door: "open" };
  return { door: "lobby" };
}

/** Whether the host's controls are theirs. A cohost who was removed has none: they could let themselves in again. */
export function hostsIt(viewer: Pick<Viewer, "id">, seminar: Pick<SeminarFacts, "hostId" | "mine">): boolean {
  if (seminar.hostId === viewer.id) return true;
  return (seminar.mine.role === "host" || seminar.mine.role === "cohost") && seminar.mine.registration !== "removed";
}

/** Members of the studio but trainees speak when they like, and so does whoever was given a part in it; all others once the host gives them the floor. */
function speaksOnStage(viewer: Viewer, seminar: SeminarFacts): boolean {
  const { role } = seminar.mine;
  if (role !== null && role !== "attendee") return true;
  const seat = seatIn(viewer, seminar.studioId);
  return seat !== undefined && seat.role !== "trainee";
}

/** Who answers for the seminars of a studio: its master and assistant, and the head of the group whose prep it is about. */
function leadsFor(viewer: Viewer, seminar: SeminarFacts): boolean {
  const seat = seatIn(viewer, seminar.studioId);
  return seat?.role === "master" || seat?.role === "studio_assistant" || heads(seat, seminar.groupId);
}

/** The grants of a ticket, from the same rules. */
export function grantsFor(viewer: Viewer, seminar: SeminarFacts): { speak: boolean; shareScreen: boolean } {
  return { speak: canOnSeminar(viewer, "speak", seminar), shareScreen: canOnSeminar(viewer, "share_screen", seminar) };
}

/** Agenda positions that exist. */
export function isAgendaPosition(seminar: Pick<Seminar, "agenda">, position: number): boolean {
  return Number.isInteger(position) && position >= 0 && position < Math.max(1, seminar.agenda.length);
}
