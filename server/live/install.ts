import { createHash } from "node:crypto";
import { spawn } from "node:child_process";
import { accessSync, chmodSync, constants, existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { promisify } from "node:util";
import { gunzip } from "node:zlib";
import type { LiveSettings } from "./settings.ts";
import { fileOfTar } from "./tar.ts";

/** The version that this platform was tried with. */
export const LIVEKIT_VERSION = "1.13.5";
const GO_MINIMUM = [1, 26] as const;
const RELEASE_LIMIT_BYTES = 200 * 1024 * 1024;

/** No media server can be had here; the message says why and what can be done. */
export class NoLiveServer extends Error {
  override name = "NoLiveServer";
}

/** A `livekit-server` that is here already: on the PATH, or fetched earlier into `DATA_DIR/bin`. */
export function findLivekit(settings: Pick<LiveSettings, "dataDir" | "environment">): string | undefined {
  return onPath("livekit-server", settings.environment) ?? executable(join(settings.dataDir, "bin", "livekit-server"));
}

/**
 * Fetches a `livekit-server` into `DATA_DIR/bin`: built by `go install` where Go is new enough (some minutes), else the pinned release. Either is made
 * in a folder beside it and moved there whole, so that a half-made one is never run. Takes as long as it takes: nobody may wait for it but the background.
 *
 * The release has never been fetched from its real address where this was written: only from a stand-in, so that way is untried.
 *
 * @throws NoLiveServer when neither way is open; whatever `signal` was aborted with, when it was
 */
export async function installLivekit(settings: Pick<LiveSettings, "dataDir" | "environment" | "release">, signal: AbortSignal): Promise<string> {
  const bin = join(settings.dataDir, "bin");
  mkdirSync(bin, { recursive: true });
  const folder = mkdtempSync(join(bin, "fetching-"));
  try {
    const go = await newEnoughGo(settings.environment, signal);
    const failures: string[] = [];
    for (const way of [...(go ? [() => build(go, folder, settings.environment, signal)] : []), () => download(settings.release ?? {}, folder, signal)]) {
      try {
        const made = await way();
        chmodSync(made, 0o755);
        const place = join(bin, "livekit-server");
        renameSync(made, place);
        return place;
      } catch (error) {
        signal.throwIfAborted();
        failures.push(error instanceof Error ? error.message : String(error));
      }
    }
    throw new NoLiveServer(failures.join("; "));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function build(go: string, folder: string, environment: NodeJS.ProcessEnv, signal: AbortSignal): Promise<string> {
  await run(go, ["install", `github.com/livekit/livekit-server/cmd/server@v${LIVEKIT_VERSION}`], { ...environment, GOBIN: folder, GOFLAGS: "-mod=mod" }, signal);
  return join(folder, "server");
}

/** Fetches a release and takes it only if its SHA-256 is the one that was set or, without one, that the release's own list of checksums names. */
export async function download(release: { url?: string | undefined; sha256?: string | undefined }, folder: string, signal: AbortSignal): Promise<string> {
  const url = release.url ?? releaseUrl();
  const wanted = release.sha256 ?? (await publishedChecksum(url, signal));
  const packed = await fetchBytes(url, RELEASE_LIMIT_BYTES, signal);
  const found = createHash("sha256").update(packed).digest("hex");
  if (found !== wanted.toLowerCase()) throw new NoLiveServer(`${url} has the SHA-256 ${found}, not ${wanted}: it was not used`);
  const unpacked = await promisify(gunzip)(packed, { maxOutputLength: 4 * RELEASE_LIMIT_BYTES });
  const program = fileOfTar(unpacked, "livekit-server");
  if (!program) throw new NoLiveServer(`${url} holds no livekit-server`);
  const made = join(folder, "livekit-server");
  writeFileSync(made, program, { mode: 0o755 });
  return made;
}

function releaseUrl(): string {
  const arch = { x64: "amd64", arm64: "arm64" }[process.arch as string];
  if (process.platform !== "linux" || !arch) throw new NoLiveServer(`there is no pinned release for ${process.platform} ${process.arch}`);
  return `https://github.com/livekit/livekit/releases/download/v${LIVEKIT_VERSION}/livekit_${LIVEKIT_VERSION}_linux_${arch}.tar.gz`;
}

async function publishedChecksum(url: string, signal: AbortSignal): Promise<string> {
  const list = new TextDecoder().decode(await fetchBytes(new URL("checksums.txt", url).href, 1024 * 1024, signal));
  const name = url.slice(url.lastIndexOf("/") + 1);
  const line = list.split("\n").find((one) => one.trim().endsWith(` ${name}`));
  const sum = line?.trim().split(/\s+/)[0];
  if (!sum || !/^[0-9a-f]{64}$/i.test(sum)) throw new NoLiveServer(`no checksum is published for ${name}`);
  return sum;
}

async function fetchBytes(url: string, limit: number, signal: AbortSignal): Promise<Buffer> {
  const response = await fetch(url, { signal: AbortSignal.any([signal, AbortSignal.timeout(15 * 60_000)]) });
  if (!response.ok || !response.body) throw new NoLiveServer(`${url} answers ${response.status}`);
  const parts: Uint8Array[] = [];
  let size = 0;
  const reader = response.body.getReader();
  for (;;) {
    const { done, value: part } = await reader.read();
    if (done) break;
    size += part.byteLength;
    if (size > limit) {
      await reader.cancel();
      throw new NoLiveServer(`${url} is larger than ${limit} bytes`);
    }
    parts.push(part);
  }
  return Buffer.concat(parts);
}

async function newEnoughGo(environment: NodeJS.ProcessEnv, signal: AbortSignal): Promise<string | undefined> {
  const go = onPath("go", environment) ?? executable("/usr/local/go/bin/go");
  if (!go) return undefined;
  const said = await run(go, ["version"], environment, signal).catch(() => "");
  const [, major = "0", minor = "0"] = /go(\d+)\.(\d+)/.exec(said) ?? [];
  const enough = Number(major) > GO_MINIMUM[0] || (Number(major) === GO_MINIMUM[0] && Number(minor) >= GO_MINIMUM[1]);
  return enough ? go : undefined;
}

/** Runs a program to its end. Its whole family is ended with it: `go install` starts compilers. */
function run(program: string, args: string[], environment: NodeJS.ProcessEnv, signal: AbortSignal): Promise<string> {
  return new Promise((resolve, reject) => {
    signal.throwIfAborted();
    const child = spawn(program, args, { env: environment, detached: true, stdio: ["ignore", "pipe", "pipe"] });
    let said = "";
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (part: Buffer) => (said = (said + part.toString()).slice(-4000)));
    const cancel = () => {
      try {
        if (child.pid) process.kill(-child.pid, "SIGTERM");
      } catch {
        child.kill("SIGKILL");
      }
    };
    signal.addEventListener("abort", cancel, { once: true });
    child.on("error", (error) => {
      signal.removeEventListener("abort", cancel);
      reject(error);
    });
    child.on("close", (code) => {
      signal.removeEventListener("abort", cancel);
      if (signal.aborted) reject(signal.reason instanceof Error ? signal.reason : new Error("cancelled"));
      else if (code === 0) resolve(said);
      else reject(new NoLiveServer(`${program} ${args.join(" ")} failed: ${said.trim().split("\n").at(-1) ?? code}`));
    });
  });
}

function onPath(program: string, environment: NodeJS.ProcessEnv): string | undefined {
  for (const folder of (environment.PATH ?? "").split(delimiter)) {
    const found = folder && executable(join(folder, program));
    if (found) return found;
  }
  return undefined;
}

function executable(file: string): string | undefined {
  if (!existsSync(file)) return undefined;
  try {
    accessSync(file, constants.X_OK);
    return file;
  } catch {
    return undefined;
  }
}
