import { and, eq } from "drizzle-orm";
import { register } from "#app/people/register.server.ts";
import type { Sessions } from "#app/people/sessions.ts";
import { planFor } from "#app/plans/access.server.ts";
import { resourceFor } from "#app/resources/access.server.ts";
import { reportResource } from "#app/resources/report.server.ts";
import { submitResource } from "#app/resources/submit.server.ts";
import { studioFor } from "#app/studios/access.server.ts";
import { applyTo } from "#app/studios/apply.server.ts";
import { draftStudio } from "#app/studios/draft.server.ts";
import { invite } from "#app/studios/invite.server.ts";
import { findPrepOfLesson } from "#db/preps.ts";
import { findRegionByCode } from "#db/regions.ts";
import { resources } from "#db/schema/index.ts";
import { demoApplications, demoDraft, demoInvitation, demoNewcomer, demoReport, demoSubmission } from "./content/waiting.ts";
import { teachersHour } from "./hours.ts";
import { demoId } from "./ids.ts";
import { DEMO_PASSWORD, demoLogin } from "./people.ts";
import { type Stage, viewer } from "./seed-lessons.ts";

const HOUR = 3_600_000;

/** What waits for somebody: a seat that is offered, applications, a studio to be approved, a plan to be reviewed, a report, a newcomer. */
export async function seedWaiting(stage: Stage, sessions: Sessions): Promise<void> {
  const { db, now } = stage;
  const ago = (hours: number) => teachersHour(new Date(now.getTime() - hours * HOUR), now);

  const master = await viewer(db, demoInvitation.by);
  const offer = { personId: demoId("person", demoInvitation.to), groupId: null, message: demoInvitation.message };
  const invited = await invite(db, master, await studioFor(db, master, `invite.${demoInvitation.role}`, demoId("studio", demoInvitation.studio)), demoInvitation.role, offer, ago(demoInvitation.hoursAgo));
  if ("refused" in invited) throw new Error(`the invitation is refused: ${invited.refused}`);

  for (const { studio, by, message, hoursAgo } of demoApplications) {
    const teacher = await viewer(db, by);
    await applyTo(db, teacher, await studioFor(db, teacher, "apply", demoId("studio", studio)), message, ago(hoursAgo));
  }

  const { by, region, hoursAgo, ...draft } = demoDraft;
  const founder = await viewer(db, by);
  const regionId = (await findRegionByCode(db, region))?.id;
  if (!regionId) throw new Error(`the demonstration lacks region ${region}`);
  await draftStudio(db, founder, { ...draft, regionId, stages: ["primary"], subject: "mathematics", masterId: founder.id }, ago(hoursAgo));

  await offerPlan(stage, ago(demoSubmission.hoursAgo));

  const reader = await viewer(db, demoReport.by);
  const [published] = await db.select({ id: resources.id }).from(resources).where(and(eq(resources.lessonId, demoId("lesson", demoReport.plan)), eq(resources.state, "published")));
  await reportResource(db, reader, await resourceFor(db, reader, "report", published?.id), { ground: demoReport.ground, detail: demoReport.detail }, ago(demoReport.hoursAgo));

  const { key, name, school } = demoNewcomer;
  const login = { kind: "employee_no", normalised: demoLogin(key) } as const;
  await register(db, sessions, { name, login, password: DEMO_PASSWORD, schoolId: demoId("school", school), stage: "primary", subject: "mathematics", locale: "zh-CN", displayName: true }, ago(demoNewcomer.hoursAgo));
}

async function offerPlan({ db, documents }: Stage, at: Date): Promise<void> {
  const { plan, by, ...wish } = demoSubmission;
  const lead = await viewer(db, by);
  const prep = await findPrepOfLesson(db, lead, demoId("lesson", plan));
  const common = await planFor(db, lead, "fork", prep?.commonPlanId);
  const made = await submitResource(db, documents, lead, common, { ...wish, title: common.title, givesReflection: false }, at);
  if ("problems" in made) throw new Error(`${plan}: ${JSON.stringify(made.problems)}`);
}
