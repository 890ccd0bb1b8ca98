import { flag, index, integer, json, oneOf, table, text, uniqueIndex } from "../dialect.ts";
import { id, made } from "./columns.ts";

export const STAGES = ["kindergarten", "primary", "junior", "senior"] as const;
export const SUBJECTS = ["chinese", "mathematics", "english", "science", "morality_law", "physics", "chemistry", "biology", "history", "geography", "music", "art", "pe", "it", "labour", "practice"] as const;
export const VOLUMES = ["upper", "lower", "whole"] as const;

/** An edition of a textbook with the year of its revision: old and new books are in use side by side. */
export const editions = table("editions", {
  id: id(),
  stage: oneOf(STAGES).notNull(),
  subject: oneOf(SUBJECTS).notNull(),
  name: text().notNull(),
  year: integer().notNull(),
  ...made(),
}, (t) => [uniqueIndex("editions_name").on(t.stage, t.subject, t.name, t.year)]);

export const units = table("units", {
  id: id(),
  editionId: text().notNull().references(() => editions.id),
  grade: integer().notNull(),
  volume: oneOf(VOLUMES).notNull(),
  no: integer().notNull(),
  title: text().notNull(),
}, (t) => [uniqueIndex("units_place").on(t.editionId, t.grade, t.volume, t.no)]);

/** One lesson of a textbook. `verified` is false where the entry was written from memory and nobody has held it against the book. */
export const lessonNodes = table("lesson_nodes", {
  id: id(),
  unitId: text().notNull().references(() => units.id),
  no: integer().notNull(),
  title: text().notNull(),
  periods: integer().notNull(),
  verified: flag().notNull().default(false),
}, (t) => [uniqueIndex("lesson_nodes_place").on(t.unitId, t.no)]);

export interface TemplateSection {
  /** Section key of the glossary, such as `difficult_points`. */
  key: string;
  label: { "zh-CN": string; en: string };
  required: boolean;
  minChars: number;
  help: { "zh-CN": string; en: string };
  /** The section repeats for every lesson period (process, board plan, homework). */
  perPeriod?: boolean;
}

export const planTemplates = table("plan_templates", {
  id: id(),
  name: text().notNull(),
  stage: oneOf(STAGES),
  subject: oneOf(SUBJECTS),
  regionId: text(),
  version: integer().notNull().default(1),
  status: oneOf(["active", "retired"]).notNull().default("active"),
  sections: json<TemplateSection[]>().notNull(),
  ...made(),
}, (t) => [index("plan_templates_subject").on(t.subject, t.stage)]);
