import { buffer } from "node:stream/consumers";
import type { Entry, ZipFile } from "yauzl";
import yauzl from "yauzl";
import type { Archive } from "./archive.ts";
import { FileRefused } from "./refusals.ts";

export interface ArchiveLimits {
  entries: number;
  /** Bytes of one entry, unpacked. */
  entryBytes: number;
  /** Bytes of all entries, unpacked. */
  totalBytes: number;
}

/** Large decks carry thousands of entries and photographs; XML alone never unpacks to more than some tens of megabytes. */
export const OFFICE_LIMITS: ArchiveLimits = { entries: 10_000, entryBytes: 128 << 20, totalBytes: 320 << 20 };

/** Deflate reaches 1032 to 1, real Office parts about 60 to 1. Small entries may be as empty as they like. */
const HIGHEST_RATIO = 250;
const SMALL = 1 << 20;

/**
 * Reads the directory of a zip archive and judges it by its directory alone: nothing is unpacked.
 * An entry that then unpacks to more than its directory said fails when it is read.
 *
 * @param source a path, or the bytes themselves
 * @throws FileRefused `archive_broken`, `archive_bomb`, `archive_names` or `encrypted`
 */
export async function openArchive(source: string | Uint8Array, limits = OFFICE_LIMITS): Promise<Archive & { close(): void }> {
  const zip = await openZip(source);
  try {
    const entries = await readDirectory(zip, limits);
    return {
      names: [...entries.keys()],
      async read(name) {
        const entry = entries.get(name);
        return entry && readEntry(zip, entry);
      },
      close: () => zip.close(),
    };
  } catch (error) {
    zip.close();
    throw error;
  }
}

function openZip(source: string | Uint8Array): Promise<ZipFile> {
  return new Promise((resolve, reject) => {
    const options = { lazyEntries: true, autoClose: false, decodeStrings: true, validateEntrySizes: true, strictFileNames: true };
    const opened = (error: Error | null, zip: ZipFile | undefined) => (zip ? resolve(zip) : reject(new FileRefused("archive_broken", { cause: error })));
    if (typeof source === "string") yauzl.open(source, options, opened);
    else yauzl.fromBuffer(Buffer.from(source.buffer, source.byteOffset, source.byteLength), options, opened);
  });
}

async function readDirectory(zip: ZipFile, limits: ArchiveLimits): Promise<Map<string, Entry>> {
  if (zip.entryCount > limits.entries) throw new FileRefused("archive_bomb");
  const entries = new Map<string, Entry>();
  let packed = 0;
  let unpacked = 0;
  for (;;) {
    const entry = await nextEntry(zip);
    if (!entry) return entries;
    packed += entry.compressedSize;
    unpacked += entry.uncompressedSize;
    judge(entry, limits);
    // Entries that share their bytes are the trick of the better bombs: together they claim more than the file holds.
    if (packed > zip.fileSize || unpacked > limits.totalBytes) throw new FileRefused("archive_bomb");
    // Two entries of one name: one program would check the first and another read the second.
    if (entries.has(entry.fileName)) throw new FileRefused("archive_names");
    entries.set(entry.fileName, entry);
  }
}

function judge(entry: Entry, limits: ArchiveLimits): void {
  if (entry.isEncrypted()) throw new FileRefused("encrypted");
  if (entry.uncompressedSize > limits.entryBytes) throw new FileRefused("archive_bomb");
  if (entry.uncompressedSize > SMALL && entry.uncompressedSize > entry.compressedSize * HIGHEST_RATIO) throw new FileRefused("archive_bomb");
}

function nextEntry(zip: ZipFile): Promise<Entry | undefined> {
  return new Promise((resolve, reject) => {
    const settle = (act: () => void) => {
      zip.removeAllListeners("entry");
      zip.removeAllListeners("end");
      zip.removeAllListeners("error");
      act();
    };
    zip.once("entry", (entry: Entry) => settle(() => resolve(entry)));
    zip.once("end", () => settle(() => resolve(undefined)));
    // yauzl itself refuses absolute names, `..` and backslashes; it says so in words only.
    zip.once("error", (error: Error) => settle(() => reject(new FileRefused(/fileName|absolute path|relative path/.test(error.message) ? "archive_names" : "archive_broken", { cause: error }))));
    zip.readEntry();
  });
}

function readEntry(zip: ZipFile, entry: Entry): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    zip.openReadStream(entry, (error, stream) => {
      if (!stream) return reject(new FileRefused("archive_broken", { cause: error }));
      buffer(stream).then(resolve, (cause) => reject(new FileRefused("archive_broken", { cause })));
    });
  });
}
