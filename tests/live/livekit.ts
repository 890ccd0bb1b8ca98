import { mkdtempSync, rmSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import type { LiveSettings } from "#server/live/settings.ts";
import type { Live } from "#server/live/start.ts";
import type { Db } from "#db/types.ts";
import { type Handler, mountLive } from "./mount.ts";
import { livekitProgram } from "./program.ts";

export const program = livekitProgram();
if (!program) console.warn("NOT TESTED: picture and sound. No livekit-server could be found or built (Go 1.26 and the module proxy are needed).");

/** The cookie of a signed-in person, as `anApp` reads it: real sessions are tested elsewhere. */
export const cookieOf = (person: { id: string }) => `who=${person.id}`;

export interface App {
  live: Live;
  origin: string;
  httpServer: Server;
  settings: LiveSettings;
  /** People whose session has ended. */
  signedOut: Set<string>;
  close(): Promise<void>;
}

/** Our HTTP server with the live part mounted as `server/start.ts` mounts it, on loopback and a free port (or `port`). */
export async function anApp(db: Db, given: { dataDir?: string; port?: number; settings?: Partial<LiveSettings>; livekit?: boolean; handler?: Handler } = {}): Promise<App> {
  const dataDir = given.dataDir ?? aFolder();
  const signedOut = new Set<string>();
  const httpServer = createServer();
  await new Promise<void>((resolve) => httpServer.listen(given.port ?? 0, "127.0.0.1", resolve));
  const address = httpServer.address();
  const origin = `http://127.0.0.1:${address && typeof address === "object" ? address.port : 0}`;
  const folder = given.livekit === false || !program ? "" : program.slice(0, program.lastIndexOf("/"));
  const settings: LiveSettings = {
    dataDir,
    install: false,
    loopbackOnly: true,
    ports: { http: 0, tcp: 0, udpFrom: 0, udpTo: 100 },
    webhookUrl: () => `${origin}/live/webhook`,
    environment: { NODE_ENV: "test", PATH: folder, HOME: dataDir },
    ...given.settings,
  };
  const live = mountLive(db, httpServer, origin, settings, { signedOut, ...(given.handler && { handler: given.handler }) });
  let closed = false;
  const close = async () => {
    if (closed) return;
    closed = true;
    await live.stop();
    httpServer.closeAllConnections();
    await new Promise((resolve) => httpServer.close(resolve));
  };
  onTestFinished(close);
  return { live, origin, httpServer, settings, signedOut, close };
}

export function aFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "tongyan-live-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
