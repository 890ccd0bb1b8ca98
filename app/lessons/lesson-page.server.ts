import { findLessonNode } from "#db/curriculum.ts";
import { listRuns, listVisibleReflections } from "#db/lessons.ts";
import { listPlansOfLesson, type Plan } from "#db/plans.ts";
import { countNotes, findOwnNote, findPrepOfLesson, listPrepHistory, type Prep } from "#db/preps.ts";
import { listResourcesOfLesson } from "#db/resources.ts";
import { listComingSeminars, listHeldSeminars } from "#db/seminars.ts";
import type { Db } from "#db/types.ts";
import type { Viewer } from "#db/viewer.ts";
import { seatIn } from "../people/standing.ts";
import { canOnPlan, isFinalised } from "../plans/policy.ts";
import { factsOf } from "../preps/facts.server.ts";
import { guardOf, type Missing, movesFrom } from "../preps/guards.ts";
import { canOnPrep, type PrepAct } from "../preps/policy.ts";
import { maySubmit } from "../resources/submit.server.ts";
import { lessonSeenBy } from "./access.server.ts";
import { chainOf } from "./chain.ts";
import { marksOf } from "./list.server.ts";

const ACTS: readonly PrepAct[] = ["answer", "bring", "submit", "move", "confirm", "cancel", "replaceLead", "moveDeadlines", "changeParticipants", "countNotes"];

/** Everything that the page of a lesson shows this viewer, and nothing that she may not know. */
export async function lessonPage(db: Db, viewer: Viewer, lessonId: string | undefined, now = new Date()) {
  const lesson = await lessonSeenBy(db, viewer, lessonId);
  const prep = await findPrepOfLesson(db, viewer, lesson.id);
  const [place, plans, allRuns, reflections, coming, held, publications, marks] = await Promise.all([
    lesson.lessonNodeId ? findLessonNode(db, lesson.lessonNodeId) : undefined,
    listPlansOfLesson(db, viewer, lesson.id),
    listRuns(db, lesson.id),
    listVisibleReflections(db, viewer, lesson.id),
    listComingSeminars(db, viewer, { lessonId: lesson.id }, { limit: 10 }),
    listHeldSeminars(db, viewer, { lessonId: lesson.id }, { limit: 10 }),
    listResourcesOfLesson(db, viewer, lesson.id),
    marksOf(db, viewer, [lesson.id]),
  ]);
  // A lesson stays its owner's when she leaves the studio; what others made of it there does not.
  const runs = lesson.studioId === null || seatIn(viewer, lesson.studioId) ? allRuns : allRuns.filter((run) => run.teacherId === viewer.id);
  const stage = prep && (await stageOf(db, viewer, prep, plans, now));
  const teachable = plans.find((plan) => plan.kind !== "common" && canOnPlan(viewer, "teach", plan)) ?? plans.find((plan) => canOnPlan(viewer, "teach", plan));
  const common = plans.find((plan) => plan.kind === "common");
  const chain = chainOf({ prep: prep?.state ?? null, taught: marks.taught.has(lesson.id), reflected: marks.reflected.has(lesson.id), published: marks.published.has(lesson.id) });
  const offered = publications.some((one) => one.kind === "teaching_case" && (one.state === "submitted" || one.state === "in_review"));
  const publishable = plans.find((plan) => plan.kind === "common" && plan.prep !== null && isFinalised(plan.prep.state) && maySubmit(viewer, plan)) ?? plans.find((plan) => plan.kind !== "common" && plan.state !== "superseded" && maySubmit(viewer, plan));
  return {
    lesson: { id: lesson.id, title: lesson.title, ownerName: lesson.ownerName, studioId: lesson.studioId, studioName: lesson.studioName },
    place: place ?? null,
    chain,
    prep: prep && stage ? { ...brief(prep), ...stage } : null,
    plans: plans.map((plan) => ({ id: plan.id, kind: plan.kind, owner: plan.ownerName, mine: plan.ownerId === viewer.id && plan.kind !== "common", state: plan.state, note: plan.note?.state ?? null, secondPrep: plan.secondPrep })),
    runs,
    reflections: reflections.map(({ id, name, answers, visibility, personId, submittedAt }) => ({ id, name, answers: answers.map(({ prompt, text }) => ({ prompt, text })), visibility, mine: personId === viewer.id, submittedAt })),
    seminars: [...coming, ...held].map(({ id, title, startsAt, hostName, state }) => ({ id, title, startsAt, hostName, state })),
    publications: publications.map(({ id, kind, title, state }) => ({ id, kind, title, state })),
    /** The plan that she may offer, once the lesson was taught and reflected on and nobody has offered it yet. */
    publishPlanId: chain === "published" && !offered ? (publishable?.id ?? null) : null,
    may: {
      teach: teachable !== undefined,
      fork: common !== undefined && canOnPlan(viewer, "fork", common) && !plans.some((plan) => plan.kind === "personal" && plan.ownerId === viewer.id),
      reflect: runs.some((run) => run.teacherId === viewer.id),
      schedule: prep !== undefined && canOnPrep(viewer, "move", prep),
    },
    commonPlanId: common?.id ?? null,
  };
}

function brief({ id, state, iteration, stateSince, deadlines, groupName, participants }: Prep) {
  return { id, state, iteration, stateSince, deadlines, groupName, participants: participants.map(({ personId, name, part, answer, confirmedAt }) => ({ personId, name, part, answer, confirmed: confirmedAt !== null })) };
}

/** What comes next in a prep: the move, what is missing before it, and what this viewer can do now. */
async function stageOf(db: Db, viewer: Viewer, prep: Prep, plans: readonly Plan[], now: Date) {
  const may = ACTS.filter((act) => canOnPrep(viewer, act, prep));
  const mine = prep.participants.find((one) => one.personId === viewer.id);
  const inside = may.includes("countNotes");
  const forward = movesFrom(prep.state).find((move) => move.kind === "forward")?.to ?? null;
  const facts = inside && forward ? await factsOf(db, prep, viewer) : undefined;
  // What the common plan still lacks is known to those who see it, and to those who may move.
  const seesCommon = plans.some((plan) => plan.kind === "common") || may.includes("move");
  const guard = facts && forward ? guardOf(prep.state, forward, facts, now) : undefined;
  const missing: Missing[] = (guard?.missing ?? []).filter((one) => seesCommon || one.key !== "preps:missing.sections");
  const lead = prep.participants.find((one) => one.part === "lead_preparer");
  if (prep.state === "planned") missing.push({ key: "preps:missing.leadAccepts", params: { name: lead?.name ?? "" } });
  if (prep.state === "finalised") missing.push({ key: "preps:missing.teach" });
  const drafting = prep.state === "planned" || prep.state === "individual_draft";
  const note = mine?.part === "co_preparer" && drafting ? await findOwnNote(db, viewer.id, prep) : undefined;
  return {
    may,
    moves: may.includes("move") ? movesFrom(prep.state) : [],
    forward,
    missing: inside || prep.state === "finalised" ? missing : [],
    asks: guard?.asks ?? null,
    notes: inside && prep.state === "individual_draft" ? await countNotes(db, prep) : null,
    writeCommon: plans.find((plan) => plan.kind === "common" && mine !== undefined && canOnPlan(viewer, "write", plan))?.id ?? null,
    myNote: note && note.state !== "revealed" ? { planId: note.planId, state: note.state } : null,
    iConfirmed: mine?.confirmedAt !== null && mine !== undefined,
    myPart: mine?.part ?? null,
    history: inside ? await listPrepHistory(db, prep.id) : { moves: [], changes: [] },
  };
}
