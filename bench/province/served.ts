import { createServer } from "node:http";
import { join } from "node:path";
import { and, eq, lte } from "drizzle-orm";
import { openDb } from "#db/open.ts";
import { jobs } from "#db/schema/index.ts";
import type { Db, OpenDb } from "#db/types.ts";
import { reindex } from "#search/reindex.ts";
import { openSqliteSearch } from "#search/sqlite.ts";
import { readSettings } from "#server/env.ts";
import { startServer } from "#server/start.ts";
import { build } from "#server/starter/build.js";
import { theBuild } from "#tests/doors/manifest.ts";
import { SECRET, signedInAs } from "./accounts.ts";

const PUBLIC_URL = "http://tongyan.example";

/** The whole server in this process, so that its statements can be heard. */
export interface Served {
  db: Db;
  url: string;
  ask(who: string | null, path: string, init?: RequestInit): Promise<{ status: number; body: string; html: boolean }>;
  /** Until no job is due. */
  settled(): Promise<void>;
  close(): Promise<void>;
}

/** @param people makes who is to be signed in, and gives their ids; nothing runs yet */
export async function serve({ folder, database, env }: { folder: string; database: string; env?: Record<string, string> }, people: (open: OpenDb) => Promise<readonly string[]>): Promise<Served> {
  await build();
  await emptyIndex(folder);
  const open = await openDb(database);
  const cookies = await signedInAs(open, PUBLIC_URL, await people(open));
  const settings = readSettings([], { NODE_ENV: "production", DATA_DIR: folder, PORT: "0", SECRET, LOG_LEVEL: "warn", PUBLIC_URL, LIVEKIT_INSTALL: "no", ...env });
  const server = await startServer({ ...settings, database, fillDemo: false }, { build: await theBuild(), httpServer: createServer() });
  const due = () => open.db.$count(jobs, and(eq(jobs.state, "waiting"), lte(jobs.runAt, new Date()), eq(jobs.attempts, 0)));
  return {
    db: open.db,
    url: server.url,
    ask: async (who, path, init = {}) => {
      const headers = new Headers(init.headers);
      headers.set("origin", server.url);
      if (who) headers.set("cookie", cookies.get(who) ?? "");
      const response = await fetch(server.url + path, { ...init, headers, redirect: "manual" });
      return { status: response.status, body: await response.text(), html: response.headers.get("content-type")?.startsWith("text/html") ?? false };
    },
    settled: async () => {
      while ((await due()) > 0) await new Promise((resume) => setTimeout(resume, 50));
    },
    close: async () => {
      await server.stop();
      await open.close();
    },
  };
}

/** An index of nothing, so that the server does not make one of all that is there before it answers: that is another bench. */
async function emptyIndex(folder: string): Promise<void> {
  const search = openSqliteSearch({ folder: join(folder, "search") });
  await reindex(search, []);
  await search.close();
}
