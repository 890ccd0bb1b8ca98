import { readFileSync } from "node:fs";
import { NotThere } from "../bench.ts";

/** Of Linux, for which it is the same everywhere. */
const TICKS_A_SECOND = 100;
const USER_TIME = 11;
const SYSTEM_TIME = 12;

/**
 * Seconds that a process has had of processors since its start.
 *
 * @throws NotThere where the system does not tell
 */
export function processorSeconds(pid: number): number {
  let told: string;
  try {
    told = readFileSync(`/proc/${pid}/stat`, "latin1");
  } catch {
    throw new NotThere("what a process has had of processors is told by Linux only");
  }
  // The name, in brackets, may hold spaces.
  const fields = told.slice(told.lastIndexOf(")") + 2).split(" ");
  return (Number(fields[USER_TIME]) + Number(fields[SYSTEM_TIME])) / TICKS_A_SECOND;
}
