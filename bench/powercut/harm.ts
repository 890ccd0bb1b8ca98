import { closeSync, copyFileSync, ftruncateSync, openSync, statSync, writeSync } from "node:fs";
import type { AtRisk, Range } from "./disk.ts";

const SECTOR = 512;
/** A file that was growing may have any length afterwards. */
const LONGER = 64 * 1024;

type Random = () => number;

/** Lays a copy of the database as a power cut may have left it: what was not synced is there, is not, or is anything else. */
export function harmDatabase(from: string, to: string, { unsynced }: AtRisk, random: Random): void {
  changed(from, to, (file) => harmInPlace(file, unsynced, random));
}

/**
 * The same for its log, which is also cut off or overwritten at any byte beyond what was promised.
 *
 * @param inside begins at most so many bytes too early, within what was promised: what is lost then must be found, or the bench proves nothing
 */
export function harmLog(from: string, to: string, { unsynced, promisedTo }: AtRisk, random: Random, inside: number): void {
  const written = Math.max(promisedTo, ...unsynced.map(([, end]) => end));
  changed(from, to, (file) => {
    harmInPlace(file, unsynced.filter(([, end]) => end <= promisedTo), random);
    const { size } = statSync(to);
    const first = Math.max(0, promisedTo - Math.floor(random() * (inside + 1)));
    // Mostly where something was just being written, for that is the harder place.
    const at = within([first, written > first && random() < 0.8 ? written : Math.max(size, first + 1)], random);
    if (random() < 0.4) ftruncateSync(file, at);
    else way(random)(file, [at, Math.max(size, at) + Math.floor(random() * LONGER)], random);
  });
}

function harmInPlace(file: number, ranges: readonly Range[], random: Random): void {
  for (const [start, end] of ranges) if (random() < 0.7) way(random)(file, [within([start, end], random), end], random);
}

function changed(from: string, to: string, change: (file: number) => void): void {
  copyFileSync(from, to);
  const file = openSync(to, "r+");
  try {
    change(file);
  } finally {
    closeSync(file);
  }
}

function within([start, end]: Range, random: Random): number {
  return start + Math.floor(random() * (end - start));
}

type Way = (file: number, range: Range, random: Random) => void;

function way(random: Random): Way {
  const ways: readonly [Way, ...Way[]] = [garbage, nothing, someSectors];
  return ways[Math.floor(random() * ways.length)] ?? garbage;
}

function garbage(file: number, [start, end]: Range, random: Random): void {
  const bytes = Buffer.alloc(end - start);
  for (let at = 0; at < bytes.length; at += 1) bytes[at] = random() * 256;
  writeSync(file, bytes, 0, bytes.length, start);
}

function nothing(file: number, [start, end]: Range): void {
  writeSync(file, Buffer.alloc(end - start), 0, end - start, start);
}

function someSectors(file: number, [start, end]: Range, random: Random): void {
  const next = (at: number) => Math.min(end, (Math.floor(at / SECTOR) + 1) * SECTOR);
  for (let at = start; at < end; at = next(at)) if (random() < 0.5) garbage(file, [at, next(at)], random);
}
