import { and, asc, count, eq, inArray, isNull, ne } from "drizzle-orm";
import { comments, commentThreads, identities } from "./schema/index.ts";
import type { Db } from "./types.ts";

export interface ThreadComment {
  id: string;
  authorId: string;
  author: string;
  body: string;
  at: Date;
  editedAt: Date | null;
}

export interface Thread {
  id: string;
  docId: string;
  sectionKey: string;
  anchorStart: unknown;
  anchorEnd: unknown;
  quote: string;
  blocking: boolean;
  state: "open" | "resolved" | "reopened";
  resolvedBy: string | null;
  resolvedAt: Date | null;
  createdAt: Date;
  createdBy: string | null;
  comments: ThreadComment[];
}

/** The threads of a document with their comments, oldest first, resolved ones among them. Whoever may see the document may read them. */
export async function listThreads(db: Db, docId: string): Promise<Thread[]> {
  const threads = await db.select().from(commentThreads).where(eq(commentThreads.docId, docId)).orderBy(asc(commentThreads.id));
  if (threads.length === 0) return [];
  const said = await db
    .select({ id: comments.id, threadId: comments.threadId, authorId: comments.authorId, author: identities.name, body: comments.body, at: comments.at, editedAt: comments.editedAt })
    .from(comments)
    .innerJoin(commentThreads, eq(commentThreads.id, comments.threadId))
    .innerJoin(identities, eq(identities.personId, comments.authorId))
    .where(and(eq(commentThreads.docId, docId), isNull(comments.removedAt)))
    .orderBy(asc(comments.id));
  return threads.map((thread) => ({ ...thread, comments: said.filter((one) => one.threadId === thread.id).map(({ threadId: _, ...comment }) => comment) }));
}

/** One thread of this document, or undefined. */
export async function findThread(db: Db, docId: string, threadId: string) {
  const [thread] = await db.select().from(commentThreads).where(and(eq(commentThreads.id, threadId), eq(commentThreads.docId, docId)));
  return thread;
}

/** Everybody who has said something in a thread. */
export async function listSpeakers(db: Db, threadId: string): Promise<string[]> {
  const rows = await db.selectDistinct({ authorId: comments.authorId }).from(comments).where(and(eq(comments.threadId, threadId), isNull(comments.removedAt)));
  return rows.map((row) => row.authorId);
}

/** Blocking threads that are not resolved, by document. */
export async function countOpenThreads(db: Db, docIds: readonly string[]): Promise<Map<string, number>> {
  if (docIds.length === 0) return new Map();
  const rows = await db
    .select({ docId: commentThreads.docId, n: count() })
    .from(commentThreads)
    .where(and(inArray(commentThreads.docId, [...docIds]), eq(commentThreads.blocking, true), ne(commentThreads.state, "resolved")))
    .groupBy(commentThreads.docId);
  return new Map(rows.map((row) => [row.docId, row.n]));
}
