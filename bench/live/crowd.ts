/** People in the rooms, in a process of their own, forked by the bench with `Crowd` in its first word. */
import { AudioFrame, AudioSource, AudioStream, dispose, LocalAudioTrack, type RemoteTrack, Room, RoomEvent, TrackPublishOptions, TrackSource } from "@livekit/rtc-node";
import { openDoorway } from "#tests/live/doorway.ts";
import { Ear, playedFrom, STEP_MS } from "./pitches.ts";

export interface Guest {
  personId: string;
  seminarId: string;
  speaks: boolean;
  cookie: string;
}

export interface Crowd {
  /** Of our server. */
  url: string;
  guests: readonly Guest[];
  /** How many speak in a room. */
  speakers: number;
  /** Whoever goes past our server: its media server, and a ticket for each guest. */
  past?: { url: string; tickets: readonly string[] };
}

/** After everybody of this process came, or could not. */
export interface Here {
  joined: number;
  joinMs: number[];
  refused: string[];
}

/** What was heard between `listen` and `tell`. */
export interface Heard {
  /** Of each speaker and each who hears that one the share of the time. */
  shares: number[];
  /** Sound as it came, of all listeners together. */
  packets: number;
  lost: number;
  bytes: number;
}

const RATE = 48_000;
const FRAME_MS = 100;
/** What waits to be sent at most: this process may be kept from its turn for so long before anybody hears it. */
const QUEUE_MS = 1_000;
/** A listener's ear needs no more. */
const EAR_RATE = 8_000;
const EAR_FRAME_MS = 40;
const AT_ONCE = 2;

interface Person {
  guest: Guest;
  room: Room;
  ears: Ear[];
  before: { packets: number; lost: number; bytes: number };
}

const { url, guests, speakers, past } = JSON.parse(process.argv[2] ?? "") as Crowd; // as the bench writes it
const people: Person[] = [];
const here: Here = { joined: 0, joinMs: [], refused: [] };
const doorway = past ? undefined : await openDoorway(url, (request) => cookieOf(new URL(request.url ?? "", url).searchParams.get("access_token") ?? /Bearer (.+)/.exec(request.headers.authorization ?? "")?.[1] ?? ""));
const waiting = [...guests.entries()];
let listeningSince = 0;

await Promise.all(Array.from({ length: AT_ONCE }, async () => {
  for (let next = waiting.shift(); next; next = waiting.shift()) await comes(...next).catch((error: unknown) => here.refused.push(String(error)));
}));
process.on("message", (word: "listen" | "tell" | "leave") => void { listen, tell, leave }[word]().catch((error: unknown) => {
  console.error(error);
  process.exit(1);
}));
process.send?.(here);

async function comes(no: number, guest: Guest): Promise<void> {
  if (!past) await ask(guest, "enter");
  const from = performance.now();
  const ticket = past?.tickets[no] ?? ((await (await ask(guest, "ticket")).json()) as { token: string }).token; // as routes/seminars.$seminarId.ticket answers
  const room = new Room();
  // Each track that comes listens to its room.
  room.setMaxListeners(0);
  const person: Person = { guest, room, ears: [], before: { packets: 0, lost: 0, bytes: 0 } };
  room.on(RoomEvent.TrackSubscribed, (track) => void hear(track, person));
  await room.connect(past?.url ?? doorway?.url ?? "", ticket, { autoSubscribe: true, dynacast: false });
  here.joinMs.push(performance.now() - from);
  here.joined += 1;
  people.push(person);
  if (guest.speaks) await speak(room);
}

async function ask({ cookie, seminarId }: Guest, what: "enter" | "ticket"): Promise<Response> {
  const answer = await fetch(`${url}/seminars/${seminarId}/${what}`, { method: "POST", redirect: "manual", headers: { cookie, origin: url } });
  if (answer.status >= 400) throw new Error(`${what} was answered ${answer.status}`);
  return answer;
}

/** Of whoever a ticket names. */
function cookieOf(ticket: string): string {
  const { sub } = JSON.parse(Buffer.from(ticket.split(".")[1] ?? "", "base64url").toString()) as { sub: string }; // as LiveKit's tickets are
  return guests.find(({ personId }) => personId === sub)?.cookie ?? "";
}

async function speak(room: Room): Promise<void> {
  const source = new AudioSource(RATE, 1, QUEUE_MS);
  await room.localParticipant?.publishTrack(LocalAudioTrack.createAudioTrack("microphone", source), new TrackPublishOptions({ source: TrackSource.SOURCE_MICROPHONE }));
  const count = (RATE * FRAME_MS) / 1_000;
  const play = async () => {
    for (let from = 0; room.isConnected; from += count) await source.captureFrame(new AudioFrame(playedFrom(from, count, RATE), RATE, 1, count));
  };
  void play();
}

async function hear(track: RemoteTrack, { ears }: Person): Promise<void> {
  const ear = new Ear();
  ears.push(ear);
  const sound = new AudioStream(track, { sampleRate: EAR_RATE, numChannels: 1, frameSizeMs: EAR_FRAME_MS }).getReader();
  for (let next = await sound.read(); !next.done; next = await sound.read()) ear.listen(next.value.data, next.value.sampleRate);
}

async function listen(): Promise<void> {
  for (const person of people) {
    person.before = await receivedBy(person.room);
    for (const ear of person.ears) ear.heard = 0;
  }
  listeningSince = performance.now();
}

async function tell(): Promise<void> {
  const steps = Math.floor((performance.now() - listeningSince) / STEP_MS);
  const told: Heard = { shares: people.flatMap(({ ears, guest }) => Array.from({ length: guest.speaks ? speakers - 1 : speakers }, (_, no) => Math.min(1, (ears[no]?.heard ?? 0) / steps))), packets: 0, lost: 0, bytes: 0 };
  for (const { room, before } of people) {
    const now = await receivedBy(room);
    for (const key of ["packets", "lost", "bytes"] as const) told[key] += now[key] - before[key];
  }
  process.send?.(told);
}

async function receivedBy(room: Room): Promise<Person["before"]> {
  const sum = { packets: 0, lost: 0, bytes: 0 };
  const { publisherStats, subscriberStats } = await room.getRtcStats();
  // Where both directions go over one line, it is the publisher's.
  for (const { stats } of [...publisherStats, ...subscriberStats]) {
    if (stats.case !== "inboundRtp") continue;
    sum.packets += Number(stats.value.received?.packetsReceived ?? 0);
    sum.lost += Number(stats.value.received?.packetsLost ?? 0);
    sum.bytes += Number(stats.value.inbound?.bytesReceived ?? 0);
  }
  return sum;
}

async function leave(): Promise<void> {
  await Promise.all(people.map(({ room }) => room.disconnect()));
  await dispose();
  process.exit(0);
}
