import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Operations } from "#app/operations/operations.ts";
import type { OpenDb } from "#db/types.ts";

const root = join(import.meta.dirname, "..");

/** @param parts asked anew each time */
export async function makeOperations(open: OpenDb, disk: Operations["disk"], parts: Operations["parts"]): Promise<Operations> {
  const database = String(await open.probe(open.engine === "sqlite" ? "select sqlite_version()" : "select current_setting('server_version')"));
  return {
    parts,
    disk,
    versions: { app: appVersion(), node: process.version, database: `${open.engine === "sqlite" ? "SQLite" : "PostgreSQL"} ${database}` },
  };
}

/** As package.json names it, and which commit, where that is known. */
function appVersion(): string {
  const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { version: string }; // our own file
  try {
    return `${version} (${execFileSync("git", ["rev-parse", "--short", "HEAD"], { cwd: root, encoding: "utf8", stdio: ["ignore", "pipe", "ignore"], timeout: 2_000 }).trim()})`;
  } catch {
    return version;
  }
}
