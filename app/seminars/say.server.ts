import { recordSeminarEvent } from "#db/seminar-people.ts";
import { countMessagesSince, findMessage, findSentMessage, insertMessage, removeMessage } from "#db/seminar-talk.ts";
import type { SeminarSeen } from "#db/seminars.ts";
import type { Viewer } from "#db/viewer.ts";
import type { Permitted } from "../http/permitted.ts";
import type { RoomServices } from "./seminar-rooms.ts";

export const MESSAGE_LENGTH = 2_000;
/** Messages that one person may send in `FLOOD_WINDOW_MS`: more than anybody types, fewer than a script sends. */
export const FLOOD_COUNT = 12;
export const FLOOD_WINDOW_MS = 15_000;

export type SayAnswer = { messageId: string } | { refused: "empty" | "too_long" | "slow_down" };

/** Says something in the chat: kept first, then shown to everybody. The same `clientKey` is one message, however often it is sent. */
export async function say({ db, rooms }: RoomServices, speaker: Viewer, seminar: Permitted<"say", SeminarSeen>, given: { body: string; clientKey: string }, at = new Date()): Promise<SayAnswer> {
  const body = given.body.replace(/\r\n?/g, "\n").trim();
  if (body === "") return { refused: "empty" };
  // Counted as people count, not in UTF-16 units: an emoji or a rare character is one.
  if ([...body].length > MESSAGE_LENGTH) return { refused: "too_long" };
  const answer = await db.transaction(async (tx): Promise<SayAnswer> => {
    const sent = await countMessagesSince(tx, seminar.id, speaker.id, new Date(at.getTime() - FLOOD_WINDOW_MS));
    const kept = { seminarId: seminar.id, personId: speaker.id, body, clientKey: given.clientKey, at };
    if (sent < FLOOD_COUNT) return { messageId: (await insertMessage(tx, kept)).id };
    const known = await findSentMessage(tx, seminar.id, speaker.id, given.clientKey);
    return known ? { messageId: known } : { refused: "slow_down" };
  });
  if ("messageId" in answer) rooms.changed(seminar.id, "messages");
  return answer;
}

/** Takes a message out of everybody's sight; that it was there, who took it away and when, stays on record. */
export async function takeMessageAway({ db, rooms }: RoomServices, host: Viewer, seminar: Permitted<"remove_message", SeminarSeen>, messageId: string, at = new Date()): Promise<void> {
  await db.transaction(async (tx) => {
    const message = await findMessage(tx, seminar.id, messageId);
    if (!message || message.removed) return;
    await removeMessage(tx, seminar.id, messageId, host.id, at);
    await recordSeminarEvent(tx, seminar.id, "message_removed", { personId: message.personId, byId: host.id }, at, { messageId });
  });
  rooms.messageRemoved(seminar.id, messageId);
}
