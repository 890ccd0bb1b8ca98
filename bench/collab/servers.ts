import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { join } from "node:path";

/** A document server in a process of its own, on an SQLite file that outlives it. */
export interface DocServer {
  port: number;
  pid: number;
  kill(): Promise<void>;
}

export interface Maker {
  name: string;
  version: string;
  /** @param environment what it has beyond ours */
  start(file: string, environment?: Readonly<Record<string, string>>): Promise<DocServer>;
}

const { version } = JSON.parse(readFileSync(join(import.meta.dirname, "../../node_modules/@hocuspocus/server/package.json"), "utf8")) as { version: string };

/** The product's own collaboration on its own database. */
export const ours: Maker = { name: "Tongyan", version: "", start: (file, environment) => started(join(import.meta.dirname, "../../tests/collab/killable-server.ts"), file, environment) };

/** Hocuspocus with its documented hooks for loading and storing, and its own pauses before it stores. */
export const stock: Maker = { name: "Hocuspocus", version, start: (file, environment) => started(join(import.meta.dirname, "stock-server.ts"), file, environment) };

async function started(program: string, file: string, environment: Readonly<Record<string, string>> = {}): Promise<DocServer> {
  const { DATABASE_URL: _other, ...env } = process.env;
  const child: ChildProcess = spawn(process.execPath, [program, file], { env: { ...env, ...environment }, stdio: ["ignore", "pipe", "inherit"] });
  const gone = once(child, "exit");
  if (!child.stdout || child.pid === undefined) throw new Error(`${program} did not start`);
  const { pid } = child;
  const [line] = (await Promise.race([once(child.stdout, "data"), gone.then(() => Promise.reject(new Error(`${program} ended while it started`)))])) as [Buffer];
  return {
    pid,
    port: (JSON.parse(line.toString()) as { port: number }).port,
    kill: async () => {
      child.kill("SIGKILL");
      await gone;
    },
  };
}
