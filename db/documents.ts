import { and, asc, count, desc, eq, inArray, isNull, lte, max, or, sql } from "drizzle-orm";
import * as Y from "yjs";
import { newId } from "./ids.ts";
import { given, keptStatement } from "./kept-statements.ts";
import { docClients, docSections, docs, docUpdates, docVersions, type SectionContent } from "./schema/documents.ts";
import type { Db } from "./types.ts";

export type Doc = typeof docs.$inferSelect;
export type DocVersion = typeof docVersions.$inferSelect;
/** A version without its two bodies, for lists. */
export type DocVersionLine = Omit<DocVersion, "state" | "content">;

/** A section as lists, search and completeness see it. */
export interface SectionText {
  key: string;
  title: string;
  text: string;
  /** Without white space; a Han character is one. */
  charCount: number;
}

/** One update on its way into the log. */
export interface DocUpdate {
  docId: string;
  /** A Yjs update, version 1 encoding. */
  bytes: Uint8Array;
  /** Who brought it; null: the server itself. */
  personId: string | null;
  /** Client ids of structs in it that the log has not seen before. They belong to `personId` from now on. */
  newClientIds: readonly number[];
}

/** A client id belongs to somebody else already: the first who brings a struct of it keeps it. */
export class ClientIdTaken extends Error {
  constructor(docId: string, clientId: number) {
    super(`client id ${clientId} of document ${docId} belongs to somebody else`);
  }
}

/** Rows or client ids in one statement: SQLite allows 32,766 values. */
const SLICE = 500;

/**
 * A new document: its row, the first row of its log, its sections in the order given. Call it in the transaction that makes the plan or minutes.
 *
 * @param document.state made by the server (`Documents.stateOf`); its client ids belong to the platform
 * @returns the document's id
 */
export async function insertDoc(
  tx: Db,
  document: { purpose: Doc["purpose"]; state: { bytes: Uint8Array; clientIds: readonly number[] }; sections: readonly Omit<SectionText, "charCount">[]; createdBy: string | null },
  at = new Date(),
): Promise<string> {
  const docId = newId();
  await tx.insert(docs).values({ id: docId, purpose: document.purpose, projectedAt: at, createdAt: at, createdBy: document.createdBy });
  await insertUpdates(tx, [{ docId, bytes: document.state.bytes, personId: null, newClientIds: document.state.clientIds }], at);
  if (document.sections.length > 0) await tx.insert(docSections).values(document.sections.map(({ key, title, text }, position) => ({ docId, position, key, title, text, charCount: charactersIn(text) })));
  return docId;
}

/**
 * Appends a batch to the log, all or nothing. Appending an update twice does no harm: Yjs takes it once.
 *
 * @throws ClientIdTaken when a new client id has got an owner meanwhile
 */
export async function appendUpdates(db: Db, batch: readonly DocUpdate[], at = new Date()): Promise<void> {
  const [first, ...others] = batch;
  if (!first) return;
  if (others.length > 0 || first.newClientIds.length > 0) return db.transaction((tx) => insertUpdates(tx, batch, at));
  // While one person types, everybody waits for this: one statement is a transaction by itself.
  await insertUpdate(db, { id: newId(), ...rowOf(first, at) });
}

const insertUpdate = keptStatement((db) =>
  db.insert(docUpdates).values({ id: sql.placeholder("id"), docId: sql.placeholder("docId"), bytes: sql.placeholder("bytes"), personId: sql.placeholder("personId"), at: sql.placeholder("at") }),
);

/** After a restored backup: pages that were open before start from what is here now, and keep their own copy to be looked at. */
export async function turnEpochs(db: Db): Promise<void> {
  await db.update(docs).set({ epoch: sql`${docs.epoch} + 1` });
}

/** A document's row, or undefined. */
export async function findDoc(db: Db, docId: string): Promise<Doc | undefined> {
  const [row] = await db.select().from(docs).where(eq(docs.id, docId));
  return row;
}

/** The committed updates of a document, oldest first; no rows for a document that does not exist. Their order is that of ids: let Yjs put them together, not the order. */
export async function readLog(db: Db, docId: string): Promise<Uint8Array[]> {
  const rows = await db.select({ bytes: docUpdates.bytes }).from(docUpdates).where(eq(docUpdates.docId, docId)).orderBy(asc(docUpdates.id));
  return rows.map((row) => row.bytes);
}

/** What tells a document's log from what it was before, by document; nothing for one without a log. */
export async function logMarks(db: Db, docIds: readonly string[]): Promise<Map<string, string>> {
  const marks = new Map<string, string>();
  for (const ids of slices(docIds)) {
    const { docId, id } = docUpdates;
    const rows = await db.select({ docId, newest: max(id), rows: count() }).from(docUpdates).where(inArray(docId, ids)).groupBy(docId);
    for (const row of rows) marks.set(row.docId, `${row.rows} ${row.newest}`);
  }
  return marks;
}

/** When a document was last written, or undefined when there is no such document. */
export async function findLastUpdateAt(db: Db, docId: string): Promise<Date | undefined> {
  const [newest] = await db.select({ at: docUpdates.at }).from(docUpdates).where(eq(docUpdates.docId, docId)).orderBy(desc(docUpdates.id)).limit(1);
  return newest?.at;
}

export async function countLog(db: Db, docId: string): Promise<number> {
  const [row] = await db.select({ rows: count() }).from(docUpdates).where(eq(docUpdates.docId, docId));
  return row?.rows ?? 0;
}

/**
 * Replaces the oldest rows of a log by one that equals them, and leaves the newest `keep` with their authors. Only rows that were read are
 * replaced: what is appended meanwhile stays. Deleted text stays too, as history needs it.
 *
 * @returns how many rows became one; 0 when there was nothing to gain
 * @throws when a row cannot be read; nothing is changed then
 */
export async function compactLog(tx: Db, docId: string, keep = 100): Promise<number> {
  return tx.transaction(async (inner) => {
    const rows = await inner.select({ id: docUpdates.id, bytes: docUpdates.bytes, at: docUpdates.at }).from(docUpdates).where(eq(docUpdates.docId, docId)).orderBy(asc(docUpdates.id));
    const [first, ...rest] = rows.slice(0, Math.max(0, rows.length - keep));
    const last = rest.at(-1);
    if (!first || !last) return 0;
    await inner.update(docUpdates).set({ bytes: merged([first.bytes, ...rest.map((row) => row.bytes)]), personId: null, compacted: true, at: last.at }).where(eq(docUpdates.id, first.id));
    for (const ids of slices(rest.map((row) => row.id))) await inner.delete(docUpdates).where(inArray(docUpdates.id, ids));
    return rest.length + 1;
  });
}

/** Owners of those client ids that have one: a person id, or null for the server. Without `clientIds`, of all. */
export async function findClientOwners(db: Db, docId: string, clientIds?: readonly number[]): Promise<Map<number, string | null>> {
  const owners = new Map<number, string | null>();
  const [only, ...others] = clientIds ?? [];
  if (only !== undefined && others.length === 0) {
    for (const { personId } of await ownerOfOne(db, { docId, clientId: only })) owners.set(only, personId);
    return owners;
  }
  const columns = { clientId: docClients.clientId, personId: docClients.personId };
  for (const ids of clientIds ? slices(clientIds) : [undefined]) {
    const rows = await db.select(columns).from(docClients).where(and(eq(docClients.docId, docId), ids ? inArray(docClients.clientId, ids) : undefined));
    for (const row of rows) owners.set(row.clientId, row.personId);
  }
  return owners;
}

/** A page that begins to write brings one client id, and its first letter waits for this. */
const ownerOfOne = keptStatement((db) => {
  const { docId, clientId, personId } = docClients;
  return db.select({ personId }).from(docClients).where(and(eq(docId, given("docId", docId)), eq(clientId, given("clientId", clientId))));
});

/** Keeps a document as it is, under the next number. */
export async function insertVersion(
  tx: Db,
  version: { docId: string; name: string; kind: DocVersion["kind"]; state: Uint8Array; content: readonly SectionContent[]; byId: string | null },
  at = new Date(),
): Promise<{ id: string; no: number }> {
  const [newest] = await tx.select({ no: docVersions.no }).from(docVersions).where(eq(docVersions.docId, version.docId)).orderBy(desc(docVersions.no)).limit(1);
  const made = { id: newId(), no: (newest?.no ?? 0) + 1 };
  await tx.insert(docVersions).values({ ...version, ...made, state: bufferOf(version.state), content: [...version.content], at });
  return made;
}

/** Versions of a document, newest first, without their bodies. */
export function listVersions(db: Db, docId: string): Promise<DocVersionLine[]> {
  const { id, docId: doc, no, name, kind, byId, at } = docVersions;
  return db.select({ id, docId: doc, no, name, kind, byId, at }).from(docVersions).where(eq(doc, docId)).orderBy(desc(no));
}

/** One version with its bodies, or undefined when this document has no such version. */
export async function findVersion(db: Db, docId: string, versionId: string): Promise<DocVersion | undefined> {
  const [row] = await db.select().from(docVersions).where(and(eq(docVersions.docId, docId), eq(docVersions.id, versionId)));
  return row;
}

/** Sections of a document in their order, as last projected. */
export function listSections(db: Db, docId: string): Promise<SectionText[]> {
  const { key, title, text, charCount } = docSections;
  return db.select({ key, title, text, charCount }).from(docSections).where(eq(docSections.docId, docId)).orderBy(asc(docSections.position));
}

/**
 * Writes the projection: texts and lengths of sections that the document has. A projection of an older state than the one that is there changes nothing.
 *
 * @param upTo when the document was last written, read before its log
 */
export async function updateSections(db: Db, docId: string, sections: readonly Pick<SectionText, "key" | "text">[], upTo: Date): Promise<void> {
  await db.transaction(async (tx) => {
    const notNewer = or(isNull(docs.projectedAt), lte(docs.projectedAt, upTo));
    const [taken] = await tx.update(docs).set({ projectedAt: upTo }).where(and(eq(docs.id, docId), notNewer)).returning({ id: docs.id });
    if (!taken) return;
    for (const { key, text } of sections) {
      await tx.update(docSections).set({ text, charCount: charactersIn(text) }).where(and(eq(docSections.docId, docId), eq(docSections.key, key)));
    }
  });
}

/** Characters that were written: white space does not fill a section. */
export function charactersIn(text: string): number {
  return [...text.replace(/\s/gu, "")].length;
}

async function insertUpdates(tx: Db, batch: readonly DocUpdate[], at: Date): Promise<void> {
  for (const part of slices(batch)) {
    await tx.insert(docUpdates).values(part.map((one) => rowOf(one, at)));
  }
  for (const one of batch) if (one.newClientIds.length > 0) await claim(tx, one, at);
}

function rowOf({ docId, bytes, personId }: DocUpdate, at: Date) {
  return { docId, bytes: bufferOf(bytes), personId, at };
}

async function claim(tx: Db, { docId, personId, newClientIds }: DocUpdate, at: Date): Promise<void> {
  const wanted = [...new Set(newClientIds)];
  let fresh = 0;
  for (const ids of slices(wanted)) {
    const rows = ids.map((clientId) => ({ docId, clientId, personId, firstSeenAt: at }));
    fresh += (await tx.insert(docClients).values(rows).onConflictDoNothing().returning({ clientId: docClients.clientId })).length;
  }
  if (fresh === wanted.length) return;
  for (const [clientId, owner] of await findClientOwners(tx, docId, wanted)) if (owner !== personId) throw new ClientIdTaken(docId, clientId);
}

/** One update that equals many. Going through a document joins neighbouring characters, which `Y.mergeUpdates` would keep apart. */
function merged(updates: readonly Uint8Array[]): Buffer {
  const doc = new Y.Doc({ gc: false });
  try {
    for (const update of updates) Y.applyUpdate(doc, update);
    return bufferOf(Y.encodeStateAsUpdate(doc));
  } finally {
    doc.destroy();
  }
}

function bufferOf(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function slices<One>(all: readonly One[]): One[][] {
  const parts: One[][] = [];
  for (let start = 0; start < all.length; start += SLICE) parts.push(all.slice(start, start + SLICE));
  return parts;
}
