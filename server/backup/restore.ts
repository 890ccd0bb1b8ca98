import { createHash } from "node:crypto";
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { turnEpochs } from "#db/documents.ts";
import { isNoRoom } from "#db/errors.ts";
import { openDb } from "#db/open.ts";
import type { Settings } from "../env.ts";
import { CannotBackUp, FILES, MANIFEST, type Manifest, SECRET_FILE } from "./backup.ts";
import { copyFolder } from "./copy-folder.ts";
import { layDatabase, placeFor, settleDatabase, takeDatabaseAway } from "./databases.ts";
import { unfinishedIn } from "./unfinished.ts";

/** In the folder of an unfinished restore: which database is its own, as a hash, for an address may hold a password. */
const INTO = "into";

/**
 * Lays a backup into an empty place: beside it first, then all at once. What fails takes away what it laid, and what was killed is taken away
 * by the next try, so that the same command can be run again. Every document gets another epoch: pages that were open before know more than the
 * copy does, and what they kept is offered to their owners instead of flowing back.
 *
 * @throws CannotBackUp when the place is not empty, the folder is no whole backup, a file is not what its name says, or there is no room
 */
export async function restore(settings: Settings, from: string): Promise<Manifest> {
  const folder = resolve(from);
  const manifest = readManifest(folder);
  const unfinished = unfinishedIn(settings.dataDir);
  if (existsSync(join(unfinished, INTO)) && readFileSync(join(unfinished, INTO), "utf8") === nameOf(settings)) await takeAway(settings);
  for (const name of [FILES, SECRET_FILE]) if (existsSync(join(settings.dataDir, name))) throw new CannotBackUp(`${join(settings.dataDir, name)} is there already: restore into an empty DATA_DIR.`);
  await placeFor(manifest.database, settings);
  checkFiles(join(folder, FILES));
  try {
    await lay(manifest, folder, settings);
  } catch (error) {
    await takeAway(settings);
    if (isNoRoom(error)) throw new CannotBackUp(`There is no room for what the backup holds in ${settings.dataDir}, or where the database lies. Nothing was left there: make room and run it again.`, { cause: error });
    throw error;
  }
  return manifest;
}

async function lay(manifest: Manifest, folder: string, settings: Settings): Promise<void> {
  const { dataDir } = settings;
  const unfinished = unfinishedIn(dataDir);
  mkdirSync(dataDir, { recursive: true });
  mkdirSync(unfinished, { recursive: true, mode: 0o700 });
  writeFileSync(join(unfinished, INTO), nameOf(settings), { flush: true });
  const there = [FILES, SECRET_FILE].filter((name) => existsSync(join(folder, name)));
  if (there.includes(FILES)) copyFolder(join(folder, FILES), join(unfinished, FILES));
  if (there.includes(SECRET_FILE)) copyFileSync(join(folder, SECRET_FILE), join(unfinished, SECRET_FILE));
  const open = await openDb(await layDatabase(manifest.database, folder, settings));
  try {
    await turnEpochs(open.db);
  } finally {
    await open.close();
  }
  for (const name of there) renameSync(join(unfinished, name), join(dataDir, name));
  settleDatabase(settings);
  rmSync(unfinished, { recursive: true });
}

/** All of it is ours: the place was empty before, and no server starts in it meanwhile. What says so goes last. */
async function takeAway(settings: Settings): Promise<void> {
  await takeDatabaseAway(settings);
  for (const name of [FILES, SECRET_FILE]) rmSync(join(settings.dataDir, name), { recursive: true, force: true });
  rmSync(unfinishedIn(settings.dataDir), { recursive: true, force: true });
}

function nameOf({ database }: Settings): string {
  return createHash("sha256").update(database).digest("hex");
}

function readManifest(folder: string): Manifest {
  const path = join(folder, MANIFEST);
  if (!existsSync(path)) throw new CannotBackUp(`${folder} is no whole backup: ${MANIFEST} is not there.`);
  const manifest = JSON.parse(readFileSync(path, "utf8")) as Manifest; // as `backUp` writes it
  if (manifest.format !== 1) throw new CannotBackUp(`${folder} was made by another version.`);
  return manifest;
}

function checkFiles(folder: string): void {
  if (!existsSync(folder)) return;
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    if (createHash("sha256").update(readFileSync(path)).digest("hex") !== entry.name) throw new CannotBackUp(`${path} is damaged.`);
  }
}
