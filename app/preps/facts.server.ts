import { countOpenThreads } from "#db/comments.ts";
import { findTemplate } from "#db/plan-templates.ts";
import { listSections } from "#db/plans.ts";
import { countAfterwards, countSeminarsHeld } from "#db/prep-facts.ts";
import { countNotes, type Prep } from "#db/preps.ts";
import type { SectionContent } from "#db/schema/documents.ts";
import type { Db } from "#db/types.ts";
import type { Viewer } from "#db/viewer.ts";
import type { Locale } from "../i18n/i18n.ts";
import { charCount } from "../plans/content.ts";
import { outlineOf } from "../plans/outline.ts";
import type { PrepFacts, SectionProgress } from "./guards.ts";

/** What the guards look at, as it is now and as far as this viewer may know. `live` is the common plan as just read; without it the last projection answers. */
export async function factsOf(db: Db, prep: Prep, viewer: Pick<Viewer, "id" | "locale">, live?: readonly SectionContent[]): Promise<PrepFacts> {
  const lead = prep.participants.find((one) => one.part === "lead_preparer");
  const counts = live?.map((section) => ({ key: section.key, charCount: charCount(section.nodes) })) ?? (await listSections(db, [prep.commonDocId]));
  return {
    sections: await progressOf(db, prep, viewer.locale, counts),
    notes: await countNotes(db, prep),
    draftDeadline: prep.deadlines.draft ? new Date(prep.deadlines.draft) : null,
    seminars: await countSeminarsHeld(db, prep),
    stateSince: prep.stateSince,
    openThreads: (await countOpenThreads(db, [prep.commonDocId])).get(prep.commonDocId) ?? 0,
    confirmed: { lead: lead?.answer === "accepted" && lead.confirmedAt !== null, others: prep.participants.filter((one) => one !== lead && one.answer === "accepted" && one.confirmedAt !== null).length },
    ...(await countAfterwards(db, viewer, prep.lessonId)),
  };
}

/** How far each section of a plan is, in the order of its page. */
export async function progressOf(db: Db, plan: { templateId: string; periods: number }, locale: Locale, counts: readonly { key: string; charCount: number }[]): Promise<SectionProgress[]> {
  const template = await findTemplate(db, plan.templateId);
  const written = new Map(counts.map((one) => [one.key, one.charCount]));
  return outlineOf(template?.sections ?? [], plan.periods, locale).map(({ key, title, required, minChars }) => ({ key, title, required, minChars, charCount: written.get(key) ?? 0 }));
}
