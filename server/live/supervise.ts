import { type ChildProcess, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { networkInterfaces } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { RoomServiceClient } from "livekit-server-sdk";
import { freePorts } from "./ports.ts";
import type { LiveLog, LiveServer, LiveSettings } from "./settings.ts";

export interface Supervised {
  /** Where it answers, once it does. Stable while it runs; another port after a restart only when the old one was taken meanwhile. */
  server(): LiveServer | undefined;
  /** The process that runs now. */
  pid(): number | undefined;
  /** Ends it and waits for its end: gently at first, then not. */
  stop(): Promise<void>;
}

const HEALTH_MS = 1_000;
const START_MS = 20_000;
const LONGEST_PAUSE_MS = 30_000;

interface Running {
  pid: number;
  port: number;
  webhookUrl: string;
}

/**
 * Runs a livekit-server on loopback, starts it again with growing pauses when it dies, and stops it with us. One that an earlier process of ours left
 * running (killed, not stopped) is taken over, so that people in a seminar keep picture and sound while the application comes back.
 *
 * Its configuration and keys lie in `DATA_DIR/livekit`, readable by this account alone; its own words in `livekit.log` there.
 */
export function superviseLivekit(program: string, settings: LiveSettings, log: LiveLog): Supervised {
  const folder = join(settings.dataDir, "livekit");
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const keys = keysIn(folder);
  let stopped = false;
  let pid: number | undefined;
  let server: LiveServer | undefined;
  const stopping = new AbortController();

  const watch = async () => {
    let misses = 0;
    while (!stopped && misses < 3) {
      await pause(HEALTH_MS, undefined, { signal: stopping.signal }).catch(() => undefined);
      if (!pid || !alive(pid)) return;
      misses = server && (await healthy(server.url)) ? 0 : misses + 1;
    }
  };

  const once = async () => {
    const left = await leftRunning(folder, keys, settings.webhookUrl());
    if (left) {
      pid = left.pid;
      server = { url: `http://127.0.0.1:${left.port}`, ...keys };
      log.info({ pid, port: left.port }, "took over the media server that an earlier process had left running");
      return watch();
    }
    const ports = await freePorts(settings.ports);
    const config = join(folder, "config.yaml");
    const address = settings.nodeIp ?? ownAddress(settings.loopbackOnly);
    writeFileSync(config, JSON.stringify(configOf(settings, ports, keys, address), null, 2), { mode: 0o600 });
    const output = openSync(join(folder, "livekit.log"), "w", 0o600);
    const child: ChildProcess = spawn(program, ["--config", config], { env: settings.environment, stdio: ["ignore", output, output] });
    closeSync(output);
    child.on("error", (error) => log.error({ error }, "the media server cannot be run"));
    if (!child.pid) return;
    pid = child.pid;
    const until = Date.now() + START_MS;
    while (!stopped && alive(child.pid) && child.exitCode === null && Date.now() < until) {
      if (await healthy(`http://127.0.0.1:${ports.http}`)) {
        server = { url: `http://127.0.0.1:${ports.http}`, ...keys };
        writeFileSync(join(folder, "running.json"), JSON.stringify({ pid, port: ports.http, webhookUrl: settings.webhookUrl() } satisfies Running), { mode: 0o600 });
        log.info({ pid, ports, address }, "the media server answers; browsers are told this address");
        break;
      }
      await pause(100, undefined, { signal: stopping.signal }).catch(() => undefined);
    }
    if (!stopped && server) await watch();
  };

  const loop = async () => {
    for (let failures = 0; !stopped; ) {
      const began = Date.now();
      await once().catch((error: unknown) => log.error({ error }, "the media server could not be started"));
      if (stopped) return;
      server = undefined;
      if (pid) await end(pid);
      pid = undefined;
      failures = Date.now() - began > 60_000 ? 0 : failures + 1;
      const wait = Math.min(250 * 2 ** failures, LONGEST_PAUSE_MS);
      log.warn({ wait, words: lastWords(folder) }, "the media server is down and will be started again");
      await pause(wait, undefined, { signal: stopping.signal }).catch(() => undefined);
    }
  };
  const running = loop();

  return {
    server: () => server,
    pid: () => pid,
    stop: async () => {
      stopped = true;
      stopping.abort();
      await running;
      server = undefined;
      if (pid) await end(pid);
      pid = undefined;
      rmSync(join(folder, "running.json"), { force: true });
    },
  };
}

function configOf(settings: LiveSettings, ports: Awaited<ReturnType<typeof freePorts>>, keys: Pick<LiveServer, "apiKey" | "apiSecret">, address: string): object {
  return {
    port: ports.http,
    bind_addresses: ["127.0.0.1"],
    // A node_ip of our own also keeps the server from asking public STUN servers for it.
    rtc: { tcp_port: ports.tcp, port_range_start: ports.udpFrom, port_range_end: ports.udpTo, use_external_ip: false, node_ip: address },
    keys: { [keys.apiKey]: keys.apiSecret },
    webhook: { api_key: keys.apiKey, urls: [settings.webhookUrl()] },
    room: { auto_create: true, empty_timeout: 60, departure_timeout: 20 },
    logging: { level: "info", json: true },
  };
}

function ownAddress(loopbackOnly: boolean): string {
  if (loopbackOnly) return "127.0.0.1";
  const outward = Object.values(networkInterfaces()).flatMap((all) => all ?? []).find((one) => one.family === "IPv4" && !one.internal);
  return outward?.address ?? "127.0.0.1";
}

/** Kept, so that the tickets of people inside stay good when the application or the media server is started again. */
function keysIn(folder: string): Pick<LiveServer, "apiKey" | "apiSecret"> {
  const file = join(folder, "keys.json");
  if (existsSync(file)) {
    // Written below, by us alone.
    return JSON.parse(readFileSync(file, "utf8")) as Pick<LiveServer, "apiKey" | "apiSecret">;
  }
  const made = { apiKey: `tongyan${randomBytes(6).toString("hex")}`, apiSecret: randomBytes(32).toString("base64url") };
  writeFileSync(file, JSON.stringify(made), { mode: 0o600 });
  return made;
}

/** The server of an earlier process, if it still runs, honours our key and reports to the same address. Another that cannot be used is ended, so that its ports are free. */
async function leftRunning(folder: string, keys: Pick<LiveServer, "apiKey" | "apiSecret">, webhookUrl: string): Promise<Running | undefined> {
  const file = join(folder, "running.json");
  if (!existsSync(file)) return undefined;
  // Written above, by us alone.
  const left = JSON.parse(readFileSync(file, "utf8")) as Running;
  rmSync(file, { force: true });
  if (!alive(left.pid)) return undefined;
  const ours = await new RoomServiceClient(`http://127.0.0.1:${left.port}`, keys.apiKey, keys.apiSecret, { requestTimeout: 2 }).listRooms([]).then(() => true, () => false);
  if (!ours) return undefined;
  if (left.webhookUrl !== webhookUrl) {
    await end(left.pid);
    return undefined;
  }
  writeFileSync(file, JSON.stringify(left), { mode: 0o600 });
  return left;
}

async function healthy(url: string): Promise<boolean> {
  return fetch(url, { signal: AbortSignal.timeout(2_000) }).then((response) => response.ok, () => false);
}

function alive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** The first signal lets people leave, which it waits for; the second ends it. */
async function end(pid: number): Promise<void> {
  for (const [signal, patience] of [["SIGTERM", 500], ["SIGTERM", 4_000], ["SIGKILL", 2_000]] as const) {
    try {
      process.kill(pid, signal);
    } catch {
      return;
    }
    const until = Date.now() + patience;
    while (Date.now() < until) {
      if (!alive(pid)) return;
      await pause(50);
    }
  }
}

function lastWords(folder: string): string {
  const file = join(folder, "livekit.log");
  return existsSync(file) ? readFileSync(file, "utf8").trimEnd().split("\n").slice(-3).join("\n").slice(-1000) : "";
}
