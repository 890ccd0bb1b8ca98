import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { connect, createServer } from "node:net";
import { homedir } from "node:os";
import { delimiter, join } from "node:path";
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

/** Starts one of them, and waits until it takes lines. */
export async function startPart(name: string, args: string[], port: number): Promise<Part> {
  const program = programOf(name);
  if (!program) throw new Error(`there is no ${name}`);
  const child = spawn(program, args, { stdio: "ignore" });
  const gone = once(child, "exit");
  const kill = async () => {
    if (child.exitCode === null && child.signalCode === null) child.kill("SIGKILL");
    await gone;
  };
  for (let attempt = 0; attempt < 300; attempt += 1) {
    if (await answers(port)) return { port, kill, sleep: () => void child.kill("SIGSTOP"), wake: () => void child.kill("SIGCONT") };
    await new Promise((resume) => setTimeout(resume, 50));
  }
  await kill();
  throw new Error(`${name} does not answer`);
}

/** A real Redis that keeps nothing on the disk. */
export async function startRedis(port?: number): Promise<Part & { url: string }> {
  const chosen = port ?? (await freePort());
  const part = await startPart("redis-server", ["--port", String(chosen), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"], chosen);
  return { ...part, url: `redis://127.0.0.1:${chosen}` };
}

/** One address behind which several servers stand. Each new line goes to the next of them that answers, or always to the first. */
export async function openFrontDoor(ports: readonly number[], by: "turns" | "order" = "turns"): Promise<{ port: number; close(): void }> {
  let turn = 0;
  // Were small pieces gathered here, as a line does by itself, each would come 40 ms later.
  const door = createServer({ noDelay: true }, (visitor) => {
    visitor.on("error", () => visitor.destroy());
    const order = ports.map((_, index) => ports[(turn + index) % ports.length] ?? 0);
    if (by === "turns") turn += 1;
    const lead = ([port, ...others]: number[]): void => {
      if (port === undefined) return void visitor.destroy();
      const server = connect({ port, host: "127.0.0.1", noDelay: true });
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
  return { port, close: () => void door.close() };
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
