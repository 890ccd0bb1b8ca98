import { createHash } from "node:crypto";
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { execFileSync } from "node:child_process";
import { expect, onTestFinished, test } from "vitest";
import { findLivekit, installLivekit, NoLiveServer } from "#server/live/install.ts";
import { aFolder } from "./livekit.ts";
import { until } from "./until.ts";

/** A stand-in for the place where releases are published: the real one cannot be reached from where this was written. */
async function aReleasePlace(files: Record<string, Buffer | string>): Promise<string> {
  const server = createServer((request, response) => {
    const file = files[(request.url ?? "").slice(1)];
    if (file === undefined) response.writeHead(404).end();
    else response.end(file);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  return `http://127.0.0.1:${address && typeof address === "object" ? address.port : 0}`;
}

/** A release as `tar` makes it, with a program that only says its name. */
function aRelease(): { bytes: Buffer; sha256: string } {
  const folder = aFolder();
  writeFileSync(join(folder, "LICENSE"), "许可".repeat(300));
  writeFileSync(join(folder, "livekit-server"), "#!/bin/sh\necho 同研\n", { mode: 0o755 });
  execFileSync("tar", ["-czf", join(folder, "release.tar.gz"), "-C", folder, "LICENSE", "livekit-server"]);
  const bytes = readFileSync(join(folder, "release.tar.gz"));
  return { bytes, sha256: createHash("sha256").update(bytes).digest("hex") };
}

const without = { NODE_ENV: "test", PATH: "" } as const;
const install = (dataDir: string, release: { url: string; sha256?: string }, signal = new AbortController().signal) => installLivekit({ dataDir, environment: { ...without, PATH: noGo(dataDir) }, release }, signal);

/** A PATH on which `go` is too old, so that the release is taken. */
function noGo(dataDir: string): string {
  const folder = join(dataDir, "old-go");
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "go"), "#!/bin/sh\necho go version go1.20 linux/amd64\n");
  chmodSync(join(folder, "go"), 0o755);
  return folder;
}

test("a release with the checksum that was set, or that its own list names, is put in its place, ready to run", async () => {
  const { bytes, sha256 } = aRelease();
  const place = await aReleasePlace({ "r.tar.gz": bytes, "checksums.txt": `${"0".repeat(64)}  other.tar.gz\n${sha256}  r.tar.gz\n` });
  for (const given of [{ sha256 }, {}]) {
    const dataDir = aFolder();
    expect(findLivekit({ dataDir, environment: without })).toBeUndefined();
    const program = await install(dataDir, { url: `${place}/r.tar.gz`, ...given });
    expect(findLivekit({ dataDir, environment: without })).toBe(program);
    expect(execFileSync(program, { encoding: "utf8" })).toBe("同研\n");
    expect(readdirSync(join(dataDir, "bin"))).toEqual(["livekit-server"]);
  }
});

test.each<[string, (release: { bytes: Buffer; sha256: string }) => { files: Record<string, Buffer | string>; sha256?: string }]>([
  ["another checksum than was set", ({ bytes }) => ({ files: { "r.tar.gz": bytes }, sha256: "1".repeat(64) })],
  ["another checksum than is published", ({ bytes }) => ({ files: { "r.tar.gz": bytes, "checksums.txt": `${"2".repeat(64)}  r.tar.gz\n` } })],
  ["no published checksum", ({ bytes }) => ({ files: { "r.tar.gz": bytes, "checksums.txt": "" } })],
  ["nothing there", () => ({ files: {}, sha256: "3".repeat(64) })],
  ["no program in it", () => {
    const bytes = gzipSync(Buffer.alloc(1024));
    return { files: { "r.tar.gz": bytes }, sha256: createHash("sha256").update(bytes).digest("hex") };
  }],
])("a release with %s is not used, and nothing is left of it", async (_what, make) => {
  const { files, sha256 } = make(aRelease());
  const dataDir = aFolder();
  const url = `${await aReleasePlace(files)}/r.tar.gz`;
  await expect(install(dataDir, { url, ...(sha256 && { sha256 }) })).rejects.toThrow(NoLiveServer);
  expect(readdirSync(join(dataDir, "bin"))).toEqual([]);
});

test("fetching ends when it is told to, with every program that it started", async () => {
  const dataDir = aFolder();
  const folder = join(dataDir, "new-go");
  mkdirSync(folder);
  // A Go that is new enough and never finishes: it says which process it is, and starts a child as compilers are started.
  writeFileSync(join(folder, "go"), `#!/bin/sh\n[ "$1" = version ] && echo go version go1.26.8 linux/amd64 && exit 0\n/bin/sleep 300 &\necho $! > ${join(dataDir, "child")}\nwait\n`);
  chmodSync(join(folder, "go"), 0o755);
  const stop = new AbortController();
  const installing = installLivekit({ dataDir, environment: { ...without, PATH: folder } }, stop.signal);
  installing.catch(() => undefined);
  const child = Number(await until("the child", () => existsSync(join(dataDir, "child")) && readFileSync(join(dataDir, "child"), "utf8").trim()));
  stop.abort(new Error("停"));
  await expect(installing).rejects.toThrow("停");
  await until("the end of the child", () => {
    try {
      // A process that has ended but was not waited for is a zombie: gone all the same.
      return process.kill(child, 0) && /^State:\s*Z/m.test(readFileSync(`/proc/${child}/status`, "utf8"));
    } catch {
      return true;
    }
  });
  expect(readdirSync(join(dataDir, "bin"))).toEqual([]);
});

test("what is on the PATH comes before what was fetched", () => {
  const dataDir = aFolder();
  for (const folder of ["path", "bin"]) {
    mkdirSync(join(dataDir, folder));
    writeFileSync(join(dataDir, folder, "livekit-server"), "", { mode: 0o755 });
  }
  expect(findLivekit({ dataDir, environment: { ...without, PATH: join(dataDir, "path") } })).toBe(join(dataDir, "path", "livekit-server"));
  expect(findLivekit({ dataDir, environment: without })).toBe(join(dataDir, "bin", "livekit-server"));
});
