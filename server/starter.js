// Every command of package.json comes through here, on whatever Node the machine has (20.19 or newer). It installs and builds
// what is missing or stale, finds a Node 24, and runs the command on that. Plain JavaScript, because an older Node runs it.
import { spawn } from "node:child_process";
import { build } from "./starter/build.js";
import { install } from "./starter/install.js";
import { node24, tool } from "./starter/node.js";
import { prepareMachine } from "./starter/machine.js";

const [command = "start", ...rest] = process.argv.slice(2);

const commands = {
  async start() {
    await build();
    await run(node24(), ["server/index.ts", ...rest]);
  },
  /** For images and for machines that start it as somebody who may not write here. */
  async build() {
    await build();
  },
  async dev() {
    await run(node24(), ["server/dev.ts", ...rest]);
  },
  async test() {
    const given = rest.length > 0;
    const missing = given ? [] : await prepareMachine();
    await build();
    if (!given) await run(node24(), [tool("typescript/bin/tsc"), "--noEmit"]);
    for (const line of missing) console.log(line);
    await run(node24(), [tool("vitest/vitest.mjs"), "run", ...rest], { TONGYAN_MISSING: missing.join("\n") });
  },
  async check() {
    await run(node24(), [tool("typescript/bin/tsc"), "--noEmit", ...rest]);
  },
  /** The long form of the test of input methods: 500 rounds, or as many as are asked for. */
  async "test:ime"() {
    await run(node24(), [tool("vitest/vitest.mjs"), "run", "--project", "browser", "tests/e2e/editor-ime.test.ts"], { IME_ROUNDS: rest[0] ?? "500" });
  },
  async shots() {
    await build();
    await run(node24(), ["tests/e2e/shots.ts", ...rest]);
  },
  async backup() {
    await run(node24(), ["server/backup/command.ts", "backup", ...rest]);
  },
  async restore() {
    await run(node24(), ["server/backup/command.ts", "restore", ...rest]);
  },
  async bench() {
    await run(node24(), ["bench/run.ts", ...rest]);
  },
  async "demo:people"() {
    await run(node24(), ["server/demo/people.ts", ...rest]);
  },
  async "db:generate"() {
    const kit = tool("drizzle-kit/bin.cjs");
    await run(node24(), [kit, "generate", ...rest], { DATABASE_URL: "" });
    await run(node24(), [kit, "generate", ...rest], { DATABASE_URL: "postgres://generate" });
  },
};

const chosen = commands[command];
if (!chosen) {
  console.error(`No such command: ${command}. There are: ${Object.keys(commands).join(", ")}.`);
  process.exit(2);
}
await install();
await chosen();

/** Runs a program with our input and output, passes signals on, and ends as it ends when it fails. */
function run(file, args, env = {}) {
  return new Promise((resolve) => {
    const child = spawn(file, args, { stdio: "inherit", env: { ...process.env, ...env } });
    const pass = (signal) => child.kill(signal);
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, pass);
    child.on("exit", (code, signal) => {
      for (const each of ["SIGINT", "SIGTERM", "SIGHUP"]) process.off(each, pass);
      if (code === 0) resolve();
      else process.exit(signal ? 1 : (code ?? 1));
    });
  });
}
