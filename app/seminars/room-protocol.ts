import type { SeminarRoleName, SeminarState } from "#db/seminars.ts";
import type { LiveSource } from "./live-rooms.ts";
import type { EntryAnswer } from "./enter.server.ts";

/**
 * What goes over `/room?seminar=<id>&after=<last message id>`: one JSON object a frame, both ways. Instants are ISO strings.
 * On opening the server sends `welcome` (or `waiting`, and `welcome` once the host lets one in), with the messages after `after`, or the latest.
 * Both sides beat every `BEAT_MS`; a side that hears nothing for two and a half beats takes the line for dead.
 */
export const BEAT_MS = 15_000;
export const DEAD_MS = 2.5 * BEAT_MS;

/** How the server closes a line, and what a page does then. */
export const ROOM_CLOSE = {
  /** Our own end: the page connects again by itself, with a growing pause. */
  restart: 1012,
  /** The session ended: sign in again. */
  signedOut: 4401,
  /** Removed, or no longer allowed: say so; connecting again is refused. */
  notAllowed: 4403,
  /** The seminar is over: show its report. */
  over: 4410,
  /** The other side sent what this protocol does not know, or far too much of it. */
  nonsense: 4400,
} as const;

/** A handshake that is refused answers 401, 403, 404 or 409 (`x-entry`: why) before any frame. */
export type RefusedEntry = Extract<EntryAnswer, { entry: "refused" }>["reason"];

export interface PersonInRoom {
  id: string;
  name: string;
  role: SeminarRoleName | null;
  /** Chat alone, or picture and sound as well. */
  channel: "text" | "webrtc";
}

export interface PeopleInRoom {
  /** Everybody, however many are listed. */
  count: number;
  /** Hosts and people with a part first; at most `PEOPLE_LISTED`. */
  listed: PersonInRoom[];
}

export const PEOPLE_LISTED = 100;

export interface HandInRoom {
  personId: string;
  name: string;
  raisedAt: string;
  /** Has the floor since. */
  calledAt: string | null;
}

export interface MessageInRoom {
  id: string;
  personId: string;
  name: string;
  body: string;
  at: string;
  removed: boolean;
  clientKey: string;
}

export interface SeminarInRoom {
  state: SeminarState;
  agendaAt: number;
  startedAt: string | null;
  endedAt: string | null;
}

/** What one may do now; it changes with the floor, and with what the host does. */
export interface MayInRoom {
  speak: boolean;
  shareScreen: boolean;
  host: boolean;
}

export interface NamedPerson {
  personId: string;
  name: string;
}

export type ToPage =
  | { type: "welcome"; me: { id: string; name: string }; may: MayInRoom; seminar: SeminarInRoom; people: PeopleInRoom; hands: HandInRoom[]; messages: MessageInRoom[]; more: boolean; lobby: NamedPerson[]; removed: NamedPerson[] }
  | { type: "waiting" }
  | { type: "messages"; messages: MessageInRoom[] }
  /** One's own message is on disk. It is shown with everybody's in `messages`; sent again over a bad line, it is kept once and acknowledged again. */
  | { type: "kept"; clientKey: string; messageId: string }
  | { type: "messageRemoved"; messageId: string }
  | { type: "people"; people: PeopleInRoom }
  | { type: "hands"; hands: HandInRoom[] }
  /** For hosts alone: who waits, and who was sent out and may be let in again. */
  | { type: "lobby"; lobby: NamedPerson[]; removed: NamedPerson[] }
  | { type: "seminar"; seminar: SeminarInRoom }
  | { type: "may"; may: MayInRoom }
  | { type: "muted"; source: LiveSource }
  /** An order of one's own could not be followed: `ask` is its type, `clientKey` that of a message. */
  | { type: "refused"; ask: ToRoom["type"]; reason: RoomRefusal; clientKey?: string }
  | { type: "beat" };

export type RoomRefusal = "empty" | "too_long" | "slow_down" | "not_allowed" | "live_down" | "too_early" | "host" | "self" | "fault";

export type ToRoom =
  | { type: "say"; body: string; clientKey: string }
  | { type: "hand"; up: boolean }
  /** Whether this page has picture and sound now: shown to others, and nothing else; presence comes from the media server. */
  | { type: "channel"; channel: "text" | "webrtc" }
  | { type: "beat" }
  /* The host's. */
  | { type: "admit" | "deny" | "remove" | "call" | "lower"; personId: string }
  | { type: "admitAll" }
  | { type: "mute"; personId: string; source: LiveSource }
  | { type: "removeMessage"; messageId: string }
  | { type: "agenda"; position: number }
  | { type: "start" }
  | { type: "end" };
