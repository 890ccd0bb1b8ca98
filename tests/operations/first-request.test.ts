import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, onTestFinished, test, vi } from "vitest";
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
  const server = await aServer(httpServer);
  expect(await first).toBe(200);
  // Caddy lets go of a connection after two minutes, nginx after one: a proxy that uses one which we close then answers 502.
  const kept = await fetch(`${server.url}/healthz`);
  expect(Number(/timeout=(\d+)/.exec(kept.headers.get("keep-alive") ?? "")?.[1])).toBeGreaterThan(120);
}, 60_000);

test("a page that was written is let go of at once: a busy minute's would else be held for eleven seconds each", async () => {
  await build();
  const server = await aServer(createServer());
  const begun = vi.spyOn(globalThis, "setTimeout");
  onTestFinished(() => begun.mockRestore());
  const page = await fetch(`${server.url}/sign-in`, { headers: { cookie: "another=1" } });
  expect(await page.text()).toContain("</html>");
  const patience = begun.mock.results.filter((_one, call) => begun.mock.calls[call]?.[1] === 11_000);
  expect(patience.length).toBeGreaterThan(0);
  // Node's own word for a timer that was cleared or has rung.
  for (const { value } of patience) expect(Reflect.get(value as object, "_destroyed")).toBe(true);
}, 60_000);

async function aServer(httpServer: Server) {
  const settings = readSettings(["--production"], { NODE_ENV: "production", DATABASE_URL: await aDatabaseAddress(), DATA_DIR: aFolder(), PORT: "0", HOST: "127.0.0.1", PUBLIC_URL: "http://tongyan.example", LIVEKIT_INSTALL: "no", LOG_LEVEL: "silent" });
  const server = await startServer(settings, { build: await theBuild(), httpServer });
  onTestFinished(() => server.stop());
  return server;
}
