import { sql } from "drizzle-orm";
import { flag, index, instant, integer, json, oneOf, primaryKey, table, text, uniqueIndex } from "../dialect.ts";
import { id, made, version } from "./columns.ts";
import { docs } from "./documents.ts";
import { lessonPreps, lessons } from "./lessons.ts";
import { persons } from "./people.ts";
import { studios } from "./studios.ts";

export const SEMINAR_STATES = ["draft", "scheduled", "lobby", "live", "paused", "ended", "reported", "cancelled", "postponed"] as const;

export interface AgendaItem {
  title: string;
  minutes: number;
  sectionKey?: string;
}

export const seminars = table("seminars", {
  id: id(),
  lessonId: text().references(() => lessons.id),
  prepId: text().references(() => lessonPreps.id),
  studioId: text().notNull().references(() => studios.id),
  kind: oneOf(["prep_discussion", "theme", "topic", "master_live", "collective_viewing", "review", "outreach", "twin"]).notNull(),
  title: text().notNull(),
  intro: text().notNull().default(""),
  mode: oneOf(["online", "offline", "mixed"]).notNull().default("online"),
  place: text(),
  startsAt: instant().notNull(),
  endsAt: instant().notNull(),
  hostId: text().notNull().references(() => persons.id),
  capacity: integer().notNull().default(100),
  /** Who may come: those who take part in the prep, the studio, or anybody signed in. */
  visibility: oneOf(["prep", "studio", "public"]).notNull().default("studio"),
  /** Whether people wait to be let in. */
  lobby: flag().notNull().default(false),
  state: oneOf(SEMINAR_STATES).notNull().default("scheduled"),
  agenda: json<AgendaItem[]>().notNull(),
  agendaAt: integer().notNull().default(0),
  recordingPolicy: oneOf(["off", "host", "required"]).notNull().default("off"),
  startedAt: instant(),
  endedAt: instant(),
  stateReason: text(),
  ...made(),
  version: version(),
}, (t) => [index("seminars_studio").on(t.studioId, t.startsAt), index("seminars_host").on(t.hostId, t.startsAt), index("seminars_lesson").on(t.lessonId), index("seminars_state").on(t.state, t.startsAt), index("seminars_starts").on(t.startsAt, t.id, t.state)]);

export const seminarRoles = table("seminar_roles", {
  seminarId: text().notNull().references(() => seminars.id),
  personId: text().notNull().references(() => persons.id),
  role: oneOf(["host", "cohost", "speaker", "discussant", "scribe", "attendee", "guest_expert"]).notNull(),
}, (t) => [primaryKey({ columns: [t.seminarId, t.personId] }), index("seminar_roles_person").on(t.personId)]);

/** Who said that they come, and, in the room, who was let in or sent away. A removed person stays out until the host lets them in again. */
export const registrations = table("registrations", {
  seminarId: text().notNull().references(() => seminars.id),
  personId: text().notNull().references(() => persons.id),
  status: oneOf(["registered", "cancelled", "waiting", "admitted", "removed"]).notNull(),
  registeredAt: instant().notNull(),
  changedAt: instant().notNull(),
  changedBy: text(),
}, (t) => [primaryKey({ columns: [t.seminarId, t.personId] }), index("registrations_person").on(t.personId)]);

/**
 * One stay of one person through one channel, as the source reported it. `leftAt` null: still there, known until `seenAt`.
 * Attendance is these rows merged with the 90-second rule; it is never typed in.
 */
export const presenceIntervals = table("presence_intervals", {
  id: id(),
  seminarId: text().notNull().references(() => seminars.id),
  personId: text().notNull().references(() => persons.id),
  channel: oneOf(["webrtc", "hls", "http_audio", "text", "catchup", "onsite"]).notNull(),
  /** LiveKit's participant sid, or the id of our own socket. */
  sourceId: text().notNull(),
  joinedAt: instant().notNull(),
  seenAt: instant().notNull(),
  leftAt: instant(),
}, (t) => [uniqueIndex("presence_intervals_source").on(t.seminarId, t.sourceId), index("presence_intervals_person").on(t.seminarId, t.personId), index("presence_intervals_open").on(t.channel).where(sql`left_at is null`)]);

/** Verified webhooks of the media server, by their id: a replayed one changes nothing. */
export const mediaEvents = table("media_events", {
  id: text().primaryKey(),
  event: text().notNull(),
  room: text().notNull(),
  participant: text(),
  sid: text(),
  at: instant().notNull(),
  receivedAt: instant().notNull(),
}, (t) => [index("media_events_room").on(t.room, t.at)]);

export const chatMessages = table("chat_messages", {
  id: id(),
  seminarId: text().notNull().references(() => seminars.id),
  personId: text().notNull().references(() => persons.id),
  body: text().notNull(),
  /** Made by the sender's page, so that a message sent twice over a bad line is kept once. */
  clientKey: text().notNull(),
  at: instant().notNull(),
  removedAt: instant(),
  removedBy: text(),
}, (t) => [uniqueIndex("chat_messages_key").on(t.seminarId, t.personId, t.clientKey), index("chat_messages_seminar").on(t.seminarId, t.id)]);

export const handRaises = table("hand_raises", {
  id: id(),
  seminarId: text().notNull().references(() => seminars.id),
  personId: text().notNull().references(() => persons.id),
  raisedAt: instant().notNull(),
  loweredAt: instant(),
  /** The host gave the floor. */
  calledAt: instant(),
}, (t) => [index("hand_raises_seminar").on(t.seminarId, t.id)]);

/** What happened in the room, for minutes and report: started, agenda moved, admitted, removed, muted, ended. */
export const seminarEvents = table("seminar_events", {
  id: id(),
  seminarId: text().notNull().references(() => seminars.id),
  kind: text().notNull(),
  personId: text(),
  byId: text(),
  at: instant().notNull(),
  detail: json<Record<string, unknown>>().notNull(),
}, (t) => [index("seminar_events_seminar").on(t.seminarId, t.id)]);

/** Begun from what happened, finished by people. */
export const minutes = table("minutes", {
  seminarId: text().primaryKey().references(() => seminars.id),
  docId: text().notNull().references(() => docs.id),
  begunAt: instant().notNull(),
});

/** The report of one person in one seminar, written within a minute of its end and kept. */
export const seminarReports = table("seminar_reports", {
  seminarId: text().notNull().references(() => seminars.id),
  personId: text().notNull().references(() => persons.id),
  /** Merged presence inside the seminar's time, in milliseconds. */
  presentMs: integer().notNull(),
  sessionMs: integer().notNull(),
  intervals: json<{ from: string; to: string; channel: string }[]>().notNull(),
  messages: integer().notNull(),
  hands: integer().notNull(),
  spoke: flag().notNull(),
  attended: flag().notNull(),
  writtenAt: instant().notNull(),
}, (t) => [primaryKey({ columns: [t.seminarId, t.personId] }), index("seminar_reports_person").on(t.personId)]);

