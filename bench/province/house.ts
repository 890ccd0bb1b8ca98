import { execFileSync } from "node:child_process";
import { copyFileSync, existsSync, mkdirSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";
import Database from "better-sqlite3";
import { everything } from "#app/search/index-document.server.ts";
import { openDb } from "#db/open.ts";
import { authUsers } from "#db/schema/index.ts";
import { reindex } from "#search/reindex.ts";
import { openSqliteSearch } from "#search/sqlite.ts";
import { installationSecret } from "#server/secrets.ts";
import { makeSessions } from "#server/sessions.ts";
import { type Running, running } from "#tests/e2e/running.ts";
import { START_PATIENCE_MS } from "../process/patience.ts";

const PROVINCE_FILE = resolve(import.meta.dirname, "../../data/bench/province.sqlite");

/** A data folder with a copy of the province, or of a part of it, and its search index, kept for the next run: `data/bench/house-PERCENT`. */
export async function provinceFolder(percent: number, say: (line: string) => void): Promise<string> {
  const folder = join(PROVINCE_FILE, "..", `house-${percent}`);
  const whole = join(folder, "whole");
  if (!existsSync(whole)) {
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
    const database = join(folder, "tongyan.sqlite");
    if (percent === 100 && existsSync(PROVINCE_FILE)) copyFileSync(PROVINCE_FILE, database);
    else {
      say("the province is made first");
      execFileSync(process.execPath, ["bench/run.ts", "province", "--percent", String(percent)], { cwd: resolve(import.meta.dirname, "../.."), stdio: "ignore", env: { ...process.env, DATABASE_URL: database } });
    }
    mkdirSync(whole);
  }
  await indexed(folder, say);
  return folder;
}

/** Makes the search index where there is none, or one of an earlier format: a server that made it would not be at rest. */
async function indexed(folder: string, say: (line: string) => void): Promise<void> {
  const search = openSqliteSearch({ folder: join(folder, "search") });
  try {
    if ((await search.state()).rebuild === null) return;
    say("its search index is made first");
    const { db, close } = await openDb(join(folder, "tongyan.sqlite"));
    await reindex(search, everything(db));
    await close();
  } finally {
    await search.close();
  }
}

/** The real server on such a folder. */
export function provinceServer(dataDir: string): Promise<Running> {
  return running({ mode: "production", dataDir, patience: START_PATIENCE_MS });
}

/** Cookies of people of the province, who have no password and so cannot come in by the page. */
export async function cookiesOf(server: Running, personIds: readonly string[]): Promise<string[]> {
  const open = await openDb(join(server.dataDir, "tongyan.sqlite"));
  try {
    const sessions = makeSessions(open, installationSecret(server.dataDir, undefined), server.url);
    const cookies: string[] = [];
    for (const id of personIds) {
      await open.db.insert(authUsers).values({ id, name: "", email: `${id.toLowerCase()}@person.invalid`, emailVerified: true, createdAt: new Date(), updatedAt: new Date() }).onConflictDoNothing();
      const headers = await sessions.open(new Request(server.url), id);
      cookies.push(headers.getSetCookie().map((one) => one.split(";")[0]).join("; "));
    }
    return cookies;
  } finally {
    await open.close();
  }
}

/** The first plans of the province, each with who may write it. */
export function plansOf({ dataDir }: Running, count: number): { id: string; ownerId: string }[] {
  const db = new Database(join(dataDir, "tongyan.sqlite"), { readonly: true });
  try {
    return db.prepare("select id, owner_id as ownerId from lesson_plans order by id limit ?").all(count) as { id: string; ownerId: string }[]; // as the statement names them
  } finally {
    db.close();
  }
}
