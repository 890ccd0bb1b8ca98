import { prepFor } from "#app/preps/access.server.ts";
import { answerInvitation } from "#app/preps/answer.server.ts";
import { confirmPlan } from "#app/preps/confirm.server.ts";
import { movePrep } from "#app/preps/move.server.ts";
import { startPrep } from "#app/preps/start.server.ts";
import { submitNote } from "#app/preps/submit-note.server.ts";
import { planFor } from "#app/plans/access.server.ts";
import { resourceFor } from "#app/resources/access.server.ts";
import { decideResource } from "#app/resources/decide.server.ts";
import { submitResource } from "#app/resources/submit.server.ts";
import { useResource } from "#app/resources/use.server.ts";
import { startThread, reply, resolveThread } from "#app/plans/comment.server.ts";
import { nodesFromBlocks } from "#app/plans/content.ts";
import type { Documents, SectionContent } from "#app/plans/documents.ts";
import { outlineOf } from "#app/plans/outline.ts";
import { recordRun } from "#app/lessons/record-run.server.ts";
import { saveReflection } from "#app/lessons/reflect.server.ts";
import { startLesson } from "#app/lessons/start-alone.server.ts";
import { listLessonNodes, listBooks } from "#db/curriculum.ts";
import { findVisibleLesson } from "#db/lessons.ts";
import { findOwnNote, findPrepOfLesson, type Prep } from "#db/preps.ts";
import { listTemplates } from "#db/plan-templates.ts";
import { schoolDay, startOfSchoolDay } from "#db/school-day.ts";
import type { PrepState } from "#db/schema/lessons.ts";
import type { Db } from "#db/types.ts";
import { findViewer, type Viewer } from "#db/viewer.ts";
import type { Block } from "#app/plans/blocks.ts";
import { anchorOf } from "./anchor.ts";
import { demoLessons, type DemoLesson, type DemoStage } from "./content/lessons.ts";
import type { DemoPlan } from "./content/plan.ts";
import { demoPlans } from "./content/plans/index.ts";
import { demoNotes, demoRuns, demoThreads } from "./content/talk.ts";
import { teachersHour } from "./hours.ts";
import { demoId } from "./ids.ts";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** How long ago a lesson of each stage was begun. */
const BEGUN_DAYS_AGO: Record<DemoStage, number> = { planned: 1, individual_draft: 5, discussion: 9, revision: 14, finalised: 24, taught: 30, reflecting: 36, archived: 60 };
/** How long after the discussion it was published, where it was: a case after the lesson. */
const PUBLISHED_DAYS_AFTER: Record<DemoStage, number> = { planned: 0, individual_draft: 0, discussion: 0, revision: 0, finalised: 6, taught: 6, reflecting: 24, archived: 51 };
const ORDER: readonly PrepState[] = ["planned", "individual_draft", "discussion", "revision", "finalised", "taught", "reflecting", "archived"];

export interface Stage {
  db: Db;
  documents: Documents;
  now: Date;
}

/** Every lesson of the demonstration travels as far as its stage by the acts that people would use, each at its own time. */
export async function seedLessons(stage: Stage): Promise<void> {
  for (const lesson of demoLessons) {
    const plan = planOf(lesson.plan);
    if (lesson.studio && lesson.stage) await travel(stage, lesson, lesson.stage, plan);
    else await writeAlone(stage, lesson, plan);
  }
}

async function travel(stage: Stage, lesson: DemoLesson, until: DemoStage, plan: DemoPlan): Promise<void> {
  const { db, documents, now } = stage;
  const began = now.getTime() - BEGUN_DAYS_AGO[until] * DAY;
  const begun = teachersHour(new Date(began), now);
  const at = (days: number) => teachersHour(new Date(Math.min(began + days * DAY, now.getTime() - HOUR)), now);
  const owner = await viewer(db, lesson.owner);
  const starter = until === "planned" ? await viewer(db, lesson.studio === "wenlan" ? "zhou-wenlan" : "lin-tingzhou") : owner;
  const lessonId = demoId("lesson", plan.key);
  const step = until === "individual_draft" ? 3 : 4;
  const begunPrep = await startPrep(
    db,
    documents,
    starter,
    {
      lessonId,
      studioId: demoId("studio", lesson.studio ?? ""),
      groupId: lesson.group ? demoId("group", lesson.group) : null,
      lessonNodeId: await nodeOf(db, plan),
      title: plan.title,
      periods: plan.periods,
      templateId: await templateOf(db),
      leadId: owner.id,
      coIds: lesson.coPreparers.map((key) => demoId("person", key)),
      observerIds: observersOf(lesson).map((key) => demoId("person", key)),
      deadlines: until === "individual_draft" || until === "planned" ? { draft: evening(now, 2), discuss: evening(now, 5) } : { draft: at(step).toISOString(), discuss: evening(begun, 12), revise: evening(begun, 16), teach: evening(begun, 26) },
    },
    begun,
  );
  if (begunPrep.problems) throw new Error(`${plan.key}: ${JSON.stringify(begunPrep.problems)}`);
  if (until === "planned") return;

  const prep = () => prepOf(db, owner, lessonId);
  for (const key of [...lesson.coPreparers, ...observersOf(lesson)]) {
    const invited = await viewer(db, key);
    await answerInvitation(db, documents, invited, await prepFor(db, invited, "answer", (await prep()).id), "accepted", at(0.5));
  }
  await documents.write((await prep()).commonDocId, until === "individual_draft" ? halfOf(plan) : sectionsOf(plan), owner.id);
  await handInNotes(stage, lesson, lessonId);
  if (until === "individual_draft") return;

  const move = async (to: PrepState, written: string, when: Date) => {
    const outcome = await movePrep(db, documents, owner, await prepFor(db, owner, "move", (await prep()).id), to, written, when);
    if (outcome.outcome !== "moved") throw new Error(`${plan.key} → ${to}: ${JSON.stringify(outcome)}`);
  };
  await move("discussion", "期中前课多，先用已经交上来的初备研讨，晚交的会后补进来。", at(step + 0.2));
  await seedThreads(stage, lesson, plan, reached(until, "finalised"));
  if (!reached(until, "revision")) return;
  await move("revision", discussedInWriting(plan), at(step + 3));
  if (!reached(until, "finalised")) return;
  for (const key of [lesson.owner, lesson.coPreparers[0] ?? ""]) {
    const reader = await viewer(db, key);
    await confirmPlan(db, reader, await prepFor(db, reader, "confirm", (await prep()).id), at(step + 4));
  }
  await move("finalised", "", at(step + 4.5));
  if (!reached(until, "taught")) return publish(stage, lesson, lessonId, at(step + PUBLISHED_DAYS_AFTER[until]));
  await teach(stage, lesson, plan, lessonId);
  if (until === "archived") await move("archived", "", at(step + 50));
  await publish(stage, lesson, lessonId, at(step + PUBLISHED_DAYS_AFTER[until]));
}

/** Offered by the one who led it, decided by the master or, for the master's own colleagues, the head of the group; then taken up. */
async function publish({ db, documents, now }: Stage, lesson: DemoLesson, lessonId: string, when: Date): Promise<void> {
  if (!lesson.resource) return;
  const owner = await viewer(db, lesson.owner);
  const master = await viewer(db, lesson.studio === "wenlan" ? "zhou-wenlan" : "lin-tingzhou");
  const { kind, licence, abstract, takenBy } = lesson.resource;
  const common = await planFor(db, owner, "fork", (await prepOf(db, owner, lessonId)).commonPlanId);
  const made = await submitResource(db, documents, owner, common, { kind, licence, abstract, title: common.title, givesReflection: true }, when);
  if ("problems" in made) throw new Error(`${lesson.plan}: ${JSON.stringify(made.problems)}`);
  await decideResource(db, master, await resourceFor(db, master, "decide", made.resourceId), "approved", "", new Date(Math.min(when.getTime() + DAY, now.getTime() - HOUR)));
  for (const [index, key] of takenBy.entries()) {
    const reader = await viewer(db, key);
    await useResource(db, documents, reader, await resourceFor(db, reader, "use", made.resourceId), demoId("reuse", `${lesson.plan}:${key}`), new Date(Math.min(when.getTime() + (index + 2) * DAY, now.getTime() - HOUR)));
  }
}

/** Colleagues from other groups who talk in the margin. */
function observersOf(lesson: DemoLesson): string[] {
  const voices = demoThreads.filter((thread) => thread.plan === lesson.plan).flatMap((thread) => [thread.by, ...thread.replies.map((one) => one.by)]);
  const inside = new Set([lesson.owner, ...lesson.coPreparers, "zhou-wenlan", "lin-tingzhou"]);
  return [...new Set(voices)].filter((key) => !inside.has(key));
}

/** The runs that the content tells of, in the order of their days, and the reflections on them. */
async function teach({ db, documents, now }: Stage, lesson: DemoLesson, plan: DemoPlan, lessonId: string): Promise<void> {
  const runs = demoRuns.filter((run) => run.plan === plan.key).sort((a, b) => b.daysAgo - a.daysAgo);
  for (const run of runs) {
    const teacher = await viewer(db, run.by);
    const taughtAt = new Date(startOfSchoolDay(schoolDay(new Date(now.getTime() - run.daysAgo * DAY))).getTime() + 10 * HOUR);
    const common = (await prepOf(db, teacher, lessonId)).commonPlanId;
    const runId = demoId("run", `${run.plan}:${run.by}`);
    await recordRun(db, documents, teacher, await planFor(db, teacher, "teach", common), { runId, classLabel: run.classLabel, day: schoolDay(taughtAt), changed: run.changed }, taughtAt);
    const own = run.by === lesson.owner ? plan.reflection?.map((one) => ({ prompt: one.prompt, text: one.answer })) : undefined;
    const answers = run.reflection?.map((one) => ({ prompt: one.prompt, sectionKey: one.section, text: one.answer })) ?? own;
    const seen = await findVisibleLesson(db, teacher, lessonId);
    if (answers && seen) await saveReflection(db, documents, teacher, seen, { run: { id: runId, planId: common }, answers, visibility: "studio", version: 0 }, new Date(taughtAt.getTime() + 10 * HOUR));
  }
}

async function handInNotes({ db, documents, now }: Stage, lesson: DemoLesson, lessonId: string): Promise<void> {
  for (const note of demoNotes.filter((one) => one.plan === lesson.plan && lesson.coPreparers.includes(one.by))) {
    const author = await viewer(db, note.by);
    const prep = await prepOf(db, author, lessonId);
    const mine = await findOwnNote(db, author.id, prep);
    if (!mine) throw new Error(`${note.by} has no draft of ${note.plan}`);
    const plan = await planFor(db, author, "write", mine.planId);
    const outline = await outlineOfPlan(db, prep.periods);
    const written = outline.filter((section) => (note.sections as Record<string, readonly Block[]>)[section.key]);
    await documents.write(plan.docId, written.map((section) => ({ key: section.key, title: section.title, nodes: nodesFromBlocks((note.sections as Record<string, readonly Block[]>)[section.key] ?? []) })), author.id);
    if (note.submittedHoursAgo !== undefined) await submitNote(db, documents, author, await prepFor(db, author, "submit", prep.id), teachersHour(new Date(now.getTime() - note.submittedHoursAgo * HOUR), now));
  }
}

async function seedThreads({ db, documents, now }: Stage, lesson: DemoLesson, plan: DemoPlan, settled: boolean): Promise<void> {
  const owner = await viewer(db, lesson.owner);
  const common = await planFor(db, owner, "comment", (await prepOf(db, owner, demoId("lesson", plan.key))).commonPlanId);
  const { state } = await documents.read(common.docId);
  for (const [index, thread] of demoThreads.filter((one) => one.plan === plan.key).entries()) {
    const ago = (hours: number) => teachersHour(new Date(now.getTime() - hours * HOUR), now);
    const author = await viewer(db, thread.by);
    const anchor = anchorOf(state, thread.section, thread.quote);
    const threadId = demoId("thread", `${plan.key}:${index}`);
    const wish = { threadId, sectionKey: thread.section, anchorStart: anchor?.start ?? null, anchorEnd: anchor?.end ?? null, quote: thread.quote, blocking: thread.blocking ?? false, body: thread.body };
    await startThread(db, author, await planFor(db, author, "comment", common.id), wish, ago(thread.hoursAgo));
    for (const answer of thread.replies) {
      const who = await viewer(db, answer.by);
      await reply(db, who, await planFor(db, who, "comment", common.id), threadId, answer.body, ago(answer.hoursAgo));
    }
    const by = thread.resolved?.by ?? (settled ? lesson.owner : undefined);
    if (by) await resolveThread(db, await viewer(db, by), common, threadId, ago(thread.resolved?.hoursAgo ?? 1));
  }
}

async function writeAlone({ db, documents, now }: Stage, lesson: DemoLesson, plan: DemoPlan): Promise<void> {
  const owner = await viewer(db, lesson.owner);
  const made = await startLesson(db, documents, owner, { lessonId: demoId("lesson", plan.key), title: plan.title, lessonNodeId: await nodeOf(db, plan), templateId: await templateOf(db), periods: plan.periods }, teachersHour(new Date(now.getTime() - 6 * DAY), now));
  if (made.problems || !made.planId) throw new Error(`${plan.key} could not be begun`);
  await documents.write((await planFor(db, owner, "write", made.planId)).docId, sectionsOf(plan), owner.id);
}

function sectionsOf(plan: DemoPlan): SectionContent[] {
  const once = Object.entries(plan.sections).map(([key, blocks]) => ({ key, title: "", nodes: nodesFromBlocks(blocks as readonly Block[]) }));
  const perPeriod = plan.perPeriod.flatMap((period, index) => Object.entries(period).map(([key, blocks]) => ({ key: `${key}.p${index + 1}`, title: "", nodes: nodesFromBlocks(blocks as readonly Block[]) })));
  return [...once, ...perPeriod];
}

/** A plan that is being written: the board, the homework and the assessment are still to come. */
function halfOf(plan: DemoPlan): SectionContent[] {
  return sectionsOf(plan).filter((section) => !/^(board_plan|homework|assessment)/.test(section.key));
}

/** What the lead preparer writes down of two days' discussion in the margin. */
function discussedInWriting(plan: DemoPlan): string {
  const said = demoThreads.filter((thread) => thread.plan === plan.key).map((thread) => `「${thread.quote}」：${thread.body}`);
  const point = plan.sections.difficult_points.find((block) => "p" in block);
  return said.length > 0 ? `书面研讨两天，议过这几处。${said.join("")}` : `书面研讨两天，难点定为：${point && "p" in point ? point.p : plan.title}`;
}

async function outlineOfPlan(db: Db, periods: number) {
  const template = (await listTemplates(db)).find((one) => one.subject === "mathematics");
  return outlineOf(template?.sections ?? [], periods);
}

async function templateOf(db: Db): Promise<string> {
  const template = (await listTemplates(db)).find((one) => one.subject === "mathematics");
  if (!template) throw new Error("the plan template of primary mathematics is not there");
  return template.id;
}

async function nodeOf(db: Db, plan: DemoPlan): Promise<string> {
  const { edition, editionYear, grade, volume, unitNo, lesson } = plan.curriculum;
  const book = (await listBooks(db)).find((one) => one.edition === edition && one.editionYear === editionYear && one.grade === grade && one.volume === volume);
  const node = book && (await listLessonNodes(db, book)).find((one) => one.unitNo === unitNo && one.title === lesson);
  if (!node) throw new Error(`${plan.key} is in no textbook`);
  return node.id;
}

async function prepOf(db: Db, who: Viewer, lessonId: string): Promise<Prep> {
  const prep = await findPrepOfLesson(db, who, lessonId);
  if (!prep) throw new Error(`${who.name} sees no prep of ${lessonId}`);
  return prep;
}

export async function viewer(db: Db, key: string): Promise<Viewer> {
  const found = await findViewer(db, demoId("person", key));
  if (!found) throw new Error(`nobody is called ${key}`);
  return found;
}

function planOf(key: string): DemoPlan {
  const plan = demoPlans.find((one) => one.key === key);
  if (!plan) throw new Error(`no plan is called ${key}`);
  return plan;
}

function reached(until: DemoStage, stage: PrepState): boolean {
  return ORDER.indexOf(until) >= ORDER.indexOf(stage);
}

/** Eight in the evening, so many days later. */
function evening(from: Date, days: number): string {
  return new Date(startOfSchoolDay(schoolDay(new Date(from.getTime() + days * DAY))).getTime() + 20 * HOUR).toISOString();
}
