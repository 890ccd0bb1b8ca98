import { cpSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import type { Settings } from "../env.ts";
import { flush, keepDatabase } from "./databases.ts";

export const MANIFEST = "backup.json";
export const FILES = "files";
export const SECRET_FILE = "secret";

/** A folder is whole or has another name: what was cut off is called so. */
const UNFINISHED = ".unfinished";

export interface Manifest {
  format: 1;
  madeAt: string;
  database: "sqlite" | "postgresql";
}

/** What a person at the keyboard must mend. */
export class CannotBackUp extends Error {}

/**
 * Copies database, files and secret into a new folder while the server goes on. The database first: a file is on the disk before a row
 * speaks of it, so that everything the copy speaks of is in the copy.
 *
 * @throws CannotBackUp when the folder is there already, or a program that is needed is not
 */
export async function backUp(settings: Settings, into: string, at = new Date()): Promise<string> {
  const folder = resolve(into);
  if (existsSync(folder)) throw new CannotBackUp(`${folder} is there already: name a folder that is not.`);
  const unfinished = folder + UNFINISHED;
  rmSync(unfinished, { recursive: true, force: true });
  mkdirSync(unfinished, { recursive: true });
  const database = await keepDatabase(settings.database, unfinished);
  const files = join(settings.dataDir, FILES);
  // What is still being written has no place yet.
  if (existsSync(files)) cpSync(files, join(unfinished, FILES), { recursive: true, filter: (path) => path !== join(files, "incoming") });
  const secret = join(settings.dataDir, SECRET_FILE);
  if (existsSync(secret)) cpSync(secret, join(unfinished, SECRET_FILE));
  writeFileSync(join(unfinished, MANIFEST), `${JSON.stringify({ format: 1, madeAt: at.toISOString(), database } satisfies Manifest, null, 2)}\n`);
  for (const entry of readdirSync(unfinished, { recursive: true, withFileTypes: true })) if (entry.isFile()) flush(join(entry.parentPath, entry.name));
  renameSync(unfinished, folder);
  return folder;
}

/** How many files a backup holds. */
export function countFiles(folder: string): number {
  const files = join(folder, FILES);
  return existsSync(files) ? readdirSync(files, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).length : 0;
}
