import { AccessToken, type ParticipantInfo, ParticipantInfo_State, RoomServiceClient, TrackSource } from "livekit-server-sdk";
import { isId } from "#db/ids.ts";
import { type LiveGrants, type LiveRooms, type LiveSource, type LiveState, LiveUnreachable } from "#app/seminars/live-rooms.ts";
import { type Relay, relayFor } from "./relay.ts";
import type { LiveServer } from "./settings.ts";

/** How long a ticket opens the door. The gate asks for session and right besides; inside, LiveKit renews it by itself. */
export const TICKET_SECONDS = 10 * 60;
const TIMEOUT_SECONDS = 4;

/** One device of one person in one room, as LiveKit lists it. */
export interface Present {
  sid: string;
  personId: string;
  joinedAt: Date;
}

export interface LiveKitRooms extends LiveRooms {
  /**
   * Who is in which room now, by seminar id. Rooms that are none of ours are left out.
   *
   * @throws LiveUnreachable
   */
  present(): Promise<Map<string, Present[]>>;
}

/** `LiveRooms` by LiveKit's own API. A room is named by its seminar's id, an identity is a person's id. */
export function makeRooms(server: () => LiveServer | undefined, state: () => LiveState, relay?: Relay): LiveKitRooms {
  const reachable = () => {
    const now = server();
    if (!now) throw new LiveUnreachable("there is no media server");
    return now;
  };
  /** Asks the API. What is not there answers `undefined`; whoever cannot be asked is unreachable. */
  const ask = async <Answer>(question: (client: RoomServiceClient) => Promise<Answer>): Promise<Answer | undefined> => {
    const { url, apiKey, apiSecret } = reachable();
    try {
      return await question(new RoomServiceClient(url, apiKey, apiSecret, { requestTimeout: TIMEOUT_SECONDS, failover: false }));
    } catch (error) {
      if (error instanceof Error && "code" in error && error.code === "not_found") return undefined;
      throw new LiveUnreachable(error instanceof Error ? error.message : String(error), { cause: error });
    }
  };

  return {
    state,
    ticket: async (seminarId, person, grants) => {
      const { apiKey, apiSecret } = reachable();
      const token = new AccessToken(apiKey, apiSecret, { identity: person.id, name: person.name, ttl: TICKET_SECONDS });
      token.addGrant({ room: seminarId, roomJoin: true, canSubscribe: true, canPublishData: false, ...publishing(grants) });
      return { token: await token.toJwt(), iceServers: relayFor(relay, person.id) };
    },
    allow: async (seminarId, personId, grants) => {
      await ask((client) => client.updateParticipant(seminarId, personId, { permission: { canSubscribe: true, canPublishData: false, ...publishing(grants) } }));
    },
    mute: async (seminarId, personId, source) => {
      const participant = await ask((client) => client.getParticipant(seminarId, personId));
      for (const track of participant?.tracks ?? []) {
        if (SOURCES[source].includes(track.source) && !track.muted) await ask((client) => client.mutePublishedTrack(seminarId, personId, track.sid, true));
      }
    },
    remove: async (seminarId, personId) => {
      try {
        await ask((client) => client.removeParticipant(seminarId, personId));
      } catch (error) {
        // LiveKit keeps silent about somebody who leaves in this very moment: they are gone, which is what was wanted.
        const people = await ask((client) => client.listParticipants(seminarId));
        if (people?.some((one) => one.identity === personId)) throw error;
      }
    },
    close: async (seminarId) => {
      await ask((client) => client.deleteRoom(seminarId));
    },
    present: async () => {
      const rooms = (await ask((client) => client.listRooms())) ?? [];
      const all = new Map<string, Present[]>();
      for (const { name } of rooms.filter((room) => isId(room.name))) {
        const people = (await ask((client) => client.listParticipants(name))) ?? [];
        all.set(name, people.filter((one) => isPersonal(one) && one.state === ParticipantInfo_State.ACTIVE).map((one) => ({ sid: one.sid, personId: one.identity, joinedAt: joinedAtOf(one) })));
      }
      return all;
    },
  };
}

/** When a participant came, in milliseconds where the media server says so. */
export function joinedAtOf(participant: Pick<ParticipantInfo, "joinedAt" | "joinedAtMs">): Date {
  return new Date(participant.joinedAtMs > 0n ? Number(participant.joinedAtMs) : Number(participant.joinedAt) * 1000);
}

/** `ParticipantInfo_Kind.STANDARD`, which the SDK does not hand on: a person's client, and no recorder, caller or agent. */
const STANDARD: ParticipantInfo["kind"] = 0;

/** Whether a participant is a person's own client. */
export function isPersonal(participant: Pick<ParticipantInfo, "kind" | "identity">): boolean {
  return participant.kind === STANDARD && isId(participant.identity);
}

/** The sources that somebody may publish. Without any, publishing as a whole is off: an empty list alone would mean "all". */
function publishing(grants: LiveGrants): { canPublish: boolean; canPublishSources: TrackSource[] } {
  const sources = [...(grants.speak ? [...SOURCES.microphone, ...SOURCES.camera] : []), ...(grants.shareScreen ? SOURCES.screen : [])];
  return { canPublish: sources.length > 0, canPublishSources: sources };
}

const SOURCES: Record<LiveSource, TrackSource[]> = {
  microphone: [TrackSource.MICROPHONE],
  camera: [TrackSource.CAMERA],
  screen: [TrackSource.SCREEN_SHARE, TrackSource.SCREEN_SHARE_AUDIO],
};
