import { and, asc, eq, isNull, or } from "drizzle-orm";
import type { ShippedTemplate } from "./dictionaries/plan-templates.ts";
import type { STAGES, SUBJECTS } from "./schema/curriculum.ts";
import { planTemplates } from "./schema/index.ts";
import type { Db } from "./types.ts";

export type PlanTemplate = typeof planTemplates.$inferSelect;

/** Templates in use that fit a subject and stage, those made for it before those for any. */
export async function listTemplates(db: Db, fits: { subject?: (typeof SUBJECTS)[number]; stage?: (typeof STAGES)[number] } = {}): Promise<PlanTemplate[]> {
  const subject = fits.subject ? or(isNull(planTemplates.subject), eq(planTemplates.subject, fits.subject)) : undefined;
  const stage = fits.stage ? or(isNull(planTemplates.stage), eq(planTemplates.stage, fits.stage)) : undefined;
  const rows = await db.select().from(planTemplates).where(and(eq(planTemplates.status, "active"), subject, stage)).orderBy(asc(planTemplates.id));
  return rows.sort((a, b) => Number(a.subject === null) - Number(b.subject === null));
}

export async function findTemplate(db: Db, templateId: string): Promise<PlanTemplate | undefined> {
  const [template] = await db.select().from(planTemplates).where(eq(planTemplates.id, templateId));
  return template;
}

/** Adds the shipped templates that are missing. A new version of one retires the one before; plans keep the template they were begun with. */
export async function loadPlanTemplates(db: Db, shipped: readonly ShippedTemplate[]): Promise<void> {
  await db.transaction(async (tx) => {
    const known = await tx.select({ id: planTemplates.id, name: planTemplates.name, version: planTemplates.version }).from(planTemplates).where(isNull(planTemplates.regionId));
    for (const template of shipped) {
      const older = known.filter((one) => one.name === template.name);
      if (older.some((one) => one.version >= template.version)) continue;
      await tx.insert(planTemplates).values({ name: template.name, version: template.version, stage: template.stage, subject: template.subject, sections: [...template.sections] });
      for (const one of older) await tx.update(planTemplates).set({ status: "retired" }).where(eq(planTemplates.id, one.id));
    }
  });
}
