import type { PrepDeadlines } from "#db/schema/lessons.ts";
import { schoolDay } from "#db/school-day.ts";
import * as z from "zod";
import type { Problems } from "../http/problems.ts";
import { DEADLINE_STAGES } from "./deadline-stages.ts";

const day = z.union([z.literal(""), z.iso.date()]).optional();

/** The five fields of a form, each a school day or empty. */
export const deadlineFields = { draft: day, discuss: day, revise: day, teach: day, reflect: day };

/** A deadline is the evening of its day: 20:00 in Asia/Shanghai. Days that go backwards are a problem beside the later one. */
export function readDeadlines(days: Partial<Record<keyof PrepDeadlines, string | undefined>>): { deadlines: PrepDeadlines; problems: Problems } {
  const deadlines: PrepDeadlines = {};
  const problems: Problems = {};
  let before = "";
  for (const stage of DEADLINE_STAGES) {
    const given = days[stage];
    if (!given) continue;
    if (given < before) problems[stage] = { key: "preps:new.deadlineOrder" };
    before = given;
    deadlines[stage] = new Date(`${given}T20:00:00+08:00`).toISOString();
  }
  return { deadlines, problems };
}

/** What a new prep proposes: drafts in a week, and so on. */
export function proposedDays(from: Date): Record<keyof PrepDeadlines, string> {
  const after = (days: number) => schoolDay(new Date(from.getTime() + days * 86_400_000));
  return { draft: after(7), discuss: after(10), revise: after(14), teach: after(21), reflect: after(24) };
}
