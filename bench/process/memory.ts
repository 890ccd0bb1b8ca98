import { readFileSync, writeFileSync } from "node:fs";
import { NotThere } from "../bench.ts";

const MIB = 1024;

export interface Memory {
  /** All that is resident. */
  nowMiB: number;
  /** Of it what is read from files, which the system takes back when it is short: the program itself, and indexes that are mapped. */
  ofFilesMiB: number;
  /** Resident at most since the start, or since `forgetPeak`. */
  peakMiB: number;
}

/** @throws NotThere where the system does not tell */
export function memoryOf(pid: number): Memory {
  const told = status(pid);
  const kib = (key: string) => Number(new RegExp(`^${key}:\\s*(\\d+) kB`, "m").exec(told)?.[1] ?? Number.NaN);
  return { nowMiB: Math.round(kib("VmRSS") / MIB), ofFilesMiB: Math.round(kib("RssFile") / MIB), peakMiB: Math.round(kib("VmHWM") / MIB) };
}

/** From here on the peak counts anew. */
export function forgetPeak(pid: number): void {
  status(pid);
  writeFileSync(`/proc/${pid}/clear_refs`, "5");
}

function status(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/status`, "latin1");
  } catch {
    throw new NotThere("what a process has in memory is told by Linux only");
  }
}
