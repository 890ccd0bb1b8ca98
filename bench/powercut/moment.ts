import { copyFileSync, readFileSync } from "node:fs";
import { setTimeout as pause } from "node:timers/promises";
import type { DocServer } from "../collab/servers.ts";
import type { Writer } from "../collab/writer.ts";
import type { AtRisk, WatchedDisk } from "./disk.ts";

/** What was in the files at one moment, and what had been promised by then. */
export interface Moment {
  database: string;
  log: string;
  databaseAtRisk: AtRisk;
  logAtRisk: AtRisk;
  /** By writer: changes with smaller numbers were acknowledged. */
  acknowledged: readonly number[];
}

/** Acknowledgements that the server has sent arrive meanwhile. */
const ON_THE_WAY_MS = 15;

/** Holds the server still wherever it is, copies database and log, and lets it go on. */
export async function catchMoment(server: DocServer, file: string, to: string, writers: readonly Writer[], disk: WatchedDisk): Promise<Moment> {
  process.kill(server.pid, "SIGSTOP");
  try {
    while (!/\) T /.test(readFileSync(`/proc/${server.pid}/stat`, "latin1"))) await pause(1);
    await pause(ON_THE_WAY_MS);
    copyFileSync(file, to);
    copyFileSync(`${file}-wal`, `${to}-wal`);
    return { database: to, log: `${to}-wal`, databaseAtRisk: disk.atRisk(file), logAtRisk: disk.atRisk(`${file}-wal`), acknowledged: writers.map((one) => one.acknowledged()) };
  } finally {
    process.kill(server.pid, "SIGCONT");
  }
}
