import { spawn, spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { freePort } from "#tests/free-port.ts";

export interface RunningMeilisearch {
  url: string;
  apiKey: string | undefined;
  /** Ends it at once, whatever it does; undefined where the server is not ours. */
  kill: (() => Promise<void>) | undefined;
  /** On the same address and data, after `kill`. */
  startAgain(): Promise<void>;
  request(path: string, method?: string, body?: object): Promise<unknown>;
  /** Names of the indexes that begin so. */
  indexes(beginning: string): Promise<string[]>;
  /** Deletes the indexes whose names begin so: the server may be somebody's. */
  forget(beginning: string): Promise<void>;
  end(): Promise<void>;
}

const given = process.env["MEILISEARCH_URL"];

/** Whether there is one: named by `MEILISEARCH_URL` (and `MEILISEARCH_API_KEY`), or on the PATH. */
export function meilisearchIsHere(): boolean {
  return Boolean(given) || spawnSync("meilisearch", ["--version"]).status === 0;
}

/** The one that is named, or one of our own: on loopback, in a folder that goes with it, with a key, telling nobody. */
export async function startMeilisearch(): Promise<RunningMeilisearch> {
  if (given) {
    const apiKey = process.env["MEILISEARCH_API_KEY"];
    return { url: given, apiKey, kill: undefined, startAgain: async () => {}, ...askedOf(given, apiKey), end: async () => {} };
  }
  const folder = mkdtempSync(join(tmpdir(), "tongyan-meilisearch-"));
  const address = `127.0.0.1:${await freePort()}`;
  const apiKey = randomBytes(24).toString("hex");
  let stop: (signal: NodeJS.Signals) => Promise<void> = async () => {};
  const startAgain = async () => {
    stop = await start(address, folder, apiKey);
  };
  const end = async () => {
    await stop("SIGTERM");
    rmSync(folder, { recursive: true, force: true });
  };
  await startAgain();
  const url = `http://${address}`;
  return { url, apiKey, kill: () => stop("SIGKILL"), startAgain, ...askedOf(url, apiKey), end };
}

function askedOf(url: string, apiKey: string | undefined): Pick<RunningMeilisearch, "request" | "indexes" | "forget"> {
  const request = async (path: string, method = "GET", body?: object): Promise<unknown> => {
    const headers = { "content-type": "application/json", ...(apiKey && { authorization: `Bearer ${apiKey}` }) };
    return (await fetch(`${url}${path}`, { method, headers, ...(body && { body: JSON.stringify(body) }) })).json();
  };
  const indexes = async (beginning: string) => {
    const { results = [] } = (await request("/indexes?limit=10000")) as { results?: { uid: string }[] }; // as the server documents it
    return results.map(({ uid }) => uid).filter((uid) => uid.startsWith(beginning));
  };
  return {
    request,
    indexes,
    forget: async (beginning) => {
      for (const uid of await indexes(beginning)) await request(`/indexes/${uid}`, "DELETE");
    },
  };
}

async function start(address: string, folder: string, apiKey: string): Promise<(signal: NodeJS.Signals) => Promise<void>> {
  const args = ["--http-addr", address, "--db-path", join(folder, "data"), "--dump-dir", join(folder, "dumps"), "--snapshot-dir", join(folder, "snapshots"), "--master-key", apiKey, "--no-analytics"];
  const server = spawn("meilisearch", args, { cwd: folder, stdio: "ignore" });
  const gone = new Promise<void>((resolve) => server.once("exit", () => resolve()));
  const stop = async (signal: NodeJS.Signals) => {
    server.kill(signal);
    await gone;
  };
  for (let attempt = 0; attempt < 300; attempt += 1) {
    if (await fetch(`http://${address}/health`).then((response) => response.ok, () => false)) return stop;
    await pause(100);
  }
  await stop("SIGKILL");
  throw new Error("the `meilisearch` on the PATH does not start");
}
