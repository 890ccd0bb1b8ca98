import { createHash } from "node:crypto";
import { and, desc, eq, lt, or } from "drizzle-orm";
import { newId } from "./ids.ts";
import { evidenceEvents } from "./schema/index.ts";
import type { Db } from "./types.ts";

/** The acts that `domain.md` 2.5 names and that are recorded so far. */
export const EVIDENCE_KINDS = [
  "prep.note_submitted",
  "prep.commented",
  "prep.stage_moved",
  "prep.confirmed",
  "prep.lead_completed",
  "plan.second_prep_changed",
  "seminar.attended",
  "seminar.spoke",
  "seminar.question_asked",
  "seminar.hosted",
  "lesson.taught",
  "lesson.reflection",
  "resource.published",
  "resource.reused",
  "resource.reused_by_others",
] as const;
export type EvidenceKind = (typeof EVIDENCE_KINDS)[number];

export interface Evidence {
  personId: string;
  kind: EvidenceKind;
  occurredAt: Date;
  object: { type: string; id: string };
  lessonId?: string | null;
  studioId?: string | null;
  /** Defaults to one act. */
  quantity?: number;
  unit?: string;
  /** Who saw it: a person id, or absent when the platform did. */
  corroboratedBy?: string;
}

export type EvidenceEvent = typeof evidenceEvents.$inferSelect;

export const BEGINNING = "0".repeat(64);

/**
 * Adds one event to a person's chain, inside the transaction of the act itself. Never holds a name.
 * The chain is per person: one global chain would queue every writer behind every other.
 */
export async function recordEvidence(tx: Db, evidence: Evidence, recordedAt = new Date()): Promise<void> {
  const [last] = await tx
    .select({ hash: evidenceEvents.hash, position: evidenceEvents.position })
    .from(evidenceEvents)
    .where(eq(evidenceEvents.personId, evidence.personId))
    .orderBy(desc(evidenceEvents.position))
    .limit(1);
  const event = {
    id: newId(),
    personId: evidence.personId,
    kind: evidence.kind,
    occurredAt: evidence.occurredAt,
    recordedAt,
    lessonId: evidence.lessonId ?? null,
    studioId: evidence.studioId ?? null,
    objectType: evidence.object.type,
    objectId: evidence.object.id,
    quantity: evidence.quantity ?? 1,
    unit: evidence.unit ?? "act",
    corroboratedBy: evidence.corroboratedBy ?? null,
    hashPrev: last?.hash ?? BEGINNING,
    position: (last?.position ?? 0) + 1,
  };
  await tx.insert(evidenceEvents).values({ ...event, hash: hashOf(event) });
}

/** Whether this very thing is recorded already, for handlers that may run twice. */
export async function hasEvidence(db: Db, personId: string, kind: EvidenceKind, objectId: string): Promise<boolean> {
  const [row] = await db.select({ id: evidenceEvents.id }).from(evidenceEvents).where(and(eq(evidenceEvents.personId, personId), eq(evidenceEvents.kind, kind), eq(evidenceEvents.objectId, objectId))).limit(1);
  return row !== undefined;
}

/** A person's own events by the time at which they happened, latest first, keyset-paged: `before` is the last one of the page before. */
export async function listEvidence(db: Db, personId: string, page: { before?: string; limit: number }): Promise<EvidenceEvent[]> {
  const own = eq(evidenceEvents.personId, personId);
  const [last] = page.before ? await db.select().from(evidenceEvents).where(and(own, eq(evidenceEvents.id, page.before))) : [];
  const earlier = last && or(lt(evidenceEvents.occurredAt, last.occurredAt), and(eq(evidenceEvents.occurredAt, last.occurredAt), lt(evidenceEvents.id, last.id)));
  return db.select().from(evidenceEvents).where(and(own, earlier)).orderBy(desc(evidenceEvents.occurredAt), desc(evidenceEvents.id)).limit(page.limit);
}

/**
 * Follows a person's chain from the beginning.
 *
 * @returns the position of the first event that does not fit, or null when the chain is whole
 */
export async function findBrokenLink(db: Db, personId: string): Promise<number | null> {
  const events = await db.select().from(evidenceEvents).where(eq(evidenceEvents.personId, personId)).orderBy(evidenceEvents.position);
  let previous = BEGINNING;
  for (const [index, event] of events.entries()) {
    if (event.position !== index + 1 || event.hashPrev !== previous || event.hash !== hashOf(event)) return event.position;
    previous = event.hash;
  }
  return null;
}

export function hashOf(event: Omit<EvidenceEvent, "hash">): string {
  const fields = [
    event.id, event.personId, event.kind, event.occurredAt.toISOString(), event.recordedAt.toISOString(), event.lessonId, event.studioId,
    event.objectType, event.objectId, event.quantity, event.unit, event.corroboratedBy, event.hashPrev, event.position,
  ];
  return createHash("sha256").update(JSON.stringify(fields)).digest("hex");
}

/** How many events a person's chain has: the position of the last one. */
export async function countEvidence(db: Db, personId: string): Promise<number> {
  const [last] = await db.select({ position: evidenceEvents.position }).from(evidenceEvents).where(eq(evidenceEvents.personId, personId)).orderBy(desc(evidenceEvents.position)).limit(1);
  return last?.position ?? 0;
}
