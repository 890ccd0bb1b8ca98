import type { LocalParticipant, Participant, RemoteTrackPublication, Room, Track } from "livekit-client";
import { useCallback, useEffect, useRef, useState } from "react";
import type { LiveSource } from "../live-rooms.ts";

/** What somebody takes of picture and sound: everything, or the sound alone, which costs a twentieth. */
export type Taken = "all" | "sound";
export type LiveLine = "off" | "connecting" | "in" | "again" | "gone" | "unavailable";
/** Why there is none: the browser cannot, the server has none, or nothing comes through. */
export type LiveWhy = "browser" | "server" | "network";
/** Why a device could not be switched on. */
export type DeviceTrouble = "denied" | "none" | "busy";

export interface Face {
  id: string;
  name: string;
  mine: boolean;
  speaking: boolean;
  spokeAt: number;
  microphone: boolean;
  camera: Track | null;
  screen: Track | null;
  sounds: Track[];
}

export interface Live {
  line: LiveLine;
  why: LiveWhy;
  faces: readonly Face[];
  mine: Record<LiveSource, boolean>;
  trouble: { source: LiveSource; why: DeviceTrouble } | null;
  /** Bits a second that come and go now. */
  rate: number;
  taken: Taken;
  /** The browser plays no sound before somebody has touched the page. */
  soundBlocked: boolean;
  allowSound(): void;
  join(taken: Taken): void;
  leave(): void;
  toggle(source: LiveSource): void;
}

const RATE_MS = 3_000;
/** What was there and went, because the media server is down, is asked for so often, and not by everybody at once. */
const COME_BACK_MS = 8_000;
const OFF: Record<LiveSource, boolean> = { microphone: false, camera: false, screen: false };

/**
 * Picture and sound of a seminar. Camera and microphone are off until the person turns them on. LiveKit's client is a large piece of script: it comes when
 * somebody wants it.
 *
 * @param onChannel told when this page has picture and sound, and when no longer
 */
export function useLive(seminarId: string, onChannel: (channel: "text" | "webrtc") => void): Live {
  const [line, setLine] = useState<LiveLine>("off");
  const [why, setWhy] = useState<LiveWhy>("network");
  const [taken, setTaken] = useState<Taken>("all");
  const [trouble, setTrouble] = useState<Live["trouble"]>(null);
  const [rate, setRate] = useState(0);
  const [, redraw] = useState(0);
  const room = useRef<Room | null>(null);
  /** What this person had turned on, while it waits to come back; null when it does not. */
  const back = useRef<readonly LiveSource[] | null>(null);
  const backTimer = useRef<ReturnType<typeof setTimeout>>();
  const channel = useRef(onChannel);
  channel.current = onChannel;
  const changed = useCallback(() => redraw((count) => count + 1), []);

  const leave = useCallback(() => {
    const left = room.current;
    room.current = null;
    back.current = null;
    clearTimeout(backTimer.current);
    void left?.disconnect();
    setLine("off");
    channel.current("text");
  }, []);
  useEffect(() => () => {
    back.current = null;
    clearTimeout(backTimer.current);
    void room.current?.disconnect();
  }, []);
  useEffect(() => {
    if (line !== "in") return;
    const timer = setInterval(() => room.current && setRate(rateOf(room.current)), RATE_MS);
    return () => clearInterval(timer);
  }, [line]);

  const join = useCallback(async (wanted: Taken) => {
    setTaken(wanted);
    setTrouble(null);
    if (room.current) return takeOnly(room.current, wanted);
    const again = () => {
      clearTimeout(backTimer.current);
      setLine("gone");
      backTimer.current = setTimeout(() => void joinNow.current(takenNow.current), COME_BACK_MS * (0.75 + Math.random() / 2));
    };
    const cannot = (reason: LiveWhy) => (back.current ? again() : (setWhy(reason), setLine("unavailable")));
    if (typeof RTCPeerConnection === "undefined") return cannot("browser");
    clearTimeout(backTimer.current);
    if (!back.current) setLine("connecting");
    try {
      const response = await fetch(`/seminars/${seminarId}/ticket`, { method: "POST", headers: { accept: "application/json" } });
      const ticket = (await response.json()) as { token?: string; iceServers?: RTCIceServer[] }; // as routes/seminars.$seminarId.ticket answers
      if (!ticket.token) return cannot("server");
      const { DisconnectReason, Room: LiveKitRoom, RoomEvent } = await import("livekit-client");
      const meant: readonly unknown[] = [DisconnectReason.CLIENT_INITIATED, DisconnectReason.DUPLICATE_IDENTITY, DisconnectReason.PARTICIPANT_REMOVED, DisconnectReason.ROOM_DELETED, DisconnectReason.ROOM_CLOSED];
      const opened = new LiveKitRoom({ adaptiveStream: true, dynacast: true });
      room.current = opened;
      for (const event of [RoomEvent.ParticipantConnected, RoomEvent.ParticipantDisconnected, RoomEvent.TrackSubscribed, RoomEvent.TrackUnsubscribed, RoomEvent.TrackMuted, RoomEvent.TrackUnmuted, RoomEvent.ActiveSpeakersChanged, RoomEvent.LocalTrackPublished, RoomEvent.LocalTrackUnpublished, RoomEvent.AudioPlaybackStatusChanged] as const) opened.on(event, changed);
      opened.on(RoomEvent.TrackPublished, (publication) => publication.setSubscribed(isTaken(publication, takenNow.current)));
      opened.on(RoomEvent.Reconnecting, () => setLine("again")).on(RoomEvent.Reconnected, () => setLine("in"));
      let came = false;
      // Once the line is given up nothing is on any more.
      let wasOn: LiveSource[] = [];
      for (const event of [RoomEvent.SignalReconnecting, RoomEvent.Reconnecting] as const) opened.on(event, () => (wasOn = sourcesOn(opened)));
      opened.on(RoomEvent.Disconnected, (reason) => {
        if (room.current !== opened) return;
        room.current = null;
        if (came) back.current = meant.includes(reason) ? null : wasOn;
        cannot("network");
        channel.current("text");
      });
      await opened.connect(location.origin, ticket.token, { autoSubscribe: false, rtcConfig: { iceServers: ticket.iceServers ?? [] } });
      if (room.current !== opened) return void opened.disconnect();
      came = true;
      const wereOn = back.current ?? [];
      back.current = null;
      takeOnly(opened, takenNow.current);
      setLine("in");
      channel.current("webrtc");
      for (const source of wereOn) await toggleNow.current(source);
    } catch {
      // Whatever kept it from coming, the room goes on in words, and says so.
      room.current = null;
      cannot("network");
    }
  }, [seminarId, changed]);
  const takenNow = useRef(taken);
  takenNow.current = taken;
  const joinNow = useRef(join);
  joinNow.current = join;

  const toggle = useCallback(async (source: LiveSource) => {
    const me = room.current?.localParticipant;
    if (!me) return;
    setTrouble(null);
    try {
      if (source === "microphone") await me.setMicrophoneEnabled(!me.isMicrophoneEnabled);
      else if (source === "camera") await me.setCameraEnabled(!me.isCameraEnabled);
      else await me.setScreenShareEnabled(!me.isScreenShareEnabled);
    } catch (error) {
      const reason = troubleOf(error);
      // Whoever closes the choice of a screen has chosen none.
      if (source !== "screen" || reason !== "denied") setTrouble({ source, why: reason });
    }
    changed();
  }, [changed]);
  const toggleNow = useRef(toggle);
  toggleNow.current = toggle;

  const here = line === "in" || line === "again" ? room.current : null;
  const me = here?.localParticipant;
  return {
    line,
    why,
    faces: here && me ? [me, ...here.remoteParticipants.values()].map((one) => faceOf(one, me)) : [],
    mine: me ? { microphone: me.isMicrophoneEnabled, camera: me.isCameraEnabled, screen: me.isScreenShareEnabled } : OFF,
    trouble,
    rate,
    taken,
    soundBlocked: here !== null && !here.canPlaybackAudio,
    allowSound: () => void room.current?.startAudio(),
    join: (wanted) => void join(wanted),
    leave,
    toggle: (source) => void toggle(source),
  };
}

/** A screen is chosen by the person each time. */
function sourcesOn({ localParticipant: me }: Room): LiveSource[] {
  return [...(me.isMicrophoneEnabled ? ["microphone" as const] : []), ...(me.isCameraEnabled ? ["camera" as const] : [])];
}

function faceOf(participant: Participant, me: LocalParticipant): Face {
  const publications = [...participant.trackPublications.values()];
  const of = (source: string) => publications.find((one) => String(one.source) === source && !one.isMuted)?.track ?? null;
  const mine = participant === me;
  return {
    id: participant.identity,
    name: participant.name || participant.identity,
    mine,
    speaking: participant.isSpeaking,
    spokeAt: participant.lastSpokeAt?.getTime() ?? 0,
    microphone: participant.isMicrophoneEnabled,
    camera: of("camera"),
    screen: of("screen_share"),
    sounds: mine ? [] : publications.flatMap((one) => (String(one.kind) === "audio" && one.track ? [one.track] : [])),
  };
}

function isTaken(publication: RemoteTrackPublication, taken: Taken): boolean {
  return taken === "all" || String(publication.kind) === "audio";
}

function takeOnly(room: Room, taken: Taken): void {
  for (const participant of room.remoteParticipants.values()) for (const publication of participant.trackPublications.values()) publication.setSubscribed(isTaken(publication, taken));
}

function rateOf(room: Room): number {
  let sum = 0;
  for (const participant of [room.localParticipant, ...room.remoteParticipants.values()]) for (const { track } of participant.trackPublications.values()) sum += track?.currentBitrate ?? 0;
  return sum;
}

/** What a browser means when it gives no device. */
export function troubleOf(error: unknown): DeviceTrouble {
  const name = error instanceof Error ? error.name : "";
  if (name === "NotAllowedError" || name === "SecurityError") return "denied";
  if (name === "NotFoundError" || name === "OverconstrainedError" || name === "DeviceUnsupportedError") return "none";
  return "busy";
}
