import { createReadStream } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import type { Attachment, AttachmentKind, AttachmentOwner } from "#db/attachments.ts";
import { findSameAttachment, insertAttachment } from "#db/attachments.ts";
import type { Db } from "#db/types.ts";
import type { Files } from "./files.ts";
import { FileTooLarge, ScannerAway, StorageFull } from "./files.ts";
import { inspect } from "./inspect.server.ts";
import { FileRefused, MAX_FILE_BYTES } from "./refusals.ts";

export interface AttachTo extends AttachmentOwner {
  kind: AttachmentKind;
  /** Set into the text, and so not listed. */
  inline?: boolean;
  by: string | null;
  /** Asks again whether the person may, after the scanner and after the store: either may take minutes. Rejects where she may not any more. */
  still?(): Promise<unknown>;
}

/**
 * Looks into a complete upload, stores its bytes and writes the row that refers to them, in this order: a row never names
 * bytes that are not there. Whether the person may attach to the owner was asked before. The same file sent again to the same
 * owner is the attachment that is there already.
 *
 * @throws FileRefused with the reason to tell the person; nothing is kept then
 */
export async function attachFile(db: Db, files: Files, path: string, claimedName: string, to: AttachTo, at = new Date()): Promise<Attachment> {
  const { name, mime, redrawn } = await inspect(path, claimedName);
  await refuseHarm(files, path);
  const { by, still, ...owner } = to;
  await still?.();
  const stored = await store(files, redrawn ?? createReadStream(path));
  await still?.();
  return db.transaction(async (tx) => {
    const same = await findSameAttachment(tx, owner, stored.sha256, name, owner.inline ?? false);
    return same ?? insertAttachment(tx, { ...owner, ...stored, name, mime, createdBy: by }, at);
  });
}

/** The same for bytes in memory: pictures that came inside a Word file. */
export async function attachBytes(db: Db, files: Files, bytes: Uint8Array, claimedName: string, to: AttachTo, at = new Date()): Promise<Attachment> {
  const folder = await mkdtemp(join(tmpdir(), "attach-"));
  try {
    const path = join(folder, "file");
    await writeFile(path, bytes);
    return await attachFile(db, files, path, claimedName, to, at);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** What a scanner did not see is not kept: nobody would look at it again before it is served. */
async function refuseHarm(files: Files, path: string): Promise<void> {
  try {
    if ((await files.look?.(path)) === "infected") throw new FileRefused("infected");
  } catch (error) {
    if (error instanceof ScannerAway) throw new FileRefused("unscanned", { cause: error });
    throw error;
  }
}

async function store(files: Files, source: Parameters<Files["put"]>[0]): Promise<{ sha256: string; byteCount: number }> {
  try {
    return await files.put(source, { limit: MAX_FILE_BYTES });
  } catch (error) {
    if (error instanceof FileTooLarge) throw new FileRefused("too_large", { cause: error });
    if (error instanceof StorageFull) throw new FileRefused("storage_full", { cause: error });
    throw error;
  } finally {
    // Left before it was read, it would open later, and nobody would hear that its file is gone.
    if (source instanceof Readable) source.on("error", () => undefined).destroy();
  }
}
