import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { and, eq, isNull } from "drizzle-orm";
import { countJobs } from "#db/jobs.ts";
import { openDb } from "#db/open.ts";
import { lessonPlans, seats } from "#db/schema/index.ts";
import type { Db, OpenDb } from "#db/types.ts";
import { demoId } from "#server/demo/ids.ts";
import { makeSessions } from "#server/sessions.ts";
import { type Running, running } from "#tests/e2e/running.ts";
import { aMember, aTeacher } from "#tests/factories.ts";
import { START_PATIENCE_MS } from "../process/patience.ts";
import { SECRET, signedInAs } from "../province/accounts.ts";
import { signedIn } from "../web/sign-in.ts";

export const STUDIO = demoId("studio", "wenlan");
export const PASSWORD = "一起备好每一节课";

/** A server that can be ended and started again, at the same address and with the same folder. */
export interface Process {
  url: string;
  port: number;
  pid(): number;
  /** As a power cut would. */
  kill(): Promise<void>;
  stop(): Promise<void>;
  /** Until it answers and hears the other. */
  start(): Promise<void>;
}

/** Somebody with a seat in the studio. */
export interface Member {
  seatId: string;
  /** Two sessions: on two devices. */
  cookies: [string, string];
}

/** Two app processes with a data folder each, on one database and one line. */
export interface Platform {
  db: Db;
  processes: [Process, Process];
  /** A plan that `writers` write, and that those who head a group of the studio may read. */
  plan: { name: string; docId: string };
  /** Signed in: two who write in it, and the master of the studio. */
  writers: [string, string];
  master: string;
  /** Somebody new who may read the plan. */
  member(): Promise<Member>;
  close(): Promise<void>;
}

/** @param database of PostgreSQL, empty @param redis where the line is */
export async function openPlatform(database: string, redis: string): Promise<Platform> {
  const env = { DATABASE_URL: database, REDIS_URL: redis, SECRET };
  const one = await startProcess("filled", env);
  const other = await startProcess("empty", env).catch(async (error: unknown) => {
    await one.stop();
    throw error;
  });
  const open = await openDb(database);
  const close = async () => {
    await Promise.all([one.stop(), other.stop()]);
    await open.close();
  };
  try {
    const { db } = open;
    // Much of what the demonstration holds is indexed and projected after the start.
    while (((await countJobs(db)).dueSince?.getTime() ?? Number.POSITIVE_INFINITY) < Date.now()) await pause(500);
    const [plan] = await db.select({ id: lessonPlans.id, docId: lessonPlans.docId }).from(lessonPlans).where(and(eq(lessonPlans.kind, "common"), eq(lessonPlans.lessonId, demoId("lesson", "fraction-meaning"))));
    if (!plan) throw new Error("the demonstration has no such plan");
    const [lin, he, master] = [await signedIn(one.url, "lin-yutong"), await signedIn(other.url, "he-lixia"), await signedIn(one.url, "zhou-wenlan")];
    const passwordHash = await makeSessions(open, SECRET, one.url).hash(PASSWORD);
    return { db, processes: [one, other], plan: { name: `plan:${plan.id}`, docId: plan.docId }, writers: [lin, he], master, member: () => aNewMember(open, one.url, passwordHash), close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function aNewMember(open: OpenDb, publicUrl: string, passwordHash: string): Promise<Member> {
  const { db } = open;
  const [head] = await db.select({ groupId: seats.groupId }).from(seats).where(and(eq(seats.personId, demoId("person", "chen-jinghao")), eq(seats.studioId, STUDIO), isNull(seats.to)));
  const { id } = await aMember(db, { id: STUDIO }, "subject_lead", { person: await aTeacher(db, { name: "叶知秋", passwordHash }), ...(head?.groupId && { groupId: head.groupId }) });
  const [seat] = await db.select({ id: seats.id }).from(seats).where(eq(seats.personId, id));
  const cookies = [await signedInAs(open, publicUrl, [id]), await signedInAs(open, publicUrl, [id])].map((signed) => signed.get(id) ?? "");
  return { seatId: seat?.id ?? "", cookies: cookies as [string, string] }; // made of two
}

async function startProcess(mode: "filled" | "empty", env: Record<string, string>): Promise<Process> {
  const dataDir = mkdtempSync(join(tmpdir(), "tongyan-processes-"));
  let server: Running = await running({ mode, dataDir, env, patience: START_PATIENCE_MS });
  const { url, port } = server;
  return {
    url,
    port,
    pid: () => server.pid,
    kill: () => server.kill9(),
    stop: async () => {
      await server.stop();
      rmSync(dataDir, { recursive: true, force: true });
    },
    start: async () => {
      server = await running({ mode: "empty", dataDir, port, env, patience: START_PATIENCE_MS });
      while (!(await hearsOthers(url))) await pause(50);
    },
  };
}

async function hearsOthers(url: string): Promise<boolean> {
  const { parts } = (await (await fetch(`${url}/readyz`)).json()) as { parts: { processes: { reason?: string } } }; // as server/web.ts answers
  return parts.processes.reason === undefined;
}
