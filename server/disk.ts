import { randomUUID } from "node:crypto";
import { rm, statfs, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { isNearlyFull, type Room } from "#app/operations/operations.ts";

/** What the smallest act may need: a page of the database and what is noted before it. */
const PROBE = Buffer.alloc(64 * 1024, "同研");
/** Whoever asks more often is given the same answer: to try it costs a write. */
const HOLDS_MS = 2_000;

export interface Disk {
  /** Bytes under the first folder; null where the system does not say. */
  room(): Promise<Room | null>;
  /** Ready as long as something can be written to each folder; with a reason already when little is left. */
  readiness(): Promise<{ ready: boolean; reason?: string }>;
}

/** The disk under folders that we write to, the data folder first. */
export function diskUnder(folders: readonly [string, ...string[]]): Disk {
  let last: { at: number; answer: ReturnType<Disk["readiness"]> } | undefined;
  const look = async () => {
    for (const folder of new Set(folders)) {
      const failed = await tryToWrite(folder);
      if (failed) return { ready: false, reason: `nothing can be written to ${folder}: ${failed}` };
    }
    const rooms = await Promise.all(folders.map(roomUnder));
    const nearly = rooms.findIndex((room) => room !== null && isNearlyFull(room));
    const room = rooms[nearly];
    return room ? { ready: true, reason: `${Math.floor(room.free / 1e6)} MB of ${Math.floor(room.whole / 1e6)} MB are left under ${folders[nearly]}` } : { ready: true };
  };
  return {
    room: () => roomUnder(folders[0]),
    readiness: () => {
      if (!last || Date.now() - last.at >= HOLDS_MS) last = { at: Date.now(), answer: look() };
      return last.answer;
    },
  };
}

async function roomUnder(folder: string): Promise<Room | null> {
  try {
    const { bavail, blocks, bsize } = await statfs(folder);
    return { free: bavail * bsize, whole: blocks * bsize };
  } catch {
    return null;
  }
}

/** @returns what the system says, where it failed */
async function tryToWrite(folder: string): Promise<string | undefined> {
  const file = join(folder, `.room-${randomUUID()}`);
  try {
    await writeFile(file, PROBE, { flag: "wx", flush: true });
    return undefined;
  } catch (error) {
    return error instanceof Error && "code" in error ? String(error.code) : String(error);
  } finally {
    await rm(file, { force: true });
  }
}
