import { createServer } from "node:http";
import { pathToFileURL } from "node:url";
import { resolve } from "node:path";
import type { ServerBuild } from "@remix-run/node";
import { readSettings } from "./env.ts";
import { tidyAtRest } from "./rest.ts";
import { startServer } from "./start.ts";
import { whyNot } from "./why-not.ts";

process.env.NODE_ENV ??= "production";

const settings = readSettings();
const build = (await import(pathToFileURL(resolve("build/server/index.js")).href)) as ServerBuild; // made by `remix vite:build`
const server = await startServer(settings, { build, httpServer: createServer() }).catch((error: unknown) => {
  const words = whyNot(error, settings.dataDir);
  if (words === undefined) throw error;
  console.error(words);
  process.exit(1);
});
tidyAtRest();
console.log(settings.mode === "demo" ? `同研（演示）：${server.url}  打开后在登录页点一个人就能进来。` : `同研：${settings.publicUrl}`);

/** A terminal and a service manager tell us and the command that started us, which passes it on: the second time we are stopping already. */
let stopping: Promise<never> | undefined;
for (const signal of ["SIGINT", "SIGTERM"] as const) {
  process.on(signal, () => {
    stopping ??= server.stop().then(
      () => process.exit(0),
      () => process.exit(1),
    );
  });
}
