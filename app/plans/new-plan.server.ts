import { insertDoc } from "#db/documents.ts";
import { newId } from "#db/ids.ts";
import type { PlanKind } from "#db/plans.ts";
import type { TemplateSection } from "#db/schema/curriculum.ts";
import type { SectionContent } from "#db/schema/documents.ts";
import { lessonPlans } from "#db/schema/index.ts";
import type { Db } from "#db/types.ts";
import { emptySection, isBlank, nodesFromBlocks, textsOf } from "./content.ts";
import type { Documents, DocState } from "./documents.ts";
import { outlineOf, sectionKind } from "./outline.ts";

/** Content for a new plan together with its state, made before the transaction that writes it: nothing slow runs inside one. */
export interface PreparedContent {
  state: DocState;
  sections: SectionContent[];
}

export async function prepareContent(documents: Documents, sections: SectionContent[]): Promise<PreparedContent> {
  return { state: await documents.stateOf(sections), sections };
}

/** The untouched sections of a template; the process begins as the table in which it is written. */
export function emptyContent(template: readonly TemplateSection[], periods: number): SectionContent[] {
  return outlineOf(template, periods).map(({ key, title }) => ({ key, title, nodes: sectionKind(key) === "process" ? nodesFromBlocks([{ table: PROCESS }]) : emptySection() }));
}

const PROCESS = [["环节（分钟）", "教师活动", "学生活动", "设计意图"], ["导入", "", "", ""], ["新授", "", "", ""], ["练习", "", "", ""], ["小结", "", "", ""]];

export interface NewPlan {
  /** Given where something must know it beforehand. */
  planId?: string;
  lessonId: string;
  prepId?: string;
  kind: PlanKind;
  ownerId: string;
  title: string;
  templateId: string;
  periods: number;
  upstream?: { planId?: string; resourceId?: string; versionId?: string };
  header?: { teacher?: string; className?: string; taughtOn?: string; lessonType?: string };
  createdBy: string;
}

/** Writes a plan with its document. The one way in which plans come to be. */
export async function insertPlan(tx: Db, plan: NewPlan, content: PreparedContent, at: Date): Promise<{ planId: string; docId: string }> {
  const docId = await insertDoc(tx, { purpose: "plan", state: content.state, sections: textsOf(content.sections), createdBy: plan.createdBy }, at);
  const planId = plan.planId ?? newId();
  await tx.insert(lessonPlans).values({
    id: planId,
    lessonId: plan.lessonId,
    prepId: plan.prepId ?? null,
    kind: plan.kind,
    ownerId: plan.ownerId,
    docId,
    title: plan.title,
    templateId: plan.templateId,
    periods: plan.periods,
    upstreamPlanId: plan.upstream?.planId ?? null,
    upstreamResourceId: plan.upstream?.resourceId ?? null,
    upstreamVersionId: plan.upstream?.versionId ?? null,
    secondPrep: plan.kind === "personal" ? "forked" : null,
    header: plan.header ?? {},
    createdAt: at,
    createdBy: plan.createdBy,
  });
  return { planId, docId };
}

/**
 * What was written elsewhere, laid into a template: sections of the same key are taken over, those that the template does not know are kept
 * behind it under their own titles. Nothing is dropped.
 */
export function fitContent(written: readonly SectionContent[], template: readonly TemplateSection[], periods: number): SectionContent[] {
  const given = new Map(written.map((section) => [section.key, section]));
  const fitted = emptyContent(template, periods).map((section) => {
    const theirs = given.get(section.key);
    given.delete(section.key);
    return theirs && !isBlank(theirs.nodes) ? { ...section, nodes: theirs.nodes } : section;
  });
  const left = [...given.values()].filter((section) => !isBlank(section.nodes));
  return [...fitted, ...left];
}
