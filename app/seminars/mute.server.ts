import { recordSeminarEvent } from "#db/seminar-people.ts";
import type { SeminarSeen } from "#db/seminars.ts";
import type { Viewer } from "#db/viewer.ts";
import type { Permitted } from "../http/permitted.ts";
import type { LiveSource } from "./live-rooms.ts";
import type { RoomServices } from "./seminar-rooms.ts";

/**
 * Silences a microphone, or takes down a camera or screen. Its owner may switch it on again: to take the floor away, lower their hand.
 *
 * @throws LiveUnreachable when there is no media server
 */
export async function mute({ db, live, rooms }: RoomServices, host: Viewer, seminar: Permitted<"mute", SeminarSeen>, personId: string, source: LiveSource, at = new Date()): Promise<void> {
  await live.mute(seminar.id, personId, source);
  await recordSeminarEvent(db, seminar.id, "muted", { personId, byId: host.id }, at, { source });
  rooms.muted(seminar.id, personId, source);
}
