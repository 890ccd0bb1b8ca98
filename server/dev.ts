import { createServer } from "node:http";
import { watch } from "node:fs";
import { spawn } from "node:child_process";
import type { ServerBuild } from "@remix-run/node";
import { readSettings } from "./env.ts";
import { startServer } from "./start.ts";

/** Rooms whose change needs a new process; pages are replaced by Vite while it runs. */
const WATCHED = ["server", "db", "search", "app"];

if (process.env.TONGYAN_DEV_CHILD) await serve();
else supervise();

/** Vite in this very process serves the scripts and compiles the pages. */
async function serve(): Promise<void> {
  process.env.NODE_ENV = "development";
  const { createServer: createVite } = await import("vite");
  const httpServer = createServer();
  const vite = await createVite({ server: { middlewareMode: true, hmr: { server: httpServer } } });
  const settings = readSettings(process.argv.slice(2));
  const running = await startServer(settings, {
    httpServer,
    build: () => vite.ssrLoadModule("virtual:remix/server-build") as Promise<ServerBuild>, // the module that Remix's plugin makes
    development: { assets: vite.middlewares as never },
  });
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => void running.stop().finally(() => process.exit(0)));
}

/** Starts the server again when what it runs has changed. `node --watch` would restart for ever: Vite writes below node_modules. */
function supervise(): void {
  let timer: NodeJS.Timeout | undefined;
  const start = () => spawn(process.execPath, [...process.argv.slice(1)], { stdio: "inherit", env: { ...process.env, TONGYAN_DEV_CHILD: "1" } });
  let child = start();
  for (const folder of WATCHED) {
    watch(folder, { recursive: true }, (_event, name) => {
      if (!name?.endsWith(".ts")) return;
      clearTimeout(timer);
      timer = setTimeout(() => {
        child.once("exit", () => (child = start()));
        child.kill("SIGTERM");
      }, 150);
    });
  }
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => (child.once("exit", () => process.exit(0)), child.kill(signal)));
}
