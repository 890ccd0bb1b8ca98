import Database from "better-sqlite3";
import * as Y from "yjs";
import { replayed } from "#server/collab/replay.ts";

/** Documents of a database by id, put together from their logs. @throws DamagedLog when one cannot be */
export function readDocuments(file: string): Map<string, Y.Doc> {
  const db = new Database(file, { readonly: true });
  try {
    const logs = new Map<string, Uint8Array[]>();
    for (const { docId, bytes } of db.prepare("select doc_id as docId, bytes from doc_updates order by doc_id, id").iterate() as IterableIterator<{ docId: string; bytes: Uint8Array }>) {
      const log = logs.get(docId);
      if (log) log.push(bytes);
      else logs.set(docId, [bytes]);
    }
    return new Map([...logs].map(([docId, log]) => [docId, replayed(docId, log)]));
  } finally {
    db.close();
  }
}

/** Whether one has nothing that the other has not. */
export function isEarlierStateOf(earlier: Y.Doc, later: Y.Doc): boolean {
  const merged = new Y.Doc({ gc: false });
  Y.applyUpdate(merged, Y.encodeStateAsUpdate(later));
  const alone = Y.encodeStateAsUpdate(merged);
  Y.applyUpdate(merged, Y.encodeStateAsUpdate(earlier));
  return Buffer.from(Y.encodeStateAsUpdate(merged)).equals(Buffer.from(alone));
}
