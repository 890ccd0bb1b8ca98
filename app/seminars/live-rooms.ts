/** What a seminar needs of picture and sound. `server/live` keeps the promise with LiveKit. */
export interface LiveRooms {
  /** Whether picture and sound can be had now, and if not, why: a key of the dictionary room `seminars`. */
  state(): LiveState;
  /**
   * A ticket of a few minutes for one person. It opens nothing by itself: the gate at `/rtc` asks for session and right at every handshake.
   * The page connects to its own origin: `room.connect(location.origin, token, { rtcConfig: { iceServers } })`.
   * Without `iceServers` of ours the client would ask public STUN servers, which nobody here configured.
   *
   * @throws LiveUnreachable when there is no media server
   */
  ticket(seminarId: string, person: { id: string; name: string }, grants: LiveGrants): Promise<LiveTicket>;
  /** Changes what somebody inside may send, at once. Not being inside is no error: the next ticket says the same. */
  allow(seminarId: string, personId: string, grants: LiveGrants): Promise<void>;
  /** Silences one microphone, or takes down one camera or screen. Not being inside is no error. */
  mute(seminarId: string, personId: string, source: LiveSource): Promise<void>;
  /** Sends somebody out; the gate keeps them out as long as the seminar's rules say so. Not being inside is no error. */
  remove(seminarId: string, personId: string): Promise<void>;
  /** Ends the room for everybody. A room that is not there is no error. */
  close(seminarId: string): Promise<void>;
}

export type LiveState = { ready: true } | { ready: false; reason: "installing" | "starting" | "missing" | "down"; detail?: string };

export type LiveSource = "microphone" | "camera" | "screen";

export interface LiveTicket {
  token: string;
  iceServers: { urls: string[]; username?: string; credential?: string }[];
}

export interface LiveGrants {
  /** Camera, microphone. */
  speak: boolean;
  shareScreen: boolean;
}

/** Where somebody tries before a seminar whether picture and sound reach them: a room of their own, in which nobody sends anything. No seminar's id looks like this. */
export function tryingRoom(personId: string): string {
  return `try-${personId}`;
}

/** The media server does not answer. Acts that are ours alone go on without it; pages say so where picture and sound would be. */
export class LiveUnreachable extends Error {
  override name = "LiveUnreachable";
}

/** For acts whose truth is in the database: what the media server cannot be told now, the gate and the sweep make up for. */
export async function unlessUnreachable(told: Promise<void>): Promise<void> {
  try {
    await told;
  } catch (error) {
    if (!(error instanceof LiveUnreachable)) throw error;
  }
}
