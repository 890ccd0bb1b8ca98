import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import Database from "better-sqlite3";
import { demoId } from "#server/demo/ids.ts";
import { demoStudios } from "#server/demo/content/cast.ts";
import { running, type RunningOptions } from "#tests/e2e/running.ts";
import { START_PATIENCE_MS } from "../process/patience.ts";
import type { Guest } from "../collab/page.ts";
import { stock } from "../collab/servers.ts";
import { signedIn } from "../web/sign-in.ts";

/** A server with one document that many read and some write. */
export interface House {
  name: string;
  port: number;
  pid: number;
  document: string;
  /** Whose pages may write, in turn. */
  writers: readonly string[];
  /** Whose pages only read. */
  readers: readonly string[];
  stop(): Promise<void>;
}

const LESSON = "fraction-meaning";
const WRITERS = ["lin-yutong", "he-lixia"];

/** The whole server with its demonstration: the common plan of a lesson that is being discussed, followed by those of the studio who may see it. */
export async function ourHouse(options: RunningOptions = {}): Promise<House> {
  const server = await running({ patience: START_PATIENCE_MS, ...options });
  const db = new Database(join(server.dataDir, "demo.sqlite"), { readonly: true });
  // Much of what the demonstration holds is indexed and projected after the start.
  const due = db.prepare("select count(*) from jobs where state = 'waiting' and run_at <= ?").pluck();
  while (Number(due.get(Date.now())) > 0) await pause(500);
  const { id } = db.prepare("select id from lesson_plans where kind = 'common' and lesson_id = ?").get(demoId("lesson", LESSON)) as { id: string }; // as the statement names it
  db.close();
  const writers = await Promise.all(WRITERS.map((key) => signedIn(server.url, key)));
  const readers: string[] = [];
  for (const { person, role } of demoStudios.find((studio) => studio.key === "wenlan")?.seats ?? []) {
    if (WRITERS.includes(person) || (role !== "master" && role !== "subject_lead")) continue;
    const cookie = await signedIn(server.url, person);
    if ((await fetch(`${server.url}/plans/${id}`, { headers: { cookie }, redirect: "manual" })).status === 200) readers.push(cookie);
  }
  return { name: "Tongyan", port: server.port, pid: server.pid, document: `plan:${id}`, writers, readers, stop: () => server.stop() };
}

/** Hocuspocus with its documented hooks, where everybody may write. */
export async function stockHouse(): Promise<House> {
  const folder = mkdtempSync(join(tmpdir(), "tongyan-readers-"));
  const server = await stock.start(join(folder, "stock.sqlite"));
  const stop = async () => {
    await server.kill();
    rmSync(folder, { recursive: true, force: true });
  };
  return { name: stock.name, port: server.port, pid: server.pid, document: "plan:01JPLAN", writers: ["person=w"], readers: ["person=r"], stop };
}

export function guestOf(house: House, of: readonly string[], no: number): Guest {
  return { cookie: of[no % of.length] ?? "", document: house.document };
}
