import { and, inArray } from "drizzle-orm";
import { type EvidenceEvent, listEvidence } from "#db/evidence.ts";
import { lessonsVisibleTo } from "#db/lessons.ts";
import { lessons, seminars } from "#db/schema/index.ts";
import { visibleTo as seminarsVisibleTo } from "#db/seminars.ts";
import type { Db } from "#db/types.ts";
import type { Viewer } from "#db/viewer.ts";
import { placeOf } from "./evidence-place.ts";

/** A page of somebody's own evidence, each line with what it was about, as far as she may still know of it. */
export async function ownEvidence(db: Db, viewer: Viewer, page: { before?: string; limit: number }) {
  const events = await listEvidence(db, viewer.id, page);
  const titles = await titlesOf(db, viewer, events);
  return events.map((event) => ({
    id: event.id, kind: event.kind, position: event.position, hash: event.hash.slice(0, 8), occurredAt: event.occurredAt, place: placeOf(event),
    title: titles.get(event.objectId) ?? (event.lessonId ? (titles.get(event.lessonId) ?? null) : null),
    /** Of a lesson that was given only the day was asked. */
    dayOnly: event.kind === "lesson.taught",
  }));
}

async function titlesOf(db: Db, viewer: Viewer, events: readonly EvidenceEvent[]): Promise<Map<string, string>> {
  const of = (type: string) => events.filter((event) => event.objectType === type).map((event) => event.objectId);
  const lessonIds = [...of("lesson"), ...events.flatMap((event) => event.lessonId ?? [])];
  const ofLessons = lessonIds.length === 0 ? [] : await db.select({ id: lessons.id, title: lessons.title }).from(lessons).where(and(inArray(lessons.id, lessonIds), lessonsVisibleTo(viewer)));
  const seminarIds = of("seminar");
  const ofSeminars = seminarIds.length === 0 ? [] : await db.select({ id: seminars.id, title: seminars.title }).from(seminars).where(and(inArray(seminars.id, seminarIds), seminarsVisibleTo(db, viewer)));
  return new Map([...ofLessons, ...ofSeminars].map(({ id, title }) => [id, title]));
}
