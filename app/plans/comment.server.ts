import { and, eq, ne } from "drizzle-orm";
import { findThread, listSpeakers } from "#db/comments.ts";
import { recordEvidence } from "#db/evidence.ts";
import { isDuplicate } from "#db/errors.ts";
import { newId } from "#db/ids.ts";
import { notify } from "#db/notices.ts";
import type { Plan } from "#db/plans.ts";
import { findPrep, type Prep } from "#db/preps.ts";
import { comments, commentThreads } from "#db/schema/index.ts";
import type { Db } from "#db/types.ts";
import type { Viewer } from "#db/viewer.ts";
import type { Permitted } from "../http/permitted.ts";

export interface NewThread {
  /** Made by the page: the same comment sent twice over a bad line is kept once. */
  threadId?: string | undefined;
  sectionKey: string;
  /** Yjs relative positions as JSON; null: about the section as a whole. */
  anchorStart: unknown;
  anchorEnd: unknown;
  quote: string;
  blocking: boolean;
  body: string;
}

/** Begins a thread on a selection or a section. Those mentioned by `@name` are told. */
export async function startThread(db: Db, author: Viewer, plan: Permitted<"comment", Plan>, wish: NewThread, at = new Date()): Promise<string> {
  const threadId = wish.threadId ?? newId();
  const { sectionKey, anchorStart, anchorEnd, quote, blocking } = wish;
  try {
    await db.transaction(async (tx) => {
      await tx.insert(commentThreads).values({ id: threadId, docId: plan.docId, sectionKey, anchorStart, anchorEnd, quote, blocking, createdAt: at, createdBy: author.id });
      await say(tx, author, plan, threadId, wish.body, [], at);
    });
  } catch (error) {
    if (!isDuplicate(error)) throw error;
  }
  return threadId;
}

/** Answers in a thread. Everybody who spoke in it is told. The same words twice within a minute are one answer. */
export async function reply(db: Db, author: Viewer, plan: Permitted<"comment", Plan>, threadId: string, body: string, at = new Date()): Promise<boolean> {
  return db.transaction(async (tx) => {
    if (!(await findThread(tx, plan.docId, threadId))) return false;
    const [last] = await tx.select({ at: comments.at }).from(comments).where(and(eq(comments.threadId, threadId), eq(comments.authorId, author.id), eq(comments.body, body))).orderBy(comments.id).limit(1);
    if (last && at.getTime() - last.at.getTime() < 60_000) return true;
    await say(tx, author, plan, threadId, body, await listSpeakers(tx, threadId), at);
    return true;
  });
}

/** Resolves a thread; it stays findable. Resolving twice keeps the first person and time. */
export async function resolveThread(db: Db, who: Viewer, plan: Plan, threadId: string, at = new Date()): Promise<void> {
  await db.update(commentThreads).set({ state: "resolved", resolvedBy: who.id, resolvedAt: at }).where(and(eq(commentThreads.id, threadId), eq(commentThreads.docId, plan.docId), ne(commentThreads.state, "resolved")));
}

/** Opens a resolved thread again. */
export async function reopenThread(db: Db, plan: Plan, threadId: string): Promise<void> {
  await db.update(commentThreads).set({ state: "reopened", resolvedBy: null, resolvedAt: null }).where(and(eq(commentThreads.id, threadId), eq(commentThreads.docId, plan.docId), eq(commentThreads.state, "resolved")));
}

/** Who can be called into the talk by name. A draft that is not revealed is its author's alone: nobody can. */
export function callableInto(plan: Pick<Plan, "kind" | "note">, prep: Pick<Prep, "participants"> | undefined): Prep["participants"] {
  if (plan.kind === "individual" && plan.note?.state !== "revealed") return [];
  return (prep?.participants ?? []).filter((one) => one.answer !== "declined");
}

async function say(tx: Db, author: Viewer, plan: Plan, threadId: string, body: string, speakers: readonly string[], at: Date): Promise<void> {
  const callable = callableInto(plan, plan.prep ? await findPrep(tx, plan.prep.id) : undefined);
  const mentions = callable.filter((one) => one.personId !== author.id && [`@${one.name}`, `＠${one.name}`].some((call) => body.includes(call))).map((one) => one.personId);
  const commentId = newId();
  await tx.insert(comments).values({ id: commentId, threadId, authorId: author.id, body, mentions, at });
  const about = { href: `/plans/${plan.id}?thread=${threadId}`, lessonId: plan.lessonId, within: plan.prep?.studioId ?? null };
  await notify(tx, mentions, { kind: "plan.mentioned", params: { title: plan.title, name: author.name }, ...about }, at);
  const still = new Set(callable.map((one) => one.personId));
  const others = speakers.filter((id) => id !== author.id && !mentions.includes(id) && (still.has(id) || id === plan.ownerId));
  await notify(tx, others, { kind: "plan.replied", params: { title: plan.title, name: author.name }, ...about }, at);
  if (plan.prep && callable.length > 0) await recordEvidence(tx, { personId: author.id, kind: "prep.commented", occurredAt: at, lessonId: plan.lessonId, studioId: plan.prep.studioId, object: { type: "comment", id: commentId } });
}
