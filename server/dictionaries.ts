import { readFileSync } from "node:fs";
import { loadCurriculum } from "#db/curriculum.ts";
import { loadRegions } from "#db/regions.ts";
import { SHIPPED_TEMPLATES } from "#db/dictionaries/plan-templates.ts";
import { loadPlanTemplates } from "#db/plan-templates.ts";
import type { Db } from "#db/types.ts";

/** Loads the dictionaries that ship with the product: regions, lessons of textbooks, plan templates. Run twice, nothing is doubled. */
export async function loadDictionaries(db: Db): Promise<void> {
  await loadRegions(db, shipped("regions.csv"));
  const { problems } = await loadCurriculum(db, shipped("curriculum-primary-maths.csv"));
  if (problems.length > 0) throw new Error(`the shipped curriculum is faulty: ${JSON.stringify(problems.slice(0, 3))}`);
  await loadPlanTemplates(db, SHIPPED_TEMPLATES);
}

function shipped(name: string): string {
  return readFileSync(new URL(`../db/dictionaries/${name}`, import.meta.url), "utf8");
}
