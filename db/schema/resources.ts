import { sql } from "drizzle-orm";
import { index, instant, integer, json, oneOf, table, text, uniqueIndex } from "../dialect.ts";
import { id, made, version } from "./columns.ts";
import type { SectionContent } from "./documents.ts";
import { lessonNodes, STAGES, SUBJECTS } from "./curriculum.ts";
import { lessonPlans, lessons } from "./lessons.ts";
import { persons } from "./people.ts";
import { studios } from "./studios.ts";

export const LICENCES = ["all_rights", "studio_only", "province_edu", "cc_by", "cc_by_nc", "cc_by_nc_sa", "cc_by_sa"] as const;
export type Licence = (typeof LICENCES)[number];

export const RESOURCE_STATES = ["draft", "submitted", "in_review", "published", "returned", "rejected", "revising", "withdrawn", "taken_down"] as const;

/** A publication: what others find, read and, where its licence allows, take. */
export const resources = table("resources", {
  id: id(),
  lessonId: text().notNull().references(() => lessons.id),
  planId: text().notNull().references(() => lessonPlans.id),
  kind: oneOf(["lesson_plan", "teaching_case"]).notNull(),
  title: text().notNull(),
  abstract: text().notNull().default(""),
  lessonNodeId: text().references(() => lessonNodes.id),
  stage: oneOf(STAGES),
  subject: oneOf(SUBJECTS),
  grade: integer(),
  ownerId: text().notNull().references(() => persons.id),
  studioId: text().references(() => studios.id),
  groupId: text(),
  regionId: text(),
  licence: oneOf(LICENCES).notNull(),
  state: oneOf(RESOURCE_STATES).notNull().default("submitted"),
  stateReason: text(),
  currentVersionId: text(),
  publishedAt: instant(),
  /** How many people took it, however often each. */
  reuseCount: integer().notNull().default(0),
  ...made(),
  version: version(),
}, (t) => [index("resources_owner").on(t.ownerId, t.id), index("resources_studio").on(t.studioId, t.state, t.id), index("resources_state").on(t.state, t.id), index("resources_newest").on(t.state, t.publishedAt), index("resources_plan").on(t.planId), index("resources_lesson").on(t.lessonId), index("resources_node").on(t.lessonNodeId)]);

/** What was made on the way to a publication, frozen with it. */
export interface ResourceProcess {
  people: { personId: string; part: string }[];
  seminars: { id: string; title: string; startsAt: string; minutesExist: boolean }[];
  versions: { no: number; name: string; at: string }[];
  runs: { classLabel: string; taughtAt: string; changed: string }[];
  reflections: { personId: string; answers: { prompt: string; sectionKey?: string; text: string }[] }[];
}

/** The frozen content of a publication. Its attachments are `attachments` rows of type `resource_version`. */
export const resourceVersions = table("resource_versions", {
  id: id(),
  resourceId: text().notNull().references(() => resources.id),
  no: integer().notNull(),
  content: json<SectionContent[]>().notNull(),
  process: json<ResourceProcess>().notNull(),
  at: instant().notNull(),
  byId: text().notNull(),
}, (t) => [uniqueIndex("resource_versions_no").on(t.resourceId, t.no)]);

/** Who is named, in order. */
export const attributions = table("attributions", {
  id: id(),
  resourceId: text().notNull().references(() => resources.id),
  personId: text().references(() => persons.id),
  /** A source outside, or the resource that this one was made from. */
  sourceResourceId: text(),
  relation: oneOf(["author", "contributor", "remix", "translate", "excerpt", "same"]).notNull(),
  position: integer().notNull(),
}, (t) => [index("attributions_resource").on(t.resourceId, t.position), index("attributions_source").on(t.sourceResourceId)]);

/** Decisions on a submission: approved, returned with a reason, rejected, withdrawn, taken down. */
export const resourceDecisions = table("resource_decisions", {
  id: id(),
  resourceId: text().notNull().references(() => resources.id),
  decision: oneOf(["submitted", "approved", "returned", "rejected", "withdrawn", "taken_down", "restored"]).notNull(),
  byId: text().notNull(),
  reason: text(),
  at: instant().notNull(),
}, (t) => [index("resource_decisions_resource").on(t.resourceId, t.id)]);

/** Somebody took a publication into a personal plan of her own. */
export const resourceReuses = table("resource_reuses", {
  id: id(),
  resourceId: text().notNull().references(() => resources.id),
  versionId: text().notNull(),
  personId: text().notNull().references(() => persons.id),
  planId: text().notNull().references(() => lessonPlans.id),
  at: instant().notNull(),
}, (t) => [index("resource_reuses_resource").on(t.resourceId, t.id), index("resource_reuses_person").on(t.personId)]);

export const downloadTraces = table("download_traces", {
  id: id(),
  resourceId: text().notNull(),
  attachmentId: text(),
  personId: text().notNull(),
  at: instant().notNull(),
}, (t) => [index("download_traces_resource").on(t.resourceId, t.id)]);

/** A report by a signed-in person, worked off by moderators. */
export const moderationCases = table("moderation_cases", {
  id: id(),
  resourceId: text().notNull().references(() => resources.id),
  reporterId: text().notNull().references(() => persons.id),
  ground: oneOf(["copied", "pupil_privacy", "wrong", "offensive", "other"]).notNull(),
  detail: text().notNull(),
  state: oneOf(["reported", "triaged", "actioned", "dismissed", "appealed", "closed"]).notNull().default("reported"),
  decidedBy: text(),
  decidedAt: instant(),
  reason: text(),
  ...made(),
}, (t) => [uniqueIndex("moderation_cases_open").on(t.resourceId, t.reporterId).where(sql`state in ('reported', 'triaged')`), index("moderation_cases_state").on(t.state, t.id)]);
