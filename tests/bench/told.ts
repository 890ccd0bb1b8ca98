import { execFile } from "node:child_process";
import { tmpdir } from "node:os";
import { join } from "node:path";

export interface Told {
  ours: Record<string, unknown>;
  peer: Record<string, unknown> | null;
  skipped: string | null;
}

/** Runs a bench as from a shell with this environment, by itself one in which no Meilisearch is found. */
export function bench(words: readonly string[], environment: Record<string, string> = { HOME: tmpdir(), PATH: "" }): Promise<{ code: number; told: Told }> {
  return new Promise((resolve, reject) => {
    execFile(process.execPath, ["bench/run.ts", ...words, "--json"], { encoding: "utf8", maxBuffer: 64 << 20, cwd: join(import.meta.dirname, "../.."), env: { NODE_ENV: "test", ...environment } }, (error, stdout, stderr) => {
      const last = stdout.trim().split("\n").at(-1);
      if (!last?.startsWith("{")) return reject(new Error(`the bench said nothing:\n${stderr}`));
      const told = JSON.parse(last) as Told; // the last line is the object
      resolve({ code: typeof error?.code === "number" ? error.code : 0, told });
    });
  });
}
