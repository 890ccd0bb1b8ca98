import { and, asc, count, desc, eq, gt, isNotNull, isNull, lt } from "drizzle-orm";
import { chatMessages, handRaises, identities } from "./schema/index.ts";
import type { Db } from "./types.ts";

export interface Message {
  id: string;
  personId: string;
  name: string;
  /** Empty when a host took it away. */
  body: string;
  clientKey: string;
  at: Date;
  removed: boolean;
}

export interface OpenHand {
  personId: string;
  name: string;
  raisedAt: Date;
  calledAt: Date | null;
}

/**
 * Keeps a message once, however often its sender's page sends it.
 *
 * @returns the message as it is kept, and whether it was new
 */
export async function insertMessage(tx: Db, message: { seminarId: string; personId: string; body: string; clientKey: string; at: Date }): Promise<{ id: string; fresh: boolean }> {
  const [written] = await tx.insert(chatMessages).values(message).onConflictDoNothing().returning({ id: chatMessages.id });
  if (written) return { id: written.id, fresh: true };
  const kept = await findSentMessage(tx, message.seminarId, message.personId, message.clientKey);
  if (!kept) throw new Error("A message is neither new nor kept.");
  return { id: kept, fresh: false };
}

/** The id of the message that somebody's page has sent under this key, or undefined. */
export async function findSentMessage(db: Db, seminarId: string, personId: string, clientKey: string): Promise<string | undefined> {
  const [row] = await db.select({ id: chatMessages.id }).from(chatMessages).where(and(eq(chatMessages.seminarId, seminarId), eq(chatMessages.personId, personId), eq(chatMessages.clientKey, clientKey)));
  return row?.id;
}

/** Messages after one of them, oldest first. */
export async function listMessagesAfter(db: Db, seminarId: string, after: string | null, limit: number): Promise<Message[]> {
  const rows = await selectMessages(db).where(and(eq(chatMessages.seminarId, seminarId), after ? gt(chatMessages.id, after) : undefined)).orderBy(asc(chatMessages.id)).limit(limit);
  return rows.map(shown);
}

/** The newest messages (before one of them), oldest first. */
export async function listLatestMessages(db: Db, seminarId: string, page: { before?: string; limit: number }): Promise<Message[]> {
  const rows = await selectMessages(db).where(and(eq(chatMessages.seminarId, seminarId), page.before ? lt(chatMessages.id, page.before) : undefined)).orderBy(desc(chatMessages.id)).limit(page.limit);
  return rows.reverse().map(shown);
}

export async function findMessage(db: Db, seminarId: string, messageId: string): Promise<Message | undefined> {
  const [row] = await selectMessages(db).where(and(eq(chatMessages.seminarId, seminarId), eq(chatMessages.id, messageId)));
  return row && shown(row);
}

/** How many messages somebody has sent since, to slow down floods. */
export async function countMessagesSince(db: Db, seminarId: string, personId: string, since: Date): Promise<number> {
  const [row] = await db.select({ n: count() }).from(chatMessages).where(and(eq(chatMessages.seminarId, seminarId), eq(chatMessages.personId, personId), gt(chatMessages.at, since)));
  return row?.n ?? 0;
}

/** Takes a message out of sight. Twice is once. */
export async function removeMessage(tx: Db, seminarId: string, messageId: string, removedBy: string, at: Date): Promise<void> {
  await tx.update(chatMessages).set({ removedAt: at, removedBy }).where(and(eq(chatMessages.seminarId, seminarId), eq(chatMessages.id, messageId), isNull(chatMessages.removedAt)));
}

/** Raises a hand, unless it is up already. */
export async function raiseHand(tx: Db, seminarId: string, personId: string, at: Date): Promise<void> {
  const [up] = await tx.select({ id: handRaises.id }).from(handRaises).where(isUp(seminarId, personId)).limit(1);
  if (!up) await tx.insert(handRaises).values({ seminarId, personId, raisedAt: at });
}

/** @returns whether a hand was up, and whether its owner had the floor */
export async function lowerHand(tx: Db, seminarId: string, personId: string, at: Date): Promise<{ wasUp: boolean; hadFloor: boolean }> {
  const lowered = await tx.update(handRaises).set({ loweredAt: at }).where(isUp(seminarId, personId)).returning({ calledAt: handRaises.calledAt });
  return { wasUp: lowered.length > 0, hadFloor: lowered.some((hand) => hand.calledAt !== null) };
}

/** Gives the floor: marks the hand as called, raising it first where it is not up. */
export async function callHand(tx: Db, seminarId: string, personId: string, at: Date): Promise<void> {
  await raiseHand(tx, seminarId, personId, at);
  await tx.update(handRaises).set({ calledAt: at }).where(and(isUp(seminarId, personId), isNull(handRaises.calledAt)));
}

/** Hands that are up, first raised first. */
export function listOpenHands(db: Db, seminarId: string): Promise<OpenHand[]> {
  return db
    .select({ personId: handRaises.personId, name: identities.name, raisedAt: handRaises.raisedAt, calledAt: handRaises.calledAt })
    .from(handRaises)
    .innerJoin(identities, eq(identities.personId, handRaises.personId))
    .where(and(eq(handRaises.seminarId, seminarId), isNull(handRaises.loweredAt)))
    .orderBy(asc(handRaises.id))
    .limit(200);
}

/** Lowers every hand that is still up, when the seminar ends. */
export async function lowerAllHands(tx: Db, seminarId: string, at: Date): Promise<void> {
  await tx.update(handRaises).set({ loweredAt: at }).where(and(eq(handRaises.seminarId, seminarId), isNull(handRaises.loweredAt)));
}

export interface Talk {
  messages: number;
  /** Messages that ask: with a question mark, full-width or not. */
  questions: number;
  hands: number;
  called: number;
}

/** What each person said and asked, for the report. Messages that a host took away do not count. */
export async function talkOf(db: Db, seminarId: string): Promise<Map<string, Talk>> {
  const talk = new Map<string, Talk>();
  const of = (personId: string) => {
    const known = talk.get(personId) ?? { messages: 0, questions: 0, hands: 0, called: 0 };
    talk.set(personId, known);
    return known;
  };
  const said = await db.select({ personId: chatMessages.personId, body: chatMessages.body }).from(chatMessages).where(and(eq(chatMessages.seminarId, seminarId), isNull(chatMessages.removedAt)));
  for (const message of said) {
    const one = of(message.personId);
    one.messages += 1;
    if (/[?？]/.test(message.body)) one.questions += 1;
  }
  const raised = await db.select({ personId: handRaises.personId, n: count() }).from(handRaises).where(eq(handRaises.seminarId, seminarId)).groupBy(handRaises.personId);
  for (const hand of raised) of(hand.personId).hands = hand.n;
  const called = await db.select({ personId: handRaises.personId, n: count() }).from(handRaises).where(and(eq(handRaises.seminarId, seminarId), isNotNull(handRaises.calledAt))).groupBy(handRaises.personId);
  for (const hand of called) of(hand.personId).called = hand.n;
  return talk;
}

function isUp(seminarId: string, personId: string) {
  return and(eq(handRaises.seminarId, seminarId), eq(handRaises.personId, personId), isNull(handRaises.loweredAt));
}

function selectMessages(db: Db) {
  return db
    .select({ id: chatMessages.id, personId: chatMessages.personId, name: identities.name, body: chatMessages.body, clientKey: chatMessages.clientKey, at: chatMessages.at, removedAt: chatMessages.removedAt })
    .from(chatMessages)
    .leftJoin(identities, eq(identities.personId, chatMessages.personId))
    .$dynamic();
}

function shown(row: { id: string; personId: string; name: string | null; body: string; clientKey: string; at: Date; removedAt: Date | null }): Message {
  const removed = row.removedAt !== null;
  return { id: row.id, personId: row.personId, name: row.name ?? "", body: removed ? "" : row.body, clientKey: row.clientKey, at: row.at, removed };
}
