import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { randomBytes } from "node:crypto";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import Database from "better-sqlite3";
import { demoId } from "#server/demo/ids.ts";
import { type Running, running } from "#tests/e2e/running.ts";
import { START_PATIENCE_MS } from "../process/patience.ts";
import { signedIn } from "../web/sign-in.ts";
import type { Answer } from "./ask.ts";

/** A part of everything that a hostile guest would have executed: never to be found as an element of a page. */
export const MARK = "hostile7";

export interface Yard {
  server: Running;
  /** Of a writer of the plan, a master and a region's administrator. */
  teacher: string;
  master: string;
  official: string;
  planId: string;
  studioId: string;
  regionId: string;
  /** A file beside the server's folder that nobody may read, and its content. */
  outside: string;
  canary: string;
  /** Why something got out since the last look, or undefined. */
  escape(answer: Answer): string | undefined;
  stop(): Promise<void>;
}

/** The server with its demonstration, in a folder of which it may use one corner. */
export async function openYard(): Promise<Yard> {
  const folder = mkdtempSync(join(existsSync("/dev/shm") ? "/dev/shm" : tmpdir(), "tongyan-hostile-"));
  const dataDir = join(folder, "a", "b", "data");
  mkdirSync(dataDir, { recursive: true });
  const [outside, canary] = [join(folder, "outside.txt"), randomBytes(12).toString("hex")];
  writeFileSync(outside, canary);
  const server = await running({ dataDir, patience: START_PATIENCE_MS });
  const db = new Database(join(dataDir, "demo.sqlite"), { readonly: true });
  const one = (statement: string, ...values: string[]) => String(db.prepare(statement).pluck().get(...values));
  const planId = one("select id from lesson_plans where kind = 'common' and lesson_id = ?", demoId("lesson", "fraction-meaning"));
  const regionId = one("select scope_id from role_grants where person_id = ? and role = 'region_admin'", demoId("person", "shen-lianqing"));
  db.close();
  const [teacher = "", master = "", official = ""] = await Promise.all(["lin-yutong", "zhou-wenlan", "shen-lianqing"].map((key) => signedIn(server.url, key)));
  return {
    server, teacher, master, official, planId, studioId: demoId("studio", "wenlan"), regionId, outside, canary,
    escape: (answer) => strayFile(folder, dataDir) ?? told(answer, canary, server.url),
    stop: async () => {
      await server.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Where the server keeps what it keeps. */
const ITS_OWN = [/^demo\.sqlite(-wal|-shm|-journal)?$/, /^secret$/, /^search\//, /^files\/([0-9a-f]{2})\/([0-9a-f]{2})\/\1\2[0-9a-f]{60}$/, /^files\/incoming\/[^/]+$/, /^uploads\/[0-9a-zA-Z]+(\.json)?$/, /^bin\//];

function strayFile(folder: string, dataDir: string): string | undefined {
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (entry.isDirectory()) continue;
    const path = join(entry.parentPath, entry.name);
    const inside = relative(dataDir, path);
    if (path !== join(folder, "outside.txt") && !(entry.isFile() && ITS_OWN.some((own) => own.test(inside)))) return `a file at ${inside}`;
  }
  return undefined;
}

function told(answer: Answer, canary: string, url: string): string | undefined {
  if (answer.body.includes(canary)) return "a file from outside was read";
  if (/root:.*:0:0:/.test(answer.body)) return "a file of the system was read";
  if (answer.isHtml && executes(answer.body)) return "what was typed is a part of the page";
  if (answer.headerNames.some((name) => name.includes(MARK))) return "what was typed is a header";
  if (answer.location && new URL(answer.location, url).origin !== url) return `it leads away, to ${answer.location}`;
  return undefined;
}

/** Whether the mark is within an element, its attributes' values apart, begins a script, or a link runs one. */
function executes(html: string): boolean {
  const bare = html.replace(/="[^"]*"/g, '=""');
  return new RegExp(`<[a-z][^<>]*${MARK}|<script[^>]*>\\s*${MARK}`, "i").test(bare) || /(href|src|action)="\s*javascript:/i.test(html);
}
