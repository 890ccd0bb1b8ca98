import type { WebSocket } from "ws";
import { mayEnter } from "#app/seminars/access.server.ts";
import { grantsFor, hostsIt } from "#app/seminars/policy.ts";
import { type MayInRoom, type MessageInRoom, PEOPLE_LISTED, type PeopleInRoom, type PersonInRoom, ROOM_CLOSE, type SeminarInRoom, type ToPage } from "#app/seminars/room-protocol.ts";
import type { RoomChange } from "#app/seminars/seminar-rooms.ts";
import { listRegistered, seminarRolesOf } from "#db/seminar-people.ts";
import { listLatestMessages, listMessagesAfter, listOpenHands, type Message } from "#db/seminar-talk.ts";
import { COMING_STATES, findSeminar, type Seminar, type SeminarRoleName, type SeminarSeen } from "#db/seminars.ts";
import type { Db } from "#db/types.ts";
import type { Viewer } from "#db/viewer.ts";
import type { Inhabitant } from "./elsewhere.ts";

/** One page of one person in a room. */
export interface Seat {
  socket: WebSocket;
  /** The id of its stay, when it is inside and not in the lobby. */
  stayId: string | null;
  viewer: Viewer;
  channel: "text" | "webrtc";
  may: MayInRoom;
  /** Asks the session again: null when it has ended. */
  again(): Promise<Viewer | null>;
  /** Writes the stay of somebody who was in the lobby and is let in. */
  comesIn(): Promise<void>;
}

/** The same room in other processes. */
export interface RoomElsewhere {
  people(): readonly Inhabitant[];
  /** Says who is here. */
  tell(people: readonly Inhabitant[]): void;
}

/** Changes within this time go out together: a big room must not be told of every single coming and going. */
const GATHER_MS = 60;
const GATHER_PEOPLE_MS = 1_000;
const MESSAGES_AT_ONCE = 100;

/** One seminar's open room in this process. It keeps nothing that is not in the database but who is connected; what changed is read again, then told. */
export class Room {
  readonly seats = new Set<Seat>();
  /** Pages that are here or on their way in: the room is kept while there are any. */
  pages = 0;
  readonly #db: Db;
  readonly #seminarId: string;
  readonly #report: (error: unknown) => void;
  readonly #elsewhere: RoomElsewhere;
  #lastMessage: string | null = null;
  #dirty = new Set<RoomChange | "presence">();
  /** Whom to ask again: some people, or everybody. */
  #doubtful: Set<string> | "all" = new Set();
  /** Who had the floor when the hands were last told. */
  #floor = new Set<string>();
  #timer: NodeJS.Timeout | undefined;
  #peopleAt = 0;
  #work: Promise<void> = Promise.resolve();

  constructor(db: Db, seminarId: string, elsewhere: RoomElsewhere, report: (error: unknown) => void) {
    this.#db = db;
    this.#seminarId = seminarId;
    this.#elsewhere = elsewhere;
    this.#report = report;
  }

  /** Gives a page everything it needs to begin, in order with whatever is told to the room. */
  enter(seat: Seat, after: string | null): Promise<void> {
    return this.#inTurn(async () => {
      const seminar = await findSeminar(this.#db, this.#seminarId);
      if (!seminar) return;
      if (this.#lastMessage === null) {
        this.#lastMessage = (await listLatestMessages(this.#db, this.#seminarId, { limit: 1 })).at(-1)?.id ?? "";
        this.#floor = new Set((await this.#hands()).filter((hand) => hand.calledAt).map((hand) => hand.personId));
      }
      if (!seat.stayId) {
        this.seats.add(seat);
        send(seat, { type: "waiting" });
        this.changed("people", []);
        return;
      }
      await this.#welcome(seat, seminar, after);
      this.seats.add(seat);
      this.changed("presence");
    });
  }

  leave(seat: Seat): void {
    if (this.seats.delete(seat)) this.changed("presence");
  }

  changed(what: RoomChange | "presence", personIds?: readonly string[]): void {
    this.#dirty.add(what);
    if (what === "people") {
      if (!personIds) this.#doubtful = "all";
      else if (this.#doubtful !== "all") for (const id of personIds) this.#doubtful.add(id);
    }
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      void this.#inTurn(() => this.#tell());
    }, GATHER_MS);
  }

  /** Resolves when everything that changed so far has been told. */
  settled(): Promise<void> {
    return this.#work;
  }

  tell(message: ToPage, to: (seat: Seat) => boolean = () => true): void {
    const frame = JSON.stringify(message);
    for (const seat of this.seats) if (seat.stayId && to(seat)) sendFrame(seat, frame);
  }

  /** Asks those inside again; who may no longer be here is shown out, whose rights changed is told. */
  recheck(meant: (seat: Seat) => boolean): Promise<void> {
    return this.#inTurn(() => this.#recheck(meant));
  }

  async #welcome(seat: Seat, seminar: Seminar, after: string | null): Promise<void> {
    // Up to the last message that the room was told of: what comes later is told to this page as to all others.
    const until = this.#lastMessage ?? "";
    const missed = after ? await listMessagesAfter(this.#db, this.#seminarId, after, MESSAGES_AT_ONCE + 1) : await listLatestMessages(this.#db, this.#seminarId, { limit: MESSAGES_AT_ONCE });
    const messages = missed.slice(0, MESSAGES_AT_ONCE).filter((one) => one.id <= until);
    const more = after ? missed.length > MESSAGES_AT_ONCE : missed.length === MESSAGES_AT_ONCE;
    const roles = await seminarRolesOf(this.#db, this.#seminarId);
    send(seat, {
      type: "welcome",
      me: { id: seat.viewer.id, name: seat.viewer.name },
      may: seat.may,
      seminar: shownSeminar(seminar),
      people: this.#people(seminar, roles, seat),
      hands: await this.#hands(),
      messages: messages.map(shownMessage),
      more,
      ...(seat.may.host ? await this.#atTheDoor() : { lobby: [], removed: [] }),
    });
  }

  async #tell(): Promise<void> {
    const dirty = this.#dirty;
    const doubtful = this.#doubtful;
    this.#dirty = new Set();
    this.#doubtful = new Set();
    if (this.seats.size === 0) return;
    const seminar = dirty.has("seminar") ? await findSeminar(this.#db, this.#seminarId) : undefined;
    const over = seminar !== undefined && !isComing(seminar);
    if (over || doubtful === "all") await this.#recheck(() => true);
    else if (doubtful.size > 0) await this.#recheck((seat) => doubtful.has(seat.viewer.id));
    if (dirty.has("messages")) await this.#tellMessages();
    if (dirty.has("hands")) await this.#tellHands();
    if (dirty.has("people")) {
      const atTheDoor = await this.#atTheDoor();
      this.tell({ type: "lobby", ...atTheDoor }, (seat) => seat.may.host);
    }
    if (dirty.has("people") || dirty.has("presence")) await this.#tellPeople();
    if (seminar) this.tell({ type: "seminar", seminar: shownSeminar(seminar) });
  }

  async #tellHands(): Promise<void> {
    const hands = await this.#hands();
    const floor = new Set(hands.filter((hand) => hand.calledAt).map((hand) => hand.personId));
    const changed = [...floor, ...this.#floor].filter((id) => floor.has(id) !== this.#floor.has(id));
    this.#floor = floor;
    if (changed.length > 0) await this.#recheck((seat) => changed.includes(seat.viewer.id));
    this.tell({ type: "hands", hands });
  }

  async #tellMessages(): Promise<void> {
    for (;;) {
      const fresh = await listMessagesAfter(this.#db, this.#seminarId, this.#lastMessage, MESSAGES_AT_ONCE);
      if (fresh.length === 0) return;
      this.#lastMessage = fresh.at(-1)?.id ?? this.#lastMessage;
      this.tell({ type: "messages", messages: fresh.map(shownMessage) });
      if (fresh.length < MESSAGES_AT_ONCE) return;
    }
  }

  /** Small rooms hear at once who came; big ones at most once a second, or a thousand comings would be a million frames. */
  async #tellPeople(): Promise<void> {
    const wait = this.seats.size > 30 ? this.#peopleAt + GATHER_PEOPLE_MS - Date.now() : 0;
    if (wait > 0) {
      setTimeout(() => this.changed("presence"), wait).unref();
      return;
    }
    this.#peopleAt = Date.now();
    this.#elsewhere.tell(this.inhabitants());
    const seminar = await findSeminar(this.#db, this.#seminarId);
    if (seminar) this.tell({ type: "people", people: this.#people(seminar, await seminarRolesOf(this.#db, this.#seminarId)) });
  }

  /** Who is inside by pages of this process, once each. */
  inhabitants(joining?: Seat): Inhabitant[] {
    const inside = [...this.seats, ...(joining ? [joining] : [])].filter((seat) => seat.stayId);
    return onceEach(inside.map(({ viewer: { id, name }, channel }) => ({ id, name, channel })));
  }

  #people(seminar: Seminar, roles: ReadonlyMap<string, SeminarRoleName>, joining?: Seat): PeopleInRoom {
    const people = new Map<string, PersonInRoom>();
    for (const one of onceEach([...this.inhabitants(joining), ...this.#elsewhere.people()])) people.set(one.id, { ...one, role: roles.get(one.id) ?? (seminar.hostId === one.id ? "host" : null) });
    const rank = (one: PersonInRoom) => (one.role === "host" ? 0 : one.role === "cohost" ? 1 : one.role !== null && one.role !== "attendee" ? 2 : 3);
    const listed = [...people.values()].sort((a, b) => rank(a) - rank(b)).slice(0, PEOPLE_LISTED);
    return { count: people.size, listed };
  }

  async #atTheDoor() {
    return { lobby: await listRegistered(this.#db, this.#seminarId, "waiting"), removed: await listRegistered(this.#db, this.#seminarId, "removed") };
  }

  async #hands() {
    const hands = await listOpenHands(this.#db, this.#seminarId);
    return hands.map((hand) => ({ personId: hand.personId, name: hand.name, raisedAt: hand.raisedAt.toISOString(), calledAt: hand.calledAt?.toISOString() ?? null }));
  }

  async #recheck(meant: (seat: Seat) => boolean): Promise<void> {
    for (const seat of [...this.seats].filter(meant)) {
      if (seat.socket.readyState !== seat.socket.OPEN) continue;
      const viewer = await seat.again();
      if (!viewer || viewer.id !== seat.viewer.id) {
        this.#showOut(seat, ROOM_CLOSE.signedOut);
        continue;
      }
      seat.viewer = viewer;
      const entry = await mayEnter(this.#db, viewer, this.#seminarId);
      if (!entry.in) {
        const over = entry.seminar?.state === "ended" || entry.seminar?.state === "reported";
        if (!entry.waiting || seat.stayId) this.#showOut(seat, over ? ROOM_CLOSE.over : ROOM_CLOSE.notAllowed);
        continue;
      }
      const may = mayOf(viewer, entry.seminar);
      const changed = JSON.stringify(may) !== JSON.stringify(seat.may);
      seat.may = may;
      if (!seat.stayId) {
        await seat.comesIn();
        await this.#welcome(seat, entry.seminar, null);
        this.#dirty.add("presence");
        this.changed("presence");
      } else if (changed) {
        send(seat, { type: "may", may });
      }
    }
  }

  #showOut(seat: Seat, code: number): void {
    if (code === ROOM_CLOSE.over) {
      // The page is told that it is over before its line is closed.
      void findSeminar(this.#db, this.#seminarId).then((seminar) => {
        if (seminar) send(seat, { type: "seminar", seminar: shownSeminar(seminar) });
        seat.socket.close(code);
      }, () => seat.socket.close(code));
    } else seat.socket.close(code);
    this.leave(seat);
  }

  #inTurn(work: () => Promise<void>): Promise<void> {
    const turn = this.#work.then(work);
    this.#work = turn.catch((error: unknown) => this.#report(error));
    return turn;
  }
}

/** Whoever has picture and sound on one page has them. */
function onceEach(people: readonly Inhabitant[]): Inhabitant[] {
  const known = new Map<string, Inhabitant>();
  for (const one of people) if (known.get(one.id)?.channel !== "webrtc") known.set(one.id, one);
  return [...known.values()];
}

export function mayOf(viewer: Viewer, seminar: SeminarSeen): MayInRoom {
  return { ...grantsFor(viewer, seminar), host: hostsIt(viewer, seminar) };
}

/** A page that reads slower than this many bytes behind is cut off: it comes back and catches up, and the rest of the room does not wait in our memory. */
const BEHIND_BYTES = 4 * 1024 * 1024;

export function send(seat: Pick<Seat, "socket">, message: ToPage): void {
  sendFrame(seat, JSON.stringify(message));
}

function sendFrame({ socket }: Pick<Seat, "socket">, frame: string): void {
  if (socket.readyState !== socket.OPEN) return;
  if (socket.bufferedAmount > BEHIND_BYTES) return socket.terminate();
  socket.send(frame);
}

function isComing({ state }: Seminar): boolean {
  return COMING_STATES.some((one) => one === state);
}

function shownSeminar(seminar: Seminar): SeminarInRoom {
  return { state: seminar.state, agendaAt: seminar.agendaAt, startedAt: seminar.startedAt?.toISOString() ?? null, endedAt: seminar.endedAt?.toISOString() ?? null };
}

function shownMessage({ id, personId, name, body, at, removed, clientKey }: Message): MessageInRoom {
  return { id, personId, name, body, at: at.toISOString(), removed, clientKey };
}
