import { countOpenApplications } from "#db/applications.ts";
import { listInvitationsFor } from "#db/invitations.ts";
import { findOwnNote, countNotes, listPrepsOfViewer, type Prep } from "#db/preps.ts";
import { findRunToReflectOn } from "#db/lessons.ts";
import { findVisiblePlan, listSections } from "#db/plans.ts";
import { countSubmissionsFor, findStanding } from "#db/resources.ts";
import type { Db } from "#db/types.ts";
import type { Viewer } from "#db/viewer.ts";
import { marksOf } from "../lessons/list.server.ts";
import { progressOf } from "../preps/facts.server.ts";
import { incompleteSections } from "../preps/guards.ts";
import { canOnPrep } from "../preps/policy.ts";
import { waitsOfOffices, waitsOfOneself } from "./office-waits.server.ts";

/** One thing that waits for a person: a sentence of the room `home` with what it needs, where it is done, and until when. */
export interface Wait {
  key: "invitation" | "prepInvitation" | "draft" | "moveToDiscussion" | "discuss" | "confirm" | "revise" | "teach" | "reflect" | "publish" | "applications" | "submissions" | "studioDrafts" | "teachers" | "reports" | "firstAdministrator" | "firstSchool" | "failedJobs" | "consent" | "secondFactor" | "school";
  params: Record<string, string | number>;
  href: string;
  due: Date | null;
  /** Titles of the required sections that are not written yet, of a plan that this person writes. */
  lacking?: string[] | undefined;
}

/** What waits for this person, the most pressing first. */
export async function waitsFor(db: Db, viewer: Viewer, now = new Date()): Promise<Wait[]> {
  const invitations = (await listInvitationsFor(db, viewer.id, now)).map((one): Wait => ({ key: "invitation", params: { studio: one.studio, role: one.role }, href: `/invitations/${one.id}`, due: one.expiresAt }));
  const preps = await listPrepsOfViewer(db, viewer);
  const fromPreps = (await Promise.all(preps.map((prep) => waitInPrep(db, viewer, prep)))).filter((wait) => wait !== null);
  const applications = await Promise.all(
    viewer.seats.filter((seat) => seat.role === "master" || seat.role === "studio_assistant").map(async (seat): Promise<Wait | null> => {
      const count = await countOpenApplications(db, seat.studioId);
      return count > 0 ? { key: "applications", params: { count }, href: `/studios/${seat.studioId}/applications`, due: null } : null;
    }),
  );
  const submissions = await countSubmissionsFor(db, viewer);
  if (submissions > 0) applications.push({ key: "submissions", params: { count: submissions }, href: "/resources/review", due: null });
  const waits = [...fromPreps, ...invitations, ...(await waitsOfOffices(db, viewer)), ...applications.filter((wait) => wait !== null), ...(await waitsOfOneself(db, viewer))];
  return waits.sort((a, b) => (a.due?.getTime() ?? Number.POSITIVE_INFINITY) - (b.due?.getTime() ?? Number.POSITIVE_INFINITY));
}

async function waitInPrep(db: Db, viewer: Viewer, prep: Prep): Promise<Wait | null> {
  const mine = prep.participants.find((one) => one.personId === viewer.id);
  if (!mine) return null;
  const lead = prep.participants.find((one) => one.part === "lead_preparer")?.name ?? "";
  const params = { title: prep.title, lead };
  const href = `/lessons/${prep.lessonId}`;
  const due = (at: string | undefined) => (at ? new Date(at) : null);
  if (mine.answer === "waiting") return prep.state === "cancelled" || prep.state === "archived" ? null : { key: "prepInvitation", params, href, due: due(prep.deadlines.draft) };
  switch (prep.state) {
    case "individual_draft": {
      const notes = await countNotes(db, prep);
      if (mine.part === "lead_preparer") return { key: "moveToDiscussion", params: { ...params, ...notes }, href: `/plans/${prep.commonPlanId}`, due: due(prep.deadlines.draft), lacking: await lackingIn(db, viewer, prep, prep.commonPlanId) };
      const note = await findOwnNote(db, viewer.id, prep);
      return note?.state === "draft" ? { key: "draft", params: { ...params, ...notes }, href: `/plans/${note.planId}`, due: due(prep.deadlines.draft), lacking: await lackingIn(db, viewer, prep, note.planId) } : null;
    }
    case "discussion":
      return canOnPrep(viewer, "move", prep) ? { key: "discuss", params, href, due: due(prep.deadlines.discuss) } : null;
    case "revision":
      if (mine.part !== "observer" && !mine.confirmedAt) return { key: "confirm", params, href, due: due(prep.deadlines.revise) };
      return mine.part === "lead_preparer" ? { key: "revise", params, href, due: due(prep.deadlines.revise) } : null;
    case "finalised":
      return mine.part === "lead_preparer" ? { key: "teach", params, href: `${href}/runs/new`, due: due(prep.deadlines.teach) } : null;
    case "taught":
    case "reflecting":
      return afterTeaching(db, viewer, prep, { params, href });
    default:
      return null;
  }
}

/** What is still missing in a plan of a prep, as last projected. */
async function lackingIn(db: Db, viewer: Viewer, prep: Prep, planId: string): Promise<string[]> {
  const plan = await findVisiblePlan(db, viewer, planId);
  if (!plan) return [];
  return incompleteSections(await progressOf(db, prep, viewer.locale, await listSections(db, [plan.docId]))).map((section) => section.title);
}

/** Once it was taught: from everybody who taught it her own reflection; then, from the lead preparer, the case, until it was offered. */
async function afterTeaching(db: Db, viewer: Viewer, prep: Prep, { params, href }: Pick<Wait, "params" | "href">): Promise<Wait | null> {
  const run = await findRunToReflectOn(db, viewer, prep.lessonId);
  if (run) return { params, href: `${href}/reflections/new?run=${run.id}`, key: "reflect", due: prep.deadlines.reflect ? new Date(prep.deadlines.reflect) : null };
  const marks = await marksOf(db, viewer, [prep.lessonId]);
  if (!isLead(viewer, prep) || !marks.reflected.has(prep.lessonId)) return null;
  const offered = marks.published.has(prep.lessonId) || (await findStanding(db, prep.commonPlanId, "teaching_case")) !== undefined;
  return offered ? null : { params, href, key: "publish", due: null };
}

function isLead(viewer: Viewer, prep: Prep): boolean {
  return prep.participants.some((one) => one.personId === viewer.id && one.part === "lead_preparer");
}
