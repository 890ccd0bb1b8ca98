import type { Db } from "#db/types.ts";
import type { LiveRooms, LiveSource } from "./live-rooms.ts";

/**
 * The open rooms of this server: chat, hands and people, by our own socket. `server/room` keeps the promise.
 * Acts write to the database first and then say what changed; the room reads it again and tells everybody inside.
 */
export interface SeminarRooms {
  /** @param personIds whose rights or admission changed, where it is known; otherwise everybody inside is asked */
  changed(seminarId: string, what: RoomChange, personIds?: readonly string[]): void;
  /** A host took a message out of sight. */
  messageRemoved(seminarId: string, messageId: string): void;
  /** Somebody's microphone, camera or screen was taken down by the host: their page shows it. */
  muted(seminarId: string, personId: string, source: LiveSource): void;
}

/** `people`: rights, roles or admission, so that everybody inside is asked again; the rest is what it says. */
export type RoomChange = "messages" | "hands" | "people" | "seminar";

/** What the acts in a room reach: the request's context has it all. */
export interface RoomServices {
  db: Db;
  live: LiveRooms;
  rooms: SeminarRooms;
}
