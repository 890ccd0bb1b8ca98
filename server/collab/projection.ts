import { textsOf } from "#app/plans/content.ts";
import type { Documents } from "#app/plans/documents.ts";
import { compactLog, countLog, findLastUpdateAt, updateSections } from "#db/documents.ts";
import { enqueue } from "#db/jobs.ts";
import type { Db } from "#db/types.ts";

/** A log longer than this is compacted when its document is projected. */
const LONG = 600;

/** Asks for the projection of a changed document. Many changes are one waiting job. */
export function projectSoon(db: Db, docId: string, runAt = new Date()): Promise<void> {
  return db.transaction((tx) => enqueue(tx, "doc.project", { docId }, { key: docId, runAt }));
}

/**
 * The job `doc.project`: brings texts and lengths of a document's sections up to its log, and makes a long log short. May run twice, late or
 * beside itself: an older state never replaces a newer one. Does nothing for a document that is not there.
 */
export async function projectDoc(db: Db, documents: Documents, docId: string): Promise<void> {
  const upTo = await findLastUpdateAt(db, docId);
  if (!upTo) return;
  const { sections } = await documents.read(docId);
  await updateSections(db, docId, textsOf(sections), upTo);
  if ((await countLog(db, docId)) > LONG) await compactLog(db, docId);
}
