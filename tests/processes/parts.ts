import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { connect, createServer } from "node:net";
import { homedir, tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { CreateBucketCommand, S3Client } from "@aws-sdk/client-s3";
import { onTestFinished } from "vitest";
import type { ObjectStore } from "#server/bucket.ts";
import { freePort } from "#tests/free-port.ts";

/** A program that `npm test` installs or builds for the tests, or undefined where it cannot be had. */
export function programOf(name: string): string | undefined {
  const folders = [...(process.env.PATH ?? "").split(delimiter), join(process.env.XDG_CACHE_HOME ?? join(homedir(), ".cache"), "tongyan", "bin")];
  return folders.map((folder) => join(folder, name)).find((file) => existsSync(file));
}

export interface Part {
  port: number;
  kill(): Promise<void>;
  /** It takes lines and says nothing, until it wakes. */
  sleep(): void;
  wake(): void;
}

/** A real Redis that keeps nothing on the disk. */
export async function aRedis(port?: number): Promise<Part & { url: string }> {
  const chosen = port ?? (await freePort());
  const part = await started("redis-server", ["--port", String(chosen), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"], chosen);
  return { ...part, url: `redis://127.0.0.1:${chosen}` };
}

/** A real S3-compatible store on a folder of its own, without buckets. */
export async function anObjectStore(port?: number, folder = aFolder()): Promise<Part & { endpoint: string; folder: string; accessKeyId: string; secretAccessKey: string; region: string }> {
  const chosen = port ?? (await freePort());
  const [accessKeyId, secretAccessKey] = ["tongyan", "only-for-tests"];
  const part = await started("versitygw", ["--access", accessKeyId, "--secret", secretAccessKey, "--port", `127.0.0.1:${chosen}`, "posix", folder], chosen);
  return { ...part, endpoint: `http://127.0.0.1:${chosen}`, folder, accessKeyId, secretAccessKey, region: "us-east-1" };
}

/** An empty bucket in one of its own, as the settings name it; away after `kill`, back with all that was kept after `again`. */
export async function aBucket(): Promise<{ named: ObjectStore; s3: S3Client; again(): Promise<void> } & Omit<Part, "port">> {
  const { endpoint, region, accessKeyId, secretAccessKey, port, folder, kill, sleep, wake } = await anObjectStore();
  const named = { endpoint, bucket: "tongyan", region, accessKeyId, secretAccessKey };
  const s3 = new S3Client({ endpoint, region, credentials: { accessKeyId, secretAccessKey }, forcePathStyle: true });
  await s3.send(new CreateBucketCommand({ Bucket: named.bucket }));
  return { named, s3, kill, sleep, wake, again: async () => void (await anObjectStore(port, folder)) };
}

/** One address behind which several servers stand: each new line goes to the next of them that answers. */
export async function aFrontDoor(ports: readonly number[]): Promise<{ port: number }> {
  let turn = 0;
  const door = createServer((visitor) => {
    visitor.on("error", () => visitor.destroy());
    const order = ports.map((_, index) => ports[(turn + index) % ports.length] ?? 0);
    turn += 1;
    const lead = ([port, ...others]: number[]): void => {
      if (port === undefined) return void visitor.destroy();
      const server = connect(port, "127.0.0.1");
      const refused = () => lead(others);
      server.once("error", refused);
      server.once("connect", () => {
        server.off("error", refused);
        server.on("error", () => visitor.destroy());
        visitor.on("close", () => server.destroy());
        server.on("close", () => visitor.destroy());
        visitor.pipe(server).pipe(visitor);
      });
    };
    lead(order);
  });
  const port = await freePort();
  await new Promise<void>((resolve) => door.listen(port, "127.0.0.1", resolve));
  onTestFinished(() => void door.close());
  return { port };
}

export function aFolder(): string {
  const folder = mkdtempSync(join(existsSync("/dev/shm") ? "/dev/shm" : tmpdir(), "tongyan-parts-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

async function started(name: string, args: string[], port: number): Promise<Part> {
  const program = programOf(name);
  if (!program) throw new Error(`there is no ${name}`);
  const child: ChildProcess = spawn(program, args, { stdio: "ignore" });
  const gone = once(child, "exit");
  const kill = async () => {
    if (child.exitCode === null && child.signalCode === null) child.kill("SIGKILL");
    await gone;
  };
  onTestFinished(kill);
  for (let attempt = 0; attempt < 300; attempt += 1) {
    if (await answers(port)) return { port, kill, sleep: () => void child.kill("SIGSTOP"), wake: () => void child.kill("SIGCONT") };
    await new Promise((resume) => setTimeout(resume, 50));
  }
  throw new Error(`${name} does not answer`);
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const line = connect(port, "127.0.0.1");
    line.once("connect", () => {
      line.destroy();
      resolve(true);
    });
    line.once("error", () => resolve(false));
  });
}
