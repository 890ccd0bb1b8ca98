import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { build } from "#server/starter/build.js";
import { freePort } from "#tests/free-port.ts";

export interface RunningOptions {
  /** `demo` fills the demonstration, `filled` also where a database is named, `empty` does not, `production` offers none of it. */
  mode?: "demo" | "filled" | "empty" | "production";
  /** The data folder of an earlier server, to be started again on; else a new one that goes with `stop`. */
  dataDir?: string;
  /** The port of an earlier server, so that its pages find this one. */
  port?: number;
  env?: Record<string, string>;
  /** How long it may take to start, in milliseconds. */
  patience?: number;
}

export interface Running {
  url: string;
  port: number;
  pid: number;
  dataDir: string;
  /** Everything that the server has written so far, both streams. */
  said(): string;
  /** Ends it as a service manager would, if it still runs, and takes its data folder away if it was its own. */
  stop(): Promise<void>;
  /** Its exit code or the signal that ended it, once it has ended. */
  ended(): Promise<[number | null, NodeJS.Signals | null]>;
  /** Ends it as a power cut would. The data folder stays. */
  kill9(): Promise<void>;
}

const PATIENCE_MS = 90_000;

/** The real server in a process of its own, as `npm start` runs it, with its pages built when they are stale. Resolves when it answers. */
export async function running(options: RunningOptions = {}): Promise<Running> {
  await build();
  const own = options.dataDir === undefined;
  const dataDir = options.dataDir ?? mkdtempSync(join(existsSync("/dev/shm") ? "/dev/shm" : tmpdir(), "tongyan-running-"));
  const port = options.port ?? (await freePort());
  const url = `http://127.0.0.1:${port}`;
  const words = { demo: [], filled: ["--demo"], empty: ["--empty"], production: ["--production"] }[options.mode ?? "demo"];
  const { DATABASE_URL: _theirs, ...inherited } = process.env;
  const child = spawn(process.execPath, ["server/index.ts", ...words], {
    cwd: resolve(import.meta.dirname, "../.."),
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...inherited, NODE_ENV: "production", PORT: String(port), HOST: "127.0.0.1", PUBLIC_URL: url, DATA_DIR: dataDir, LIVEKIT_INSTALL: "no", LOG_LEVEL: "warn", ...options.env },
  });
  let said = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (piece: Buffer) => (said += piece.toString()));
  const gone = once(child, "exit") as Promise<[number | null, NodeJS.Signals | null]>; // as Node gives them
  await answering(url, child, () => said, options.patience ?? PATIENCE_MS);
  const end = async (signal: NodeJS.Signals) => {
    if (child.exitCode === null && child.signalCode === null) child.kill(signal);
    await gone;
  };
  return {
    url,
    port,
    pid: child.pid ?? 0,
    dataDir,
    said: () => said,
    stop: async () => {
      await end("SIGTERM");
      if (own) rmSync(dataDir, { recursive: true, force: true });
    },
    ended: () => gone,
    kill9: () => end("SIGKILL"),
  };
}

async function answering(url: string, child: ChildProcess, said: () => string, patience: number): Promise<void> {
  const until = Date.now() + patience;
  while (Date.now() < until) {
    if (child.exitCode !== null || child.signalCode !== null) throw new Error(`The server ended while it started:\n${said()}`);
    const alive = await fetch(`${url}/healthz`).then((response) => response.ok, () => false);
    if (alive) return;
    await new Promise((resume) => setTimeout(resume, 100));
  }
  child.kill("SIGKILL");
  throw new Error(`The server does not answer at ${url}:\n${said()}`);
}
