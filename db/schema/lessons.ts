import { flag, index, instant, integer, json, oneOf, table, text, uniqueIndex } from "../dialect.ts";
import { id, made, version } from "./columns.ts";
import { lessonNodes, planTemplates } from "./curriculum.ts";
import { docs, docVersions } from "./documents.ts";
import { persons } from "./people.ts";
import { studioGroups, studios } from "./studios.ts";

/** What travels the chain. Everything that belongs to it carries its id. */
export const lessons = table("lessons", {
  id: id(),
  lessonNodeId: text().references(() => lessonNodes.id),
  title: text().notNull(),
  ownerId: text().notNull().references(() => persons.id),
  studioId: text().references(() => studios.id),
  groupId: text().references(() => studioGroups.id),
  ...made(),
  version: version(),
}, (t) => [index("lessons_owner").on(t.ownerId, t.id), index("lessons_studio").on(t.studioId, t.id), index("lessons_node").on(t.lessonNodeId)]);

export const PREP_STATES = ["planned", "individual_draft", "discussion", "revision", "finalised", "taught", "reflecting", "archived", "cancelled"] as const;
export type PrepState = (typeof PREP_STATES)[number];

/** Instants as ISO strings; a stage without a deadline is absent. */
export interface PrepDeadlines {
  draft?: string;
  discuss?: string;
  revise?: string;
  teach?: string;
  reflect?: string;
}

export const lessonPreps = table("lesson_preps", {
  id: id(),
  lessonId: text().notNull().references(() => lessons.id),
  studioId: text().notNull().references(() => studios.id),
  groupId: text().references(() => studioGroups.id),
  title: text().notNull(),
  periods: integer().notNull(),
  templateId: text().notNull().references(() => planTemplates.id),
  templateVersion: integer().notNull(),
  state: oneOf(PREP_STATES).notNull().default("planned"),
  iteration: integer().notNull().default(1),
  deadlines: json<PrepDeadlines>().notNull(),
  stateSince: instant().notNull(),
  ...made(),
  version: version(),
}, (t) => [uniqueIndex("lesson_preps_lesson").on(t.lessonId), index("lesson_preps_studio").on(t.studioId, t.state, t.id), index("lesson_preps_group").on(t.groupId)]);

export const prepParticipants = table("prep_participants", {
  id: id(),
  prepId: text().notNull().references(() => lessonPreps.id),
  personId: text().notNull().references(() => persons.id),
  part: oneOf(["lead_preparer", "co_preparer", "observer"]).notNull(),
  invitedAt: instant().notNull(),
  answer: oneOf(["waiting", "accepted", "declined"]).notNull().default("waiting"),
  respondedAt: instant(),
  /** Confirmed that the plan may be finalised (guard G3), for the iteration of the prep in which it was said. */
  confirmedAt: instant(),
  leftAt: instant(),
}, (t) => [uniqueIndex("prep_participants_person").on(t.prepId, t.personId), index("prep_participants_who").on(t.personId)]);

/** Every move of a prep from one stage to another: replaying the rows gives the state. */
export const prepMoves = table("prep_moves", {
  id: id(),
  prepId: text().notNull().references(() => lessonPreps.id),
  from: oneOf(PREP_STATES).notNull(),
  to: oneOf(PREP_STATES).notNull(),
  iteration: integer().notNull(),
  byId: text().notNull(),
  at: instant().notNull(),
  reason: text(),
  docVersionId: text().references(() => docVersions.id),
}, (t) => [index("prep_moves_prep").on(t.prepId, t.id)]);

/** Changes of lead, deadlines and participants, with their reason. */
export const prepChanges = table("prep_changes", {
  id: id(),
  prepId: text().notNull().references(() => lessonPreps.id),
  kind: oneOf(["lead_replaced", "deadlines_moved", "participant_added", "participant_removed", "cancelled"]).notNull(),
  byId: text().notNull(),
  at: instant().notNull(),
  reason: text().notNull(),
  detail: json<Record<string, unknown>>().notNull(),
}, (t) => [index("prep_changes_prep").on(t.prepId, t.id)]);

/** A teacher's draft of her own within a prep: seen by her alone until `revealedAt`, which only the move G1 sets. */
export const individualNotes = table("individual_notes", {
  id: id(),
  prepId: text().notNull().references(() => lessonPreps.id),
  personId: text().notNull().references(() => persons.id),
  planId: text().notNull().references(() => lessonPlans.id),
  iteration: integer().notNull(),
  state: oneOf(["draft", "submitted", "revealed"]).notNull().default("draft"),
  submittedAt: instant(),
  revealedAt: instant(),
}, (t) => [uniqueIndex("individual_notes_person").on(t.prepId, t.personId, t.iteration), index("individual_notes_plan").on(t.planId)]);

export const PLAN_KINDS = ["individual", "common", "personal", "standalone"] as const;

export const lessonPlans = table("lesson_plans", {
  id: id(),
  lessonId: text().notNull().references(() => lessons.id),
  prepId: text().references(() => lessonPreps.id),
  kind: oneOf(PLAN_KINDS).notNull(),
  ownerId: text().notNull().references(() => persons.id),
  docId: text().notNull().references(() => docs.id),
  title: text().notNull(),
  templateId: text().notNull().references(() => planTemplates.id),
  periods: integer().notNull(),
  /** The plan or published resource that this one was made from, and which version of it. */
  upstreamPlanId: text(),
  upstreamResourceId: text(),
  upstreamVersionId: text(),
  /** Of a personal plan, the state of the second prep (二次备课). */
  secondPrep: oneOf(["not_started", "forked", "changed", "taught", "reflected"]),
  state: oneOf(["draft", "in_use", "superseded"]).notNull().default("draft"),
  /** The head of the plan in inspection layout. */
  header: json<{ teacher?: string; className?: string; taughtOn?: string; lessonType?: string }>().notNull(),
  lastOpenedAt: instant(),
  ...made(),
  version: version(),
}, (t) => [index("lesson_plans_owner").on(t.ownerId, t.id), index("lesson_plans_lesson").on(t.lessonId), index("lesson_plans_prep").on(t.prepId), uniqueIndex("lesson_plans_doc").on(t.docId), index("lesson_plans_upstream").on(t.upstreamResourceId)]);

/** A lesson as it was given, once, to one class. */
export const lessonRuns = table("lesson_runs", {
  id: id(),
  lessonId: text().notNull().references(() => lessons.id),
  planId: text().notNull().references(() => lessonPlans.id),
  teacherId: text().notNull().references(() => persons.id),
  schoolId: text(),
  classLabel: text().notNull(),
  taughtAt: instant().notNull(),
  kind: oneOf(["normal", "open", "twin", "polish"]).notNull().default("normal"),
  /** What was changed on the way, in the teacher's words. */
  changed: text().notNull().default(""),
  ...made(),
}, (t) => [index("lesson_runs_lesson").on(t.lessonId), index("lesson_runs_teacher").on(t.teacherId, t.id)]);

export interface ReflectionAnswer {
  prompt: string;
  /** The plan section that the answer is about. */
  sectionKey?: string;
  text: string;
}

export const reflections = table("reflections", {
  id: id(),
  lessonId: text().notNull().references(() => lessons.id),
  planId: text().notNull().references(() => lessonPlans.id),
  lessonRunId: text().references(() => lessonRuns.id),
  personId: text().notNull().references(() => persons.id),
  promptSet: text().notNull(),
  answers: json<ReflectionAnswer[]>().notNull(),
  visibility: oneOf(["private", "mentor", "group", "studio"]).notNull().default("private"),
  submittedAt: instant(),
  ...made(),
  version: version(),
}, (t) => [index("reflections_lesson").on(t.lessonId), index("reflections_person").on(t.personId, t.id)]);

/** A file attached to a plan, a resource version or a seminar; the bytes are stored once by their SHA-256. */
export const attachments = table("attachments", {
  id: id(),
  ownerType: oneOf(["plan", "resource_version", "seminar"]).notNull(),
  ownerId: text().notNull(),
  sha256: text().notNull(),
  name: text().notNull(),
  mime: text().notNull(),
  byteCount: integer().notNull(),
  kind: oneOf(["courseware", "worksheet", "image", "document", "other"]).notNull(),
  /** Images set into the text are not listed as attachments. */
  inline: flag().notNull().default(false),
  removedAt: instant(),
  ...made(),
}, (t) => [index("attachments_owner").on(t.ownerType, t.ownerId), index("attachments_sha").on(t.sha256)]);
