import { spawnSync } from "node:child_process";
import { closeSync, existsSync, openSync, readSync, statSync } from "node:fs";
import { join } from "node:path";
import { NotThere } from "../bench.ts";

/** From the first byte to the one after the last. */
export type Range = readonly [from: number, to: number];

/** What a power cut may take from one file. */
export interface AtRisk {
  /** Written, and not synced since. */
  unsynced: readonly Range[];
  /** Where what was synced last ends, counted from the last time that the file was begun anew. Nothing beyond it was ever promised. */
  promisedTo: number;
}

/** Looks over a process's shoulder at what it writes and syncs. */
export class WatchedDisk {
  readonly #log: string;
  readonly #files = new Map<number, { unsynced: Range[]; end: number; promisedTo: number }>();
  #read = 0;
  #rest = "";

  constructor(log: string) {
    this.#log = log;
  }

  /** What the process to be watched needs in its environment. */
  static environment(library: string, log: string, slowness: { syncMs: number; writeUs: number }): Record<string, string> {
    return { LD_PRELOAD: library, WATCH_LOG: log, WATCH_SYNC_US: String(Math.round(slowness.syncMs * 1_000)), WATCH_WRITE_US: String(slowness.writeUs) };
  }

  atRisk(path: string): AtRisk {
    this.#catchUp();
    const { unsynced, promisedTo } = this.#of(statSync(path).ino);
    return { unsynced: [...unsynced], promisedTo };
  }

  #catchUp(): void {
    if (!existsSync(this.#log)) return;
    const bytes = Buffer.alloc(statSync(this.#log).size - this.#read);
    const file = openSync(this.#log, "r");
    readSync(file, bytes, 0, bytes.length, this.#read);
    closeSync(file);
    this.#read += bytes.length;
    const lines = (this.#rest + bytes.toString("latin1")).split("\n");
    this.#rest = lines.pop() ?? "";
    for (const line of lines) this.#take(line);
  }

  #take(line: string): void {
    const [what, inode, from, length] = line.split(" ");
    const file = this.#of(Number(inode));
    if (what === "s") {
      file.unsynced = [];
      file.promisedTo = file.end;
      return;
    }
    const [first, after] = [Number(from), Number(from) + Number(length)];
    file.unsynced.push([first, after]);
    // SQLite begins its log anew by writing its head again.
    file.end = first === 0 ? after : Math.max(file.end, after);
  }

  #of(inode: number) {
    const known = this.#files.get(inode) ?? { unsynced: [], end: 0, promisedTo: 0 };
    this.#files.set(inode, known);
    return known;
  }
}

/** Makes the library that watches. @throws NotThere without Linux and a C compiler */
export function watchingLibrary(folder: string): string {
  if (process.platform !== "linux") throw new NotThere("syncs can be watched on Linux only");
  const library = join(folder, "watch.so");
  const made = spawnSync("cc", ["-shared", "-fPIC", "-O1", "-o", library, join(import.meta.dirname, "watch.c"), "-ldl"], { encoding: "utf8" });
  if (made.error) throw new NotThere("there is no C compiler `cc`, with which syncs are watched");
  if (made.status !== 0) throw new Error(made.stderr);
  return library;
}
