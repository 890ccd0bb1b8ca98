import type { Costly } from "#app/http/costly.ts";
import type { JobPayloads } from "#db/jobs.ts";
import type { LiveSource } from "#app/seminars/live-rooms.ts";
import type { RoomChange } from "#app/seminars/seminar-rooms.ts";
import type { Inhabitant } from "../room/elsewhere.ts";

/** What the processes of one installation tell each other. Nothing here is the only place of anything: what is lost is read again from the database. */
export interface WireWords {
  /** Updates that have been committed to the log; bytes in base64. */
  "doc.updates": { docId: string; update: string }[];
  /** Who is in a document and where; an awareness update in base64. */
  "doc.presence": { docId: string; states: string };
  /** Somebody opened a document: those who have people in it say who. */
  "doc.who": { docId: string };
  /** Rights have changed: everybody asks again who is inside. */
  "access.changed": JobPayloads["access.changed"];
  "room.changed": { seminarId: string; what: RoomChange; personIds?: readonly string[] };
  "room.messageRemoved": { seminarId: string; messageId: string };
  "room.muted": { seminarId: string; personId: string; source: LiveSource };
  /** The people that one process has in a room. */
  "room.people": { seminarId: string; people: readonly Inhabitant[] };
  "room.who": { seminarId: string };
  /** A wrong password was given for an account: a person's id, or the keyed hash of a login that is nobody's. */
  "password.wrong": { account: string };
  /** The right one was: the wrong ones are forgotten. */
  "password.right": { account: string };
  /** One of a rare act was taken by an address or a person, of whom this says a keyed hash. */
  "allowance.taken": { kind: "address" | "person"; who: string; act: Costly; amount: number };
}

export type WireKind = keyof WireWords;

/** The line between the processes of one installation. */
export interface Wire {
  /** Tells all other processes. Never throws and never waits: while the line is away, what is said is lost. */
  say<Kind extends WireKind>(kind: Kind, word: WireWords[Kind]): void;
  /** @param listener given what another process said, and which process it was */
  on<Kind extends WireKind>(kind: Kind, listener: (word: WireWords[Kind], from: string) => void): void;
  /** Calls back when words may have been lost: once when the line is back, and every second while it is away. */
  onGap(listener: () => void): void;
  /** Why the line is away, or undefined. */
  state(): { ready: true } | { ready: false; reason: string };
  close(): Promise<void>;
}

/** The line of an installation that has only one process. */
export const nobodyElse: Wire = {
  say: () => undefined,
  on: () => undefined,
  onGap: () => undefined,
  state: () => ({ ready: true }),
  close: async () => undefined,
};
