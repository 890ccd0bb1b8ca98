import * as Y from "yjs";

/** The log of a document cannot be read as a whole. It must never be answered by an empty or shortened document. */
export class DamagedLog extends Error {
  constructor(docId: string, why: string, cause?: unknown) {
    super(`The log of document ${docId} ${why}.`, { cause });
  }
}

/**
 * Puts a log together in `doc`.
 *
 * @throws DamagedLog when there are no rows, when one cannot be read, or when one that others build on is missing
 */
export function replay(docId: string, updates: readonly Uint8Array[], doc: Y.Doc, origin?: unknown): void {
  if (updates.length === 0) throw new DamagedLog(docId, "has no rows");
  try {
    for (const update of updates) Y.applyUpdate(doc, update, origin);
  } catch (cause) {
    throw new DamagedLog(docId, "has a row that cannot be read", cause);
  }
  if (hasGaps(doc)) throw new DamagedLog(docId, "lacks a row that others build on");
}

/** Whether the document holds back updates because something that they build on is not there. */
export function hasGaps(doc: Y.Doc): boolean {
  return doc.store.pendingStructs !== null || doc.store.pendingDs !== null;
}

/** The document with everything in it, deleted text too. */
export function replayed(docId: string, updates: readonly Uint8Array[]): Y.Doc {
  const doc = new Y.Doc({ gc: false });
  replay(docId, updates, doc);
  return doc;
}
