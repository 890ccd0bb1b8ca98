import { readFileSync } from "node:fs";
import { nodesFromBlocks, textOf } from "#app/plans/content.ts";
import type { DemoPlan } from "#server/demo/content/plan.ts";
import { demoPlans } from "#server/demo/content/plans/index.ts";
import { goldenDocuments } from "#tests/search/golden.ts";
import type { SearchDocument } from "#search/engine.ts";

export interface Judged {
  q: string;
  /** Ids of the documents that should be among the first ten. */
  relevant: readonly string[];
}

/** The plans that our own golden file speaks of: those of the search tests and those of the demonstration, as they are published. */
export function ownCollection(): SearchDocument[] {
  return [...goldenDocuments, ...demoPlans.map(documentOfPlan)];
}

/** Somebody else's: lines of `{id, title, body}`. */
export function readCollection(file: string): SearchDocument[] {
  return linesOf(file).map((line) => {
    const { id, title, body } = JSON.parse(line) as { id: string | number; title?: string; body?: string }; // what the file is said to hold
    return { id: String(id), kind: "lesson_plan", accessIds: [0], title: title ?? "", sections: [], body: body ?? "", facets: { region: [] }, publishedAt: 0, quality: 0 };
  });
}

/** Lines of `{q, relevant: [id…]}`, or of `q`, a tab and ids with spaces between. */
export function readGolden(file: string): Judged[] {
  return linesOf(file).map((line) => {
    if (!line.startsWith("{")) {
      const [q = "", ids = ""] = line.split("\t");
      return { q, relevant: ids.split(" ").map((id) => (/^\d+$/.test(id) ? `plan:${id}` : `demo:${id}`)) };
    }
    const { q, relevant } = JSON.parse(line) as { q: string; relevant: (string | number)[] }; // what the file is said to hold
    return { q, relevant: relevant.map(String) };
  });
}

function documentOfPlan(plan: DemoPlan): SearchDocument {
  const once = Object.entries(plan.sections).map(([key, blocks]) => ({ key, text: textOf(nodesFromBlocks(blocks)) }));
  const perPeriod = plan.perPeriod.flatMap((period, index) => Object.entries(period).map(([key, blocks]) => ({ key: `${key}.p${index + 1}`, text: textOf(nodesFromBlocks(blocks as DemoPlan["sections"]["standard"])) }))); // blocks, as every part of a period
  return { id: `demo:${plan.key}`, kind: "lesson_plan", accessIds: [0], title: plan.title, sections: [...once, ...perPeriod], body: "", facets: { region: [] }, publishedAt: Date.UTC(2026, 2, 1), quality: 0 };
}

function linesOf(file: string): string[] {
  return readFileSync(file, "utf8").split(/\r?\n/).filter((line) => line.trim() !== "");
}
