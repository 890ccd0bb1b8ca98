import { execFileSync, spawnSync } from "node:child_process";
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freePort } from "#tests/free-port.ts";

/** A real PostgreSQL of our own. */
export interface PostgresqlServer {
  /** Of its database `postgres`. */
  address: string;
  /** Ends it as a crash would. It can be started again. */
  kill(): void;
  start(): void;
  /** Ends it and takes its folder away. */
  remove(): void;
}

/** @param folder an empty one for its data; goes with `remove` @returns undefined where Debian's package `postgresql` is not installed */
export async function startPostgresql(folder = mkdtempSync(join(tmpdir(), "tongyan-pg-"))): Promise<PostgresqlServer | undefined> {
  const bin = postgresqlBin();
  if (!bin) return undefined;
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
  const control = (...words: string[]) => run([join(bin, "pg_ctl"), "-D", join(folder, "data"), "-w", ...words]);
  const start = () => control("-o", options, "-l", join(folder, "log"), "start");
  const kill = () => control("-m", "immediate", "stop");
  start();
  return {
    address: `postgres://tongyan@127.0.0.1:${port}/postgres`,
    kill,
    start,
    remove: () => {
      if (existsSync(join(folder, "data", "postmaster.pid"))) kill();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function postgresqlBin(): string | undefined {
  const debian = "/usr/lib/postgresql";
  if (!existsSync(debian)) return undefined;
  const newest = readdirSync(debian).sort((a, b) => Number(b) - Number(a))[0];
  return newest && existsSync(join(debian, newest, "bin", "initdb")) ? join(debian, newest, "bin") : undefined;
}
