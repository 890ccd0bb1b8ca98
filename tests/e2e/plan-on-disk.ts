import { join } from "node:path";
import Database from "better-sqlite3";
import { textOf } from "#app/plans/content.ts";
import { appendUpdates } from "#db/documents.ts";
import { openDb } from "#db/open.ts";
import { documentsOn } from "#server/collab/documents.ts";
import { DocLog } from "#server/collab/log.ts";
import { demoId } from "#server/demo/ids.ts";

/** The lesson that two teachers of the demonstration prepare with others. */
export function commonPlanOf(dataDir: string): { id: string; docId: string } {
  return inDatabase(dataDir, (db) => db.prepare("select id, doc_id as docId from lesson_plans where kind = 'common' and lesson_id = ?").get(demoId("lesson", "fraction-meaning"))) as { id: string; docId: string }; // as the statement names them
}

/** What a section holds by itself, whoever is connected. */
export async function textOnDisk(dataDir: string, docId: string, section: string): Promise<string> {
  const { db, close } = await openDb(join(dataDir, "demo.sqlite"));
  try {
    const { sections } = await documentsOn(db, new DocLog((batch) => appendUpdates(db, batch))).read(docId);
    return textOf(sections.find(({ key }) => key === section)?.nodes ?? []);
  } finally {
    await close();
  }
}

/** Makes the log of a document such that no server can read it, as a bad disk would. @returns what mends it */
export function damageLog(dataDir: string, docId: string): () => void {
  const rows = inDatabase(dataDir, (db) => db.prepare("select id, bytes from doc_updates where doc_id = ?").all(docId)) as { id: string; bytes: Buffer }[]; // as the statement names them
  const write = (bytesOf: (bytes: Buffer) => Buffer) => inDatabase(dataDir, (db) => rows.forEach(({ id, bytes }) => db.prepare("update doc_updates set bytes = ? where id = ?").run(bytesOf(bytes), id)));
  write(({ length }) => Buffer.alloc(length, 7));
  return () => write((bytes) => bytes);
}

function inDatabase<Result>(dataDir: string, work: (db: Database.Database) => Result): Result {
  const db = new Database(join(dataDir, "demo.sqlite"));
  try {
    return work(db);
  } finally {
    db.close();
  }
}
