import type { HandInRoom, MayInRoom, MessageInRoom, PeopleInRoom, SeminarInRoom, ToPage } from "../room-protocol.ts";

/** What a page knows of its room. */
export interface RoomNow {
  seminar: SeminarInRoom;
  may: MayInRoom;
  people: PeopleInRoom;
  hands: readonly HandInRoom[];
  messages: readonly MessageInRoom[];
  /** For hosts: who waits to be let in, and who was sent out. */
  lobby: readonly { personId: string; name: string }[];
  removed: readonly { personId: string; name: string }[];
}

/** What the room says over its line, or what the page was given anew. `whole`: the line is away, so all of it counts and not only the talk. */
export type RoomNews = ToPage | { type: "loaded"; room: RoomNow; whole: boolean };

/** So many messages stay on a page that is open all evening. */
const MESSAGES_KEPT = 500;

/** The room after some news. A message that is heard twice is there once, and what was taken away stays away. */
export function roomAfter(now: RoomNow, news: RoomNews): RoomNow {
  switch (news.type) {
    case "loaded":
      return { ...(news.whole ? news.room : now), messages: together(now.messages, news.room.messages) };
    case "welcome":
      return { seminar: news.seminar, may: news.may, people: news.people, hands: news.hands, lobby: news.lobby, removed: news.removed, messages: together(now.messages, news.messages) };
    case "messages":
      return { ...now, messages: together(now.messages, news.messages) };
    case "messageRemoved":
      return { ...now, messages: now.messages.map((one) => (one.id === news.messageId ? { ...one, removed: true, body: "" } : one)) };
    case "people":
      return { ...now, people: news.people };
    case "hands":
      return { ...now, hands: news.hands };
    case "lobby":
      return { ...now, lobby: news.lobby, removed: news.removed };
    case "seminar":
      return { ...now, seminar: news.seminar };
    case "may":
      return { ...now, may: news.may };
    case "waiting":
    case "kept":
    case "muted":
    case "refused":
    case "beat":
      return now;
  }
}

function together(known: readonly MessageInRoom[], fresh: readonly MessageInRoom[]): readonly MessageInRoom[] {
  const all = new Map(known.map((one) => [one.id, one]));
  for (const one of fresh) if (!all.get(one.id)?.removed) all.set(one.id, one);
  return [...all.values()].sort((a, b) => (a.id < b.id ? -1 : 1)).slice(-MESSAGES_KEPT);
}
