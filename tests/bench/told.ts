import { execFile } from "node:child_process";
import { tmpdir } from "node:os";
import { join } from "node:path";

export interface Told {
  ours: Record<string, unknown>;
  peer: Record<string, unknown> | null;
  skipped: string | null;
}

/** A bench that hangs is ended before the test gives up on it, so that what it said until then is known. */
const PATIENCE_MS = 280_000;

/** Runs a bench as from a shell with this environment, by itself one in which no Meilisearch is found. */
export function bench(words: readonly string[], environment: Record<string, string> = { HOME: tmpdir(), PATH: "" }): Promise<{ code: number; told: Told }> {
  return new Promise((resolve, reject) => {
    execFile(process.execPath, ["bench/run.ts", ...words, "--json"], { encoding: "utf8", maxBuffer: 64 << 20, timeout: PATIENCE_MS, cwd: join(import.meta.dirname, "../.."), env: { NODE_ENV: "test", ...environment } }, (error, stdout, stderr) => {
      try {
        const told = JSON.parse(stdout.trim().split("\n").at(-1) ?? "") as Told; // the last line is the object
        resolve({ code: typeof error?.code === "number" ? error.code : 0, told });
      } catch {
        // Thrown here it would reach nobody, and whoever waits would wait for ever.
        reject(new Error(`the bench ended without its figures (${error?.signal ?? error?.code ?? 0}):\n${stderr}`));
      }
    });
  });
}
