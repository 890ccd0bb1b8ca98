import { listAttachments } from "#db/attachments.ts";
import { listThreads } from "#db/comments.ts";
import { findLessonNode } from "#db/curriculum.ts";
import { findDoc } from "#db/documents.ts";
import { newId } from "#db/ids.ts";
import { findTemplate } from "#db/plan-templates.ts";
import type { Plan } from "#db/plans.ts";
import { findPrep } from "#db/preps.ts";
import { rememberReading } from "#db/readings.ts";
import type { Db } from "#db/types.ts";
import type { Viewer } from "#db/viewer.ts";
import { chainOf } from "../lessons/chain.ts";
import { marksOf } from "../lessons/list.server.ts";
import { canOnPrep } from "../preps/policy.ts";
import { planSeenBy } from "./access.server.ts";
import { callableInto } from "./comment.server.ts";
import { charCount } from "./content.ts";
import type { Documents } from "./documents.ts";
import { inkFor } from "./person-ink.ts";
import { outlineOf } from "./outline.ts";
import { maySubmit } from "../resources/submit.server.ts";
import { canOnPlan, isFinalised } from "./policy.ts";
import { upstreamOf } from "./upstream.server.ts";
import { nodesToRead } from "./read-nodes.ts";

/** A plan as its page shows it: head, contents with what is missing, text, the talk in the margin, and what this viewer may do. */
export async function planPage(db: Db, documents: Documents, viewer: Viewer, planId: string | undefined, at = new Date()) {
  const plan = await planSeenBy(db, viewer, planId);
  const [sections, threads, marks, prep, node, doc] = await Promise.all([
    sectionsOf(db, documents, viewer, plan),
    listThreads(db, plan.docId),
    marksOf(db, viewer, [plan.lessonId]),
    plan.prep ? findPrep(db, plan.prep.id) : undefined,
    plan.lessonNodeId ? findLessonNode(db, plan.lessonNodeId) : undefined,
    findDoc(db, plan.docId),
  ]);
  const attachments = (await listAttachments(db, "plan", plan.id)).filter((one) => !one.inline).map(({ id, name, byteCount, kind }) => ({ id, name, byteCount, kind }));
  await rememberReading(db, { docId: plan.docId, personId: viewer.id, at });
  const writes = canOnPlan(viewer, "write", plan);
  const settles = canOnPlan(viewer, "settle", plan);
  return {
    plan: headOf(plan),
    place: node ?? null,
    chain: chainOf({ prep: plan.prep?.state ?? null, taught: marks.taught.has(plan.lessonId), reflected: marks.reflected.has(plan.lessonId), published: marks.published.has(plan.lessonId) }),
    people: (prep?.participants ?? []).filter((one) => one.answer === "accepted" && plan.kind === "common").map(({ personId, name }) => ({ personId, name })),
    /** Whom a comment can call by `@name`. */
    callable: callableInto(plan, prep).filter((one) => one.personId !== viewer.id).map((one) => one.name),
    newThreadId: newId(),
    sections,
    attachments,
    threads,
    may: { write: writes, comment: canOnPlan(viewer, "comment", plan), settle: settles, fork: canOnPlan(viewer, "fork", plan), publish: maySubmit(viewer, plan) && (plan.kind !== "common" || (plan.prep !== null && isFinalised(plan.prep.state))), submit: prep !== undefined && plan.kind === "individual" && plan.note?.state === "draft" && canOnPrep(viewer, "submit", prep) },
    me: { personId: viewer.id, name: viewer.name, ink: inkFor(viewer.id) },
    epoch: doc?.epoch ?? 1,
    upstream: await upstreamOf(db, documents, viewer, plan),
  };
}

function headOf(plan: Plan) {
  const { id, docId, kind, title, periods, header, state, lessonId, lessonTitle, ownerName, secondPrep, upstreamPlanId, version } = plan;
  return { id, docId, kind, title, periods, header, state, lessonId, lessonTitle, ownerName, secondPrep, upstreamPlanId, version, prepId: plan.prep?.id ?? null, prepState: plan.prep?.state ?? null, revealed: plan.note?.state === "revealed" };
}

/** The sections of a plan with their text, in the order of its template; those that it does not know stand at the end. */
export async function sectionsOf(db: Db, documents: Documents, viewer: Pick<Viewer, "locale">, plan: Pick<Plan, "docId" | "templateId" | "periods">) {
  const template = await findTemplate(db, plan.templateId);
  const written = (await documents.read(plan.docId)).sections;
  const outline = outlineOf(template?.sections ?? [], plan.periods, viewer.locale);
  const known = new Set(outline.map((section) => section.key));
  const others = written.filter((section) => !known.has(section.key)).map(({ key, title }) => ({ key, title, help: "", required: false, minChars: 0 }));
  return [...outline, ...others].map((section) => {
    const nodes = written.find((one) => one.key === section.key)?.nodes ?? [];
    return { key: section.key, title: section.title, help: section.help, required: section.required, minChars: section.minChars, charCount: charCount(nodes), nodes: nodesToRead(nodes) as readonly unknown[] };
  });
}
