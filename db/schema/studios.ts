import { type SQL, type SQLWrapper, sql } from "drizzle-orm";
import { flag, index, instant, integer, json, oneOf, table, text, uniqueIndex } from "../dialect.ts";
import { id, made, version } from "./columns.ts";
import { STAGES, SUBJECTS } from "./curriculum.ts";
import { persons } from "./people.ts";
import { regions } from "./places.ts";

export const SEAT_ROLES = ["master", "subject_lead", "young_teacher", "trainee", "studio_assistant", "guest_expert"] as const;
export type SeatRole = (typeof SEAT_ROLES)[number];

/** In which order members are listed: the place of a role. Words of ours alone, so that an index can hold it. */
export function rankOf(role: SQLWrapper): SQL<number> {
  return sql`(case ${role} when 'master' then 0 when 'subject_lead' then 1 when 'young_teacher' then 2 when 'studio_assistant' then 3 when 'guest_expert' then 4 else 5 end)`;
}

export interface StudioQuota {
  subjectLead: number;
  youngTeacher: number;
  /** null: no limit. */
  trainee: number | null;
}

export const studios = table("studios", {
  id: id(),
  name: text().notNull(),
  slug: text().notNull(),
  level: oneOf(["province", "city", "county"]).notNull(),
  regionId: text().notNull().references(() => regions.id),
  stages: json<(typeof STAGES)[number][]>().notNull(),
  subject: oneOf(SUBJECTS).notNull(),
  status: oneOf(["draft", "active", "probation", "suspended", "under_review", "closed"]).notNull().default("draft"),
  intro: text().notNull().default(""),
  quota: json<StudioQuota>().notNull(),
  recruitPolicy: oneOf(["open", "approve", "invite", "closed"]).notNull().default("approve"),
  /** Who shall be its master once it is approved. */
  masterId: text().notNull().references(() => persons.id),
  termId: text(),
  approvedBy: text(),
  approvedAt: instant(),
  /** Why a draft was sent back, shown to its author. */
  returnReason: text(),
  ...made(),
  version: version(),
}, (t) => [uniqueIndex("studios_slug").on(t.slug), index("studios_region").on(t.regionId, t.status), index("studios_status").on(t.status, t.id)]);

export const studioTerms = table("studio_terms", {
  id: id(),
  studioId: text().notNull().references(() => studios.id),
  no: integer().notNull(),
  from: instant().notNull(),
  to: instant().notNull(),
}, (t) => [uniqueIndex("studio_terms_no").on(t.studioId, t.no)]);

/** A prep group or research group inside a studio, headed by the subject leads whose seats name it. */
export const studioGroups = table("studio_groups", {
  id: id(),
  studioId: text().notNull().references(() => studios.id),
  name: text().notNull(),
  kind: oneOf(["prep", "research"]).notNull().default("prep"),
  capacity: integer(),
  ...made(),
  version: version(),
}, (t) => [uniqueIndex("studio_groups_name").on(t.studioId, t.name)]);

/** The one truth about who is what in a studio: a dated row. A change of role ends one and begins another. */
export const seats = table("seats", {
  id: id(),
  studioId: text().notNull().references(() => studios.id),
  personId: text().notNull().references(() => persons.id),
  role: oneOf(SEAT_ROLES).notNull(),
  groupId: text().references(() => studioGroups.id),
  isHome: flag().notNull().default(false),
  from: instant().notNull(),
  to: instant(),
  letterNo: text(),
  givenBy: text(),
  endedBy: text(),
  endReason: text(),
}, (t) => [
  uniqueIndex("seats_open").on(t.studioId, t.personId).where(sql`"to" is null`),
  uniqueIndex("seats_one_master").on(t.studioId).where(sql`"to" is null and role = 'master'`),
  index("seats_studio_role").on(t.studioId, t.role, t.id),
  // Members in their order, with what they are looked through for, so that no row is read that is not shown.
  index("seats_members").on(t.studioId, rankOf(t.role), t.id, t.role, t.personId, t.to).where(sql`"to" is null`),
  index("seats_group").on(t.groupId).where(sql`"to" is null`),
  index("seats_person").on(t.personId),
]);

/** An offer of a seat to one person. It cannot be forwarded: only the person named may accept it. */
export const invitations = table("invitations", {
  id: id(),
  studioId: text().notNull().references(() => studios.id),
  personId: text().notNull().references(() => persons.id),
  role: oneOf(SEAT_ROLES).notNull(),
  groupId: text().references(() => studioGroups.id),
  message: text().notNull().default(""),
  state: oneOf(["open", "accepted", "declined", "withdrawn", "expired"]).notNull().default("open"),
  expiresAt: instant().notNull(),
  answeredAt: instant(),
  ...made(),
}, (t) => [uniqueIndex("invitations_open").on(t.studioId, t.personId).where(sql`state = 'open'`), index("invitations_person").on(t.personId, t.state)]);

/** A trainee's wish to join. */
export const applications = table("applications", {
  id: id(),
  studioId: text().notNull().references(() => studios.id),
  personId: text().notNull().references(() => persons.id),
  message: text().notNull().default(""),
  state: oneOf(["pending", "admitted", "declined", "waitlisted", "withdrawn"]).notNull().default("pending"),
  decidedBy: text(),
  decidedAt: instant(),
  reason: text(),
  ...made(),
}, (t) => [uniqueIndex("applications_open").on(t.studioId, t.personId).where(sql`state in ('pending', 'waitlisted')`), index("applications_studio").on(t.studioId, t.state, t.id), index("applications_person").on(t.personId, t.state)]);

export const announcements = table("announcements", {
  id: id(),
  studioId: text().notNull().references(() => studios.id),
  body: text().notNull(),
  ...made(),
}, (t) => [index("announcements_studio").on(t.studioId, t.id)]);

/** Numbers of a studio that its home shows, kept in step by jobs so that the home costs the same for 30 and for 12,500 members. */
export const studioFigures = table("studio_figures", {
  studioId: text().primaryKey().references(() => studios.id),
  members: integer().notNull().default(0),
  youngTeachers: integer().notNull().default(0),
  trainees: integer().notNull().default(0),
  ruralRemote: integer().notNull().default(0),
  cases: integer().notNull().default(0),
  reuses: integer().notNull().default(0),
  seminarsThisYear: integer().notNull().default(0),
  /** Trainees with evidence in this studio since the week began; `weekOf` is its Monday. */
  activeThisWeek: integer().notNull().default(0),
  weekOf: text(),
  asOf: instant().notNull(),
});
