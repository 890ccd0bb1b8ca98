import { flag, index, instant, oneOf, table, text, uniqueIndex } from "../dialect.ts";
import { id, made } from "./columns.ts";

export const REGION_LEVELS = ["province", "city", "county", "town"] as const;

/** The region tree. Districts are redrawn: a region is a dated row, found by its GB/T 2260 code. */
export const regions = table("regions", {
  id: id(),
  level: oneOf(REGION_LEVELS).notNull(),
  parentId: text(),
  code: text().notNull(),
  name: text().notNull(),
  from: instant().notNull(),
  to: instant(),
}, (t) => [uniqueIndex("regions_code").on(t.code), index("regions_parent").on(t.parentId)]);

export const schools = table("schools", {
  id: id(),
  /** The county (or city) that it belongs to. */
  regionId: text().notNull().references(() => regions.id),
  name: text().notNull(),
  kind: oneOf(["primary", "junior", "nine_year", "senior", "kindergarten", "special", "teaching_point"]).notNull(),
  locale: oneOf(["urban", "town", "rural"]).notNull(),
  remote: flag().notNull().default(false),
  smallRural: flag().notNull().default(false),
  lineClass: oneOf(["A", "B", "C", "D"]),
  ...made(),
}, (t) => [index("schools_region").on(t.regionId), index("schools_name").on(t.name)]);
