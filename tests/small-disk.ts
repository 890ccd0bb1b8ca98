import { execFileSync } from "node:child_process";
import { closeSync, fstatSync, ftruncateSync, mkdtempSync, openSync, rmSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";

/** A disk of its own that really is full: only root can make one. */
export const mayMount = process.getuid?.() === 0;

export function aSmallDisk(megabytes: number): { folder: string; fill(leaving?: number): void; empty(): void } {
  const folder = mkdtempSync(join(tmpdir(), "tongyan-disk-"));
  execFileSync("mount", ["-t", "tmpfs", "-o", `size=${megabytes}m`, "tmpfs", folder]);
  onTestFinished(() => {
    execFileSync("umount", ["-l", folder]);
    rmSync(folder, { recursive: true, force: true });
  });
  const filler = join(folder, "filler");
  return {
    folder,
    /** @param leaving bytes for which there is room still */
    fill: (leaving = 0) => {
      const file = openSync(filler, "w");
      try {
        for (let piece = 1 << 20; piece >= 1; piece = piece > 1 ? piece >> 4 : 0) {
          const block = Buffer.alloc(piece);
          try {
            for (;;) writeSync(file, block);
          } catch (error) {
            if ((error as NodeJS.ErrnoException).code !== "ENOSPC") throw error;
          }
        }
        if (leaving > 0) ftruncateSync(file, fstatSync(file).size - leaving);
      } finally {
        closeSync(file);
      }
    },
    empty: () => rmSync(filler),
  };
}
