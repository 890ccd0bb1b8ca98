import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { readSettings } from "#server/env.ts";
import { startServer } from "#server/start.ts";
import { build } from "#server/starter/build.js";
import { aDatabaseAddress } from "#tests/database.ts";
import { theBuild } from "#tests/doors/manifest.ts";
import { aFolder } from "#tests/processes/parts.ts";

test("whoever comes in the moment in which the door opens is answered, and connections are left open longer than by any proxy", async () => {
  await build();
  const httpServer = createServer();
  const first = new Promise<number>((resolve, reject) => {
    httpServer.once("listening", () => {
      const { port } = httpServer.address() as AddressInfo; // a TCP server's address is never a string
      fetch(`http://127.0.0.1:${port}/healthz`, { signal: AbortSignal.timeout(20_000) }).then(({ status }) => resolve(status), reject);
    });
  });
  const settings = readSettings(["--production"], { NODE_ENV: "production", DATABASE_URL: await aDatabaseAddress(), DATA_DIR: aFolder(), PORT: "0", HOST: "127.0.0.1", PUBLIC_URL: "http://tongyan.example", LIVEKIT_INSTALL: "no", LOG_LEVEL: "silent" });
  const server = await startServer(settings, { build: await theBuild(), httpServer });
  onTestFinished(() => server.stop());
  expect(await first).toBe(200);
  // Caddy lets go of a connection after two minutes, nginx after one: a proxy that uses one which we close then answers 502.
  const kept = await fetch(`${server.url}/healthz`);
  expect(Number(/timeout=(\d+)/.exec(kept.headers.get("keep-alive") ?? "")?.[1])).toBeGreaterThan(120);
}, 60_000);
