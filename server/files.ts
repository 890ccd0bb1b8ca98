import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { mkdir, open, readdir, readFile, rename, rm, stat } from "node:fs/promises";
import type { FileHandle } from "node:fs/promises";
import { join } from "node:path";
import { Readable } from "node:stream";
import type { Files } from "#app/files/files.ts";
import { FileTooLarge, StorageFull } from "#app/files/files.ts";
import { newId } from "#db/ids.ts";

/** A file that nobody wrote to for this long was left behind: by a process that died, or a person who gave up. */
export const ABANDONED_MS = 24 * 3_600_000;

/**
 * Files below one folder: `ab/cd/abcd…` by hash, written beside it as `incoming/…`, flushed to the disk and renamed.
 * A crash at any moment leaves either the whole file or none of that name.
 */
export function filesOnDisk(folder: string): Files {
  const place = (sha256: string) => join(folder, sha256.slice(0, 2), sha256.slice(2, 4), sha256);

  return {
    async put(source, options = {}) {
      const incoming = join(folder, "incoming", newId());
      try {
        await mkdir(join(folder, "incoming"), { recursive: true });
        const written = await writeFlushed(incoming, source, options.limit ?? Infinity);
        await settle(incoming, place(written.sha256));
        return written;
      } catch (error) {
        await rm(incoming, { force: true });
        throw isFull(error) ? new StorageFull("no room to store the file", { cause: error }) : error;
      }
    },
    async read(sha256, range) {
      if ((await this.size(sha256)) === undefined) return undefined;
      return createReadStream(place(sha256), range);
    },
    async size(sha256) {
      return isHash(sha256) ? sizeOf(place(sha256)) : undefined;
    },
    async bytes(sha256) {
      return (await this.size(sha256)) === undefined ? undefined : readFile(place(sha256));
    },
  };
}

/** Removes what interrupted writes and abandoned uploads left in a folder. Run at start and daily; running twice does no harm. */
export async function sweepAbandoned(folder: string, now = new Date()): Promise<number> {
  const names = await readdir(folder).catch(emptyWhenMissing);
  let swept = 0;
  for (const name of names) {
    const path = join(folder, name);
    const { mtimeMs } = await stat(path).catch(() => ({ mtimeMs: Infinity })); // gone in the meantime
    if (now.getTime() - mtimeMs < ABANDONED_MS) continue;
    await rm(path, { force: true });
    swept += 1;
  }
  return swept;
}

/** Sweeps now and every hour, until the interval is cleared. */
export function keepSwept(sweeps: readonly (() => Promise<unknown>)[], fault: (error: unknown) => void): NodeJS.Timeout {
  const sweep = () => {
    for (const one of sweeps) one().catch(fault);
  };
  sweep();
  return setInterval(sweep, 3_600_000).unref();
}

/** Whether writing failed because the disk, or what the person may use of it, is full. */
export function isFull(error: unknown): boolean {
  return error instanceof Error && "code" in error && (error.code === "ENOSPC" || error.code === "EDQUOT");
}

/** @returns what was written, once it is on the disk. @throws FileTooLarge past `limit` bytes */
export async function writeFlushed(path: string, source: Readable | Uint8Array, limit: number): Promise<{ sha256: string; byteCount: number }> {
  const file = await open(path, "wx");
  try {
    const written = await copy(source, file, limit);
    await file.sync();
    return written;
  } finally {
    await file.close();
  }
}

async function copy(source: Readable | Uint8Array, file: FileHandle, limit: number): Promise<{ sha256: string; byteCount: number }> {
  const hash = createHash("sha256");
  let byteCount = 0;
  for await (const part of source instanceof Uint8Array ? [source] : source) {
    const bytes: Uint8Array = typeof part === "string" ? Buffer.from(part) : part;
    byteCount += bytes.byteLength;
    if (byteCount > limit) throw new FileTooLarge(`more than ${limit} bytes`);
    hash.update(bytes);
    await writeAll(file, bytes);
  }
  return { sha256: hash.digest("hex"), byteCount };
}

/** A disk that fills up writes a part and says so only by the count. */
async function writeAll(file: FileHandle, bytes: Uint8Array): Promise<void> {
  for (let at = 0; at < bytes.byteLength; ) at += (await file.write(bytes, at)).bytesWritten;
}

async function settle(incoming: string, target: string): Promise<void> {
  if ((await sizeOf(target)) !== undefined) return rm(incoming, { force: true });
  const folder = join(target, "..");
  await mkdir(folder, { recursive: true });
  await rename(incoming, target);
  await flushFolder(folder);
}

/** The new name itself must survive a loss of power. Windows cannot open a folder, and keeps names without being asked. */
async function flushFolder(folder: string): Promise<void> {
  if (process.platform === "win32") return;
  const handle = await open(folder, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function sizeOf(path: string): Promise<number | undefined> {
  try {
    return (await stat(path)).size;
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

function emptyWhenMissing(error: unknown): string[] {
  if (isMissing(error)) return [];
  throw error;
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "ENOENT";
}

export function isHash(sha256: string): boolean {
  return /^[0-9a-f]{64}$/.test(sha256);
}
