import { copyFileSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { isNoRoom } from "#db/errors.ts";
import type { Settings } from "../env.ts";
import { copyFolder } from "./copy-folder.ts";
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
 * @throws CannotBackUp when the folder is there already, there is no room for it, or a program that is needed is not there
 */
export async function backUp(settings: Settings, into: string, at = new Date()): Promise<string> {
  const folder = resolve(into);
  if (existsSync(folder)) throw new CannotBackUp(`${folder} is there already: name a folder that is not.`);
  const unfinished = folder + UNFINISHED;
  rmSync(unfinished, { recursive: true, force: true });
  mkdirSync(dirname(unfinished), { recursive: true });
  // Who reads the copy reads everything, and has the secret with it.
  mkdirSync(unfinished, { mode: 0o700 });
  try {
    await copyInto(unfinished, settings, at);
  } catch (error) {
    rmSync(unfinished, { recursive: true, force: true });
    if (!isNoRoom(error)) throw error;
    throw new CannotBackUp(`There is no room for a backup in ${dirname(folder)}. Nothing was left there.`);
  }
  renameSync(unfinished, folder);
  return folder;
}

async function copyInto(unfinished: string, settings: Settings, at: Date): Promise<void> {
  const database = await keepDatabase(settings, unfinished);
  const files = join(settings.dataDir, FILES);
  // What is still being written has no place yet.
  if (existsSync(files)) copyFolder(files, join(unfinished, FILES), ["incoming"]);
  const secret = join(settings.dataDir, SECRET_FILE);
  if (existsSync(secret)) copyFileSync(secret, join(unfinished, SECRET_FILE));
  writeFileSync(join(unfinished, MANIFEST), `${JSON.stringify({ format: 1, madeAt: at.toISOString(), database } satisfies Manifest, null, 2)}\n`);
  for (const entry of readdirSync(unfinished, { recursive: true, withFileTypes: true })) if (entry.isFile()) flush(join(entry.parentPath, entry.name));
}

/** How many files a backup holds. */
export function countFiles(folder: string): number {
  const files = join(folder, FILES);
  return existsSync(files) ? readdirSync(files, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).length : 0;
}
