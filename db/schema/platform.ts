import { index, instant, integer, json, oneOf, table, text, uniqueIndex } from "../dialect.ts";
import { id } from "./columns.ts";

/**
 * What people did, recorded when they did it, chained per person by hash. Append-only: a trigger refuses update and delete on both engines.
 * It never holds a name. Hours are computed from it later, never stored into it.
 */
export const evidenceEvents = table("evidence_events", {
  id: id(),
  personId: text().notNull(),
  kind: text().notNull(),
  occurredAt: instant().notNull(),
  recordedAt: instant().notNull(),
  lessonId: text(),
  studioId: text(),
  objectType: text().notNull(),
  objectId: text().notNull(),
  quantity: integer().notNull().default(1),
  unit: text().notNull().default("act"),
  corroboratedBy: text(),
  hashPrev: text().notNull(),
  hash: text().notNull(),
  /** Place in the person's chain, from 1. */
  position: integer().notNull(),
}, (t) => [
  uniqueIndex("evidence_events_chain").on(t.personId, t.position),
  index("evidence_events_person").on(t.personId, t.id),
  index("evidence_events_lesson").on(t.lessonId, t.id),
  // All that the week of a studio is counted from, so that no row is read for it.
  index("evidence_events_studio").on(t.studioId, t.occurredAt, t.personId, t.kind),
]);

/** Who did what to whose rights and places, append-only like evidence. */
export const auditLog = table("audit_log", {
  id: id(),
  personId: text(),
  onBehalfOf: text(),
  act: text().notNull(),
  objectType: text().notNull(),
  objectId: text().notNull(),
  at: instant().notNull(),
  requestId: text(),
  detail: json<Record<string, unknown>>().notNull(),
}, (t) => [index("audit_log_object").on(t.objectType, t.objectId, t.id), index("audit_log_person").on(t.personId, t.id)]);

/** The outbox: work that follows from an act, written in the same transaction, done at least once, late or out of order. */
export const jobs = table("jobs", {
  id: id(),
  kind: text().notNull(),
  payload: json<Record<string, unknown>>().notNull(),
  /** Jobs of one kind with one key that wait are one job. */
  key: text(),
  state: oneOf(["waiting", "done", "failed"]).notNull().default("waiting"),
  runAt: instant().notNull(),
  attempts: integer().notNull().default(0),
  leasedUntil: instant(),
  finishedAt: instant(),
  error: text(),
  createdAt: instant().notNull(),
}, (t) => [index("jobs_due").on(t.state, t.runAt), index("jobs_key").on(t.kind, t.key, t.state)]);

export const notifications = table("notifications", {
  id: id(),
  personId: text().notNull(),
  /** Key of the sentence in the dictionary room `notices`. */
  kind: text().notNull(),
  params: json<Record<string, string | number>>().notNull(),
  href: text().notNull(),
  lessonId: text(),
  /** The same notice about the same thing is kept once. */
  key: text(),
  at: instant().notNull(),
  readAt: instant(),
}, (t) => [index("notifications_person").on(t.personId, t.id), index("notifications_unread").on(t.personId, t.readAt), uniqueIndex("notifications_key").on(t.personId, t.key)]);

export const SCOPE_TYPES = ["public", "region", "studio", "group", "prep", "person"] as const;

/** Numeric names of "who may find this", for search and signed addresses. Public is 0 and has no row. */
export const accessScopes = table("access_scopes", {
  id: integer().primaryKey(),
  type: oneOf(SCOPE_TYPES).notNull(),
  ref: text().notNull(),
}, (t) => [uniqueIndex("access_scopes_ref").on(t.type, t.ref)]);

/** Small facts of the installation itself: schema of the demonstration, search index format, secrets' fingerprints. */
export const settings = table("settings", {
  key: text().primaryKey(),
  value: json<unknown>().notNull(),
  at: instant().notNull(),
});

/** How often the platform was visited on a school day. No row says who: see docs/decisions/0008. */
export const visitsDaily = table("visits_daily", {
  /** `YYYY-MM-DD` in Asia/Shanghai. */
  day: text().primaryKey(),
  visits: integer().notNull(),
  pages: integer().notNull(),
  /** Pages that machines asked for, which say so; not in the other two. */
  botPages: integer().notNull(),
});
