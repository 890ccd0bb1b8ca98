import { execFileSync, spawnSync } from "node:child_process";
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestProject } from "vitest/node";

declare module "vitest" {
  interface ProvidedContext {
    /** Address of a real PostgreSQL server on which tests make databases of their own; empty where none can be had. */
    postgresql: string;
  }
}

let started: { folder: string; stop: () => void } | undefined;

/** Starts one real PostgreSQL for the run, unless `TEST_POSTGRESQL_URL` names one. */
export default async function setup(project: TestProject): Promise<() => void> {
  project.provide("postgresql", process.env.TEST_POSTGRESQL_URL ?? (await startPostgresql()) ?? "");
  return () => started?.stop();
}

async function startPostgresql(): Promise<string | undefined> {
  if (started) return undefined;
  const bin = postgresqlBin();
  if (!bin) return undefined;
  const folder = mkdtempSync(join(tmpdir(), "tongyan-pg-"));
  const port = await freePort();
  // The server refuses to run as root; Debian's package brings the account `postgres`.
  const root = process.getuid?.() === 0;
  if (root) chownSync(folder, Number(execFileSync("id", ["-u", "postgres"])), Number(execFileSync("id", ["-g", "postgres"])));
  const run = (command: string[]) => {
    const [file = "", ...args] = root ? ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups", ...command] : command;
    const done = spawnSync(file, args, { cwd: folder, encoding: "utf8" });
    if (done.status !== 0) throw new Error(`${command[0]}: ${done.stderr || done.stdout}`);
  };
  run([join(bin, "initdb"), "-D", join(folder, "data"), "-U", "tongyan", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"]);
  const options = `-h 127.0.0.1 -p ${port} -k ${folder} -c fsync=off -c max_connections=200`;
  run([join(bin, "pg_ctl"), "-D", join(folder, "data"), "-o", options, "-l", join(folder, "log"), "-w", "start"]);
  started = {
    folder,
    stop: () => {
      run([join(bin, "pg_ctl"), "-D", join(folder, "data"), "-m", "immediate", "-w", "stop"]);
      rmSync(folder, { recursive: true, force: true });
    },
  };
  return `postgres://tongyan@127.0.0.1:${port}/postgres`;
}

function postgresqlBin(): string | undefined {
  const debian = "/usr/lib/postgresql";
  if (!existsSync(debian)) return undefined;
  const newest = readdirSync(debian).sort((a, b) => Number(b) - Number(a))[0];
  return newest && existsSync(join(debian, newest, "bin", "initdb")) ? join(debian, newest, "bin") : undefined;
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => (address && typeof address === "object" ? resolve(address.port) : reject(new Error("no port"))));
    });
  });
}
