import { findTemplate } from "#db/plan-templates.ts";
import { listSections } from "#db/plans.ts";
import { findLastReading } from "#db/readings.ts";
import type { Db } from "#db/types.ts";
import type { Viewer } from "#db/viewer.ts";
import { outlineOf } from "../plans/outline.ts";

export interface LeftOff {
  planId: string;
  title: string;
  at: Date;
  /** Where in the plan; null when she did not move in it, or the section is no more. */
  section: { key: string; title: string } | null;
}

/** The plan in which the viewer was last, if she may still see it, and the section of it. */
export async function leftOff(db: Db, viewer: Viewer): Promise<LeftOff | null> {
  const last = await findLastReading(db, viewer);
  if (!last) return null;
  const { planId, title, at, sectionKey } = last;
  if (sectionKey === null) return { planId, title, at, section: null };
  const [template, written] = await Promise.all([findTemplate(db, last.templateId), listSections(db, [last.docId])]);
  const section = [...outlineOf(template?.sections ?? [], last.periods, viewer.locale), ...written].find((one) => one.key === sectionKey);
  return { planId, title, at, section: section ? { key: section.key, title: section.title } : null };
}
