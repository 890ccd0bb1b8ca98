import { bytes, flag, index, instant, integer, json, oneOf, primaryKey, table, text, uniqueIndex } from "../dialect.ts";
import { id, made } from "./columns.ts";

/** A collaborative document. Its body is the log in `doc_updates`; everything else here is a projection of it. */
export const docs = table("docs", {
  id: id(),
  purpose: oneOf(["plan", "minutes"]).notNull(),
  schemaVersion: integer().notNull().default(1),
  /** Changes when a backup is restored: clients with an older epoch start from the server's state. */
  epoch: integer().notNull().default(1),
  /** When the last update came that the projection in `doc_sections` contains. */
  projectedAt: instant(),
  ...made(),
});

/** The log: one committed Yjs update per row, appended before anybody sees it. Compaction replaces the oldest rows by one that equals them. */
export const docUpdates = table("doc_updates", {
  id: id(),
  docId: text().notNull().references(() => docs.id),
  bytes: bytes().notNull(),
  /** null: the server itself wrote it (template, import, restore). */
  personId: text(),
  compacted: flag().notNull().default(false),
  at: instant().notNull(),
}, (t) => [index("doc_updates_doc").on(t.docId, t.id)]);

/** A client id once seen belongs to the person who first brought a struct of it, for ever. null: the server. */
export const docClients = table("doc_clients", {
  docId: text().notNull().references(() => docs.id),
  clientId: integer().notNull(),
  personId: text(),
  firstSeenAt: instant().notNull(),
}, (t) => [primaryKey({ columns: [t.docId, t.clientId] })]);

/** One plan section in Lexical's serialised form: the children of its root. */
export interface SectionContent {
  /** Section key, with the period where it repeats: `difficult_points`, `process.p1`. */
  key: string;
  title: string;
  nodes: readonly unknown[];
}

export const docVersions = table("doc_versions", {
  id: id(),
  docId: text().notNull().references(() => docs.id),
  no: integer().notNull(),
  name: text().notNull(),
  kind: oneOf(["auto", "stage", "named", "restore"]).notNull(),
  /** The whole Yjs state, so that the version can be restored. */
  state: bytes().notNull(),
  /** The same, readable without Yjs. */
  content: json<SectionContent[]>().notNull(),
  byId: text(),
  at: instant().notNull(),
}, (t) => [uniqueIndex("doc_versions_no").on(t.docId, t.no)]);

/** Text of each section as last projected: for search, completeness and lists. */
export const docSections = table("doc_sections", {
  docId: text().notNull().references(() => docs.id),
  key: text().notNull(),
  position: integer().notNull(),
  title: text().notNull(),
  text: text().notNull(),
  charCount: integer().notNull(),
}, (t) => [primaryKey({ columns: [t.docId, t.key] })]);

export const commentThreads = table("comment_threads", {
  id: id(),
  docId: text().notNull().references(() => docs.id),
  sectionKey: text().notNull(),
  /** Yjs relative positions (JSON) of both ends; null when the thread is about the section as a whole. */
  anchorStart: json<unknown>(),
  anchorEnd: json<unknown>(),
  /** The words that were selected, kept for when the text is gone. */
  quote: text().notNull().default(""),
  blocking: flag().notNull().default(true),
  state: oneOf(["open", "resolved", "reopened"]).notNull().default("open"),
  resolvedBy: text(),
  resolvedAt: instant(),
  ...made(),
}, (t) => [index("comment_threads_doc").on(t.docId, t.id)]);

export const comments = table("comments", {
  id: id(),
  threadId: text().notNull().references(() => commentThreads.id),
  authorId: text().notNull(),
  body: text().notNull(),
  mentions: json<string[]>().notNull(),
  at: instant().notNull(),
  editedAt: instant(),
  removedAt: instant(),
}, (t) => [index("comments_thread").on(t.threadId, t.id), index("comments_author").on(t.authorId)]);

/** When a person last looked at a document, for "changed since". */
export const docReadings = table("doc_readings", {
  docId: text().notNull().references(() => docs.id),
  personId: text().notNull(),
  lastSectionKey: text(),
  lastAt: instant().notNull(),
}, (t) => [primaryKey({ columns: [t.docId, t.personId] }), index("doc_readings_person").on(t.personId, t.lastAt)]);

