import { closeSync, fsyncSync, openSync, writeSync } from "node:fs";
import { setTimeout as pause } from "node:timers/promises";

const PAGE = Buffer.alloc(4_096, 1);

/**
 * How long this disk takes to keep one page: what a server that acknowledges only what is on disk adds at least to one that does not.
 *
 * @param file made anew
 * @returns milliseconds, one for each of `times`
 */
export async function diskTimes(file: string, times: number): Promise<number[]> {
  const handle = openSync(file, "w");
  const took: number[] = [];
  try {
    for (let one = 0; one < times; one += 1) {
      const from = performance.now();
      writeSync(handle, PAGE);
      fsyncSync(handle);
      took.push(performance.now() - from);
      await pause(5);
    }
  } finally {
    closeSync(handle);
  }
  return took;
}
