import type { Readable } from "node:stream";

/** Where bytes are kept, once each, by their SHA-256: on the disk or in an S3-compatible store. Where that is another machine, whatever is asked may throw StoreAway. */
export interface Files {
  /**
   * Stores a stream. Nothing half-written is ever found by its hash, and bytes that are there already are not written again.
   *
   * @throws FileTooLarge past `limit` bytes, and what was written is gone
   * @throws StorageFull when there is no room, and what was written is gone
   */
  put(stream: Readable | Uint8Array, options?: { limit?: number }): Promise<{ sha256: string; byteCount: number }>;
  /** The bytes (of a range both ends of which are included), or undefined when there are none of that name. */
  read(sha256: string, range?: { start: number; end: number }): Promise<Readable | undefined>;
  size(sha256: string): Promise<number | undefined>;
  bytes(sha256: string): Promise<Uint8Array | undefined>;
  /**
   * Whether a virus scanner knows harm of what is at this path; not there without a scanner.
   *
   * @throws ScannerAway when it cannot be said
   */
  look?(path: string): Promise<"clean" | "infected">;
}

export class FileTooLarge extends Error {
  override readonly name = "FileTooLarge";
}

export class StorageFull extends Error {
  override readonly name = "StorageFull";
}

/** Where the bytes are kept does not answer: whether they are there, nobody can say now. */
export class StoreAway extends Error {
  override readonly name = "StoreAway";
}

export class ScannerAway extends Error {
  override readonly name = "ScannerAway";
}
