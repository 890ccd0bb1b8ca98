import { cpSync, existsSync, mkdtempSync, rmSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { and, eq, gt, isNull, lt } from "drizzle-orm";
import pg from "pg";
import { inject } from "vitest";
import { engine } from "#db/dialect.ts";
import { insertPerson } from "#db/identities.ts";
import { newId } from "#db/ids.ts";
import { openDb } from "#db/open.ts";
import { jobs, persons, seats } from "#db/schema/index.ts";
import type { Db } from "#db/types.ts";
import { demoOffices } from "#server/demo/content/cast.ts";
import { demoId } from "#server/demo/ids.ts";
import { readSettings } from "#server/env.ts";
import { makeSessions } from "#server/sessions.ts";
import { startServer } from "#server/start.ts";
import { build } from "#server/starter/build.js";
import { hangFiles, openTheEvening } from "#tests/doors/evening.ts";
import { theBuild } from "#tests/doors/manifest.ts";
import { aMediaServer } from "#tests/doors/media.ts";

const SECRET = "门测试用的秘密，够长够长够长够长够长够长够长够长够长够长够长够长";

const PUBLIC_URL = "http://tongyan.example";

/** For an answer, and for jobs to be done. */
const PATIENCE_MS = 120_000;

export interface House {
  /** For looking. What writes goes through the server. */
  db: Db;
  url: string;
  /** The address of its database, for another process. */
  database: string;
  /** Every path on which a WebSocket is opened, as the server says it. */
  sockets: readonly string[];
  /** Every address that is answered before the pages, found by walking what the server listens with. */
  plain: readonly string[];
  /** People of every kind, those first who may most. */
  everyKind: readonly string[];
  /** A verified teacher without a seat. */
  stranger: string;
  /** A trainee of a studio that is not this one. */
  traineeOfAnother(studioId: string | null): string;
  /** Open seats of a studio. */
  seatsOf(studioId: string): readonly { personId: string; role: string; groupId: string | null }[];
  /** Asks as this person, or as a visitor; redirects are not followed. */
  ask(who: string | null, path: string, init?: RequestInit): Promise<Answer>;
  /** The cookies of a session of this person, as a browser would send them. */
  cookieOf(person: string): string;
  close(): Promise<void>;
}

export interface Answer {
  status: number;
  body: string;
  location: string | null;
  requestId: string;
  contentType: string;
  headers: Record<string, string>;
}

/** A house in its first state, from which houses are built that a test may change. */
export interface Blueprint {
  /** The real server on a copy of the demonstration. */
  house(): Promise<House>;
  remove(): Promise<void>;
}

/** Fills the demonstration once, lets its jobs come to an end, and keeps it as what every house starts from. */
export async function drawHouse(): Promise<Blueprint> {
  await build();
  const folder = mkdtempSync(join(existsSync("/dev/shm") ? "/dev/shm" : tmpdir(), "tongyan-doors-"));
  const first = engine === "sqlite" ? join(folder, "first.sqlite") : await newPostgresql();
  const made: string[] = [first];
  const raising = await raise(first, join(folder, "first"), { stranger: "", cookies: new Map() });
  await settled(raising.db);
  await raising.close();
  const people = await peopleAtTheDoor(first);
  const evening = await raise(first, join(folder, "first"), people);
  await openTheEvening(evening);
  await settled(evening.db);
  await evening.close();
  await hangFiles(first);
  let count = 0;
  return {
    house: async () => {
      const copy = engine === "sqlite" ? join(folder, `${++count}.sqlite`) : await newPostgresql(first);
      if (engine === "sqlite") cpSync(first, copy);
      else made.push(copy);
      const data = join(folder, `data-${newId()}`);
      cpSync(join(folder, "first"), data, { recursive: true });
      const house = await raise(copy, data, people);
      await settled(house.db);
      return house;
    },
    remove: async () => {
      rmSync(folder, { recursive: true, force: true });
      if (engine === "postgresql") for (const address of made) await onPostgresql(`DROP DATABASE ${nameOf(address)} WITH (FORCE)`);
    },
  };
}

interface People {
  stranger: string;
  cookies: Map<string, string>;
}

/** Sessions for everybody and a stranger, written while no server runs: a second writer beside one would wait for it in its own thread. */
async function peopleAtTheDoor(database: string): Promise<People> {
  const open = await openDb(database);
  const stranger = newId();
  await insertPerson(open.db, { id: stranger, name: "路生客", schoolId: null, stages: ["primary"], subjects: ["mathematics"], locale: "zh-CN", passwordHash: null, verified: { by: null, at: new Date() } }, new Date());
  const sessions = makeSessions(open, SECRET, PUBLIC_URL);
  const cookies = new Map<string, string>();
  for (const { id } of await open.db.select({ id: persons.id }).from(persons)) {
    const headers = await sessions.open(new Request(PUBLIC_URL), id);
    cookies.set(id, headers.getSetCookie().map((one) => one.split(";")[0]).join("; "));
  }
  await open.close();
  return { stranger, cookies };
}

async function raise(database: string, dataDir: string, { stranger, cookies }: People): Promise<House> {
  const media = await aMediaServer();
  const settings = readSettings([], { NODE_ENV: "production", DATA_DIR: dataDir, PORT: "0", SECRET, LOG_LEVEL: "silent", PUBLIC_URL, LIVEKIT_URL: media.url, LIVEKIT_API_KEY: "key", LIVEKIT_API_SECRET: SECRET });
  const httpServer = createServer();
  const server = await startServer({ ...settings, database, fillDemo: true }, { build: await theBuild(), httpServer });
  const open = await openDb(database);
  const cookieOf = (person: string) => {
    const cookie = cookies.get(person);
    if (!cookie) throw new Error(`${person} has no session`);
    return cookie;
  };
  const seated = await open.db.select().from(seats).where(isNull(seats.to));
  const rank = { master: 0, assistant: 1, subject_lead: 2, guest_expert: 3, young_teacher: 4, trainee: 5 } as Record<string, number>;
  const members = [...seated].sort((a, b) => (rank[a.role] ?? 9) - (rank[b.role] ?? 9) || a.personId.localeCompare(b.personId));
  const trainees = members.filter((seat) => seat.role === "trainee");
  const named = ["zhou-wenlan", "lin-yutong", "chen-jinghao", "he-lixia", "qian-muyun", "lin-tingzhou", "xu-xiaoyu"].map((key) => demoId("person", key));
  const others = members.filter((seat) => seat.role !== "trainee").map((seat) => seat.personId);
  const few = [...new Map(trainees.map((seat) => [seat.studioId, seat.personId])).values()];
  return {
    db: open.db,
    url: server.url,
    database,
    sockets: server.sockets,
    plain: plainAddresses(httpServer),
    everyKind: [...new Set([...named, ...demoOffices.map((office) => demoId("person", office.person)), ...others, ...few, demoId("person", "zhao-heyi")])],
    stranger,
    traineeOfAnother: (studioId) => {
      const other = [...trainees].reverse().find((seat) => seat.studioId !== studioId && !seated.some((one) => one.personId === seat.personId && one.studioId === studioId));
      if (!other) throw new Error("The demonstration has no trainee of another studio.");
      return other.personId;
    },
    seatsOf: (studioId) => seated.filter((seat) => seat.studioId === studioId),
    ask: async (who, path, init = {}) => {
      const headers = new Headers(init.headers);
      headers.set("accept-language", "zh-CN");
      if (who) headers.set("cookie", cookieOf(who));
      const response = await fetch(server.url + path, { signal: AbortSignal.timeout(PATIENCE_MS), ...init, headers, redirect: "manual" });
      return { status: response.status, body: await response.text(), location: response.headers.get("location"), requestId: response.headers.get("x-request-id") ?? "", contentType: response.headers.get("content-type") ?? "", headers: Object.fromEntries(response.headers) };
    },
    cookieOf,
    close: async () => {
      await server.stop();
      media.close();
      await open.close();
    },
  };
}

/** Express keeps what it was told to answer in a stack of layers, routers within routers. */
interface Layer {
  route?: { path: string | RegExp | (string | RegExp)[] };
  handle?: { stack?: Layer[] };
}

function plainAddresses(server: Server): string[] {
  const app = server.listeners("request").find((one) => "_router" in one) as { _router?: { stack: Layer[] } } | undefined;
  const inside = (stack: readonly Layer[]): string[] => stack.flatMap((layer) => [...(layer.route ? [layer.route.path].flat().map(String) : []), ...inside(layer.handle?.stack ?? [])]);
  return inside(app?._router?.stack ?? []);
}

/** Nothing is written for ten minutes by jobs that acts have left behind: what is at work comes to its end, the others wait so much longer. */
export async function holdJobs(db: Db): Promise<void> {
  for (;;) {
    const later = new Date(Date.now() + 600_000);
    await db.update(jobs).set({ runAt: later }).where(and(eq(jobs.state, "waiting"), isNull(jobs.leasedUntil), lt(jobs.runAt, later)));
    if ((await db.$count(jobs, and(eq(jobs.state, "waiting"), gt(jobs.leasedUntil, new Date())))) === 0) return;
    await new Promise((resume) => setTimeout(resume, 20));
  }
}

/** Until no job is due: what follows is the tests' own doing. */
async function settled(db: Db): Promise<void> {
  const until = Date.now() + PATIENCE_MS;
  for (;;) {
    const waiting = (await db.select().from(jobs)).filter((job) => job.state === "waiting" && job.runAt.getTime() <= Date.now() && job.attempts === 0);
    if (waiting.length === 0) return;
    if (Date.now() > until) throw new Error(`Jobs are never taken: ${waiting.map((job) => job.kind).join(", ")}`);
    await new Promise((resume) => setTimeout(resume, 50));
  }
}

async function newPostgresql(template?: string): Promise<string> {
  const server = inject("postgresql");
  if (!server) throw new Error("No PostgreSQL could be started: install Debian's package `postgresql`, or set TEST_POSTGRESQL_URL.");
  const name = `doors_${newId().toLowerCase()}`;
  await onPostgresql(`CREATE DATABASE ${name}${template ? ` TEMPLATE ${nameOf(template)}` : ""}`);
  return server.replace(/[^/]+$/, name);
}

function nameOf(address: string): string {
  return new URL(address).pathname.slice(1);
}

async function onPostgresql(statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: inject("postgresql") });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
