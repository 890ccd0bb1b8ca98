import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { AccessToken } from "livekit-server-sdk";
import { openDb } from "#db/open.ts";
import type { Db } from "#db/types.ts";
import type { Viewer } from "#db/viewer.ts";
import { type Running, running } from "#tests/e2e/running.ts";
import { aMember, aStudio } from "#tests/factories.ts";
import { livekitProgram } from "#tests/live/program.ts";
import { aSeminar } from "#tests/seminars/setting.ts";
import { NotThere } from "../bench.ts";
import { START_PATIENCE_MS } from "../process/patience.ts";
import { SECRET, signedInAs } from "../province/accounts.ts";
import type { Guest } from "./crowd.ts";

/** The whole server with its media server, and seminars that are going on. */
export interface LiveHouse {
  url: string;
  pid: number;
  media: { pid: number; url: string };
  guests: readonly Guest[];
  /** A ticket that the media server honours without our having been asked. */
  ticketFor(guest: Guest): Promise<string>;
  stop(): Promise<void>;
}

const PATIENCE_MS = 60_000;

/**
 * @param people everybody, spread evenly over the rooms; the first ones of each speak
 * @throws NotThere without a media server
 */
export async function liveHouse({ rooms, people, speakers }: { rooms: number; people: number; speakers: number }): Promise<LiveHouse> {
  const program = livekitProgram();
  if (!program) throw new NotThere("no livekit-server could be found or built (Go 1.26 and the module proxy are needed)");
  const dataDir = mkdtempSync(join(tmpdir(), "tongyan-live-"));
  // The name by which the server finds it in its data folder.
  const open = await openDb(join(dataDir, "demo.sqlite"));
  const seats = await seminarsUnderWay(open.db, { rooms, people, speakers });
  const cookies = await signedInAs(open, "http://localhost", seats.map(({ personId }) => personId));
  await open.close();
  const server = await running({ mode: "empty", dataDir, patience: START_PATIENCE_MS, env: { SECRET, PATH: `${dirname(program)}:${process.env.PATH}` } });
  const stop = async () => {
    await server.stop();
    rmSync(dataDir, { recursive: true, force: true });
  };
  try {
    const media = await mediaServer(server);
    const keys = JSON.parse(readFileSync(join(dataDir, "livekit/keys.json"), "utf8")) as { apiKey: string; apiSecret: string }; // written by server/live/supervise.ts
    const ticketFor = async ({ personId, seminarId, speaks }: Guest) => {
      const token = new AccessToken(keys.apiKey, keys.apiSecret, { identity: personId });
      token.addGrant({ room: `without-us-${seminarId}`, roomJoin: true, canSubscribe: true, canPublish: speaks });
      return token.toJwt();
    };
    return { url: server.url, pid: server.pid, media, guests: seats.map((seat) => ({ ...seat, cookie: cookies.get(seat.personId) ?? "" })), ticketFor, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function seminarsUnderWay(db: Db, { rooms, people, speakers }: { rooms: number; people: number; speakers: number }): Promise<Omit<Guest, "cookie">[]> {
  const studio = await aStudio(db);
  const now = Date.now();
  const seats: Omit<Guest, "cookie">[] = [];
  for (let room = 0; room < rooms; room += 1) {
    const inside: Viewer[] = [];
    for (let no = room; no < people; no += rooms) inside.push(await aMember(db, studio, "young_teacher"));
    const [host] = inside;
    if (!host) throw new Error("a room has nobody");
    const { id } = await aSeminar(db, studio, host, { state: "live", capacity: people, startsAt: new Date(now - 600_000), endsAt: new Date(now + 3_600_000), startedAt: new Date(now - 600_000) });
    seats.push(...inside.map((person, no) => ({ personId: person.id, seminarId: id, speaks: no < speakers })));
  }
  return seats;
}

async function mediaServer({ url, dataDir }: Running): Promise<{ pid: number; url: string }> {
  for (const until = Date.now() + PATIENCE_MS; Date.now() < until; await pause(200)) {
    const { parts } = (await (await fetch(`${url}/readyz`)).json()) as { parts: { live: { reason?: string } } }; // as server/web.ts answers
    if (parts.live.reason !== undefined) continue;
    const { pid, port } = JSON.parse(readFileSync(join(dataDir, "livekit/running.json"), "utf8")) as { pid: number; port: number }; // written by server/live/supervise.ts
    return { pid, url: `ws://127.0.0.1:${port}` };
  }
  throw new Error("the media server does not answer");
}
