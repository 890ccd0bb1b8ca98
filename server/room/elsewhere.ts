import type { PersonInRoom } from "#app/seminars/room-protocol.ts";
import type { SeminarRooms } from "#app/seminars/seminar-rooms.ts";
import type { Wire } from "../wire/wire.ts";

/** Somebody who is in a room by some page. */
export type Inhabitant = Pick<PersonInRoom, "id" | "name" | "channel">;

interface Told {
  people: readonly Inhabitant[];
  until: number;
}

/** Acts reach the open rooms of this process and, over the line, those of all others. */
export function roomsEverywhere(here: SeminarRooms, wire: Wire): SeminarRooms {
  wire.on("room.changed", ({ seminarId, what, personIds }) => here.changed(seminarId, what, personIds));
  wire.on("room.messageRemoved", ({ seminarId, messageId }) => here.messageRemoved(seminarId, messageId));
  wire.on("room.muted", ({ seminarId, personId, source }) => here.muted(seminarId, personId, source));
  return {
    changed(seminarId, what, personIds) {
      here.changed(seminarId, what, personIds);
      wire.say("room.changed", { seminarId, what, ...(personIds && { personIds }) });
    },
    messageRemoved(seminarId, messageId) {
      here.messageRemoved(seminarId, messageId);
      wire.say("room.messageRemoved", { seminarId, messageId });
    },
    muted(seminarId, personId, source) {
      here.muted(seminarId, personId, source);
      wire.say("room.muted", { seminarId, personId, source });
    },
  };
}

/** Who is in the rooms by pages that are connected to other processes. A process that is heard of no more takes its people with it. */
export class Elsewhere {
  readonly #wire: Wire;
  readonly #lastsMs: number;
  readonly #rooms = new Map<string, Map<string, Told>>();

  /**
   * @param here who is in an open room of this process; undefined when it has none open
   * @param changed told when somebody came or went elsewhere
   * @param lastsMs how long what a process said holds
   */
  constructor(wire: Wire, here: (seminarId: string) => readonly Inhabitant[] | undefined, changed: (seminarId: string) => void, lastsMs: number) {
    this.#wire = wire;
    this.#lastsMs = lastsMs;
    wire.on("room.people", ({ seminarId, people }, from) => {
      const room = this.#rooms.get(seminarId) ?? new Map<string, Told>();
      const before = JSON.stringify(room.get(from)?.people ?? []);
      if (people.length > 0) room.set(from, { people, until: Date.now() + lastsMs });
      else room.delete(from);
      if (room.size > 0) this.#rooms.set(seminarId, room);
      else this.#rooms.delete(seminarId);
      if (JSON.stringify(people) !== before) changed(seminarId);
    });
    wire.on("room.who", ({ seminarId }) => {
      const people = here(seminarId);
      if (people) this.tell(seminarId, people);
    });
  }

  people(seminarId: string): Inhabitant[] {
    const now = Date.now();
    return [...(this.#rooms.get(seminarId)?.values() ?? [])].flatMap(({ people, until }) => (until > now ? people : []));
  }

  /** To be said again before `lastsMs` is over, as long as it holds. */
  tell(seminarId: string, people: readonly Inhabitant[]): void {
    this.#wire.say("room.people", { seminarId, people });
  }

  /** A room was opened here: the others say whom they have in it. */
  ask(seminarId: string): void {
    this.#wire.say("room.who", { seminarId });
  }

  /** Forgets those who are heard of no more. @returns the rooms that they were in */
  sweep(): string[] {
    const [now, left] = [Date.now(), new Set<string>()];
    for (const [seminarId, room] of this.#rooms) {
      for (const [from, { until }] of room) {
        if (until > now) continue;
        room.delete(from);
        left.add(seminarId);
      }
      if (room.size === 0) this.#rooms.delete(seminarId);
    }
    return [...left];
  }
}
