import { createHash } from "node:crypto";
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { turnEpochs } from "#db/documents.ts";
import { openDb } from "#db/open.ts";
import type { Settings } from "../env.ts";
import { CannotBackUp, FILES, MANIFEST, type Manifest, SECRET_FILE } from "./backup.ts";
import { layDatabase } from "./databases.ts";

/**
 * Lays a backup into an empty place. Every document gets another epoch: pages that were open before know more than the copy does, and what
 * they kept is offered to their owners instead of flowing back.
 *
 * @throws CannotBackUp when the place is not empty, the folder is no whole backup, or a file is not what its name says
 */
export async function restore(settings: Settings, from: string): Promise<Manifest> {
  const folder = resolve(from);
  const manifest = readManifest(folder);
  for (const name of [FILES, SECRET_FILE]) if (existsSync(join(settings.dataDir, name))) throw new CannotBackUp(`${join(settings.dataDir, name)} is there already: restore into an empty DATA_DIR.`);
  checkFiles(join(folder, FILES));
  await layDatabase(manifest.database, folder, settings);
  mkdirSync(settings.dataDir, { recursive: true });
  for (const name of [FILES, SECRET_FILE]) if (existsSync(join(folder, name))) cpSync(join(folder, name), join(settings.dataDir, name), { recursive: true });
  const open = await openDb(settings.database);
  try {
    await turnEpochs(open.db);
  } finally {
    await open.close();
  }
  return manifest;
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
