import type { LoaderFunctionArgs } from "@remix-run/node";
import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { lessonsUnderWay } from "#app/home/under-way.server.ts";
import { lessonsOf, lessonsOfStudio } from "#app/lessons/list.server.ts";
import { recordRun } from "#app/lessons/record-run.server.ts";
import { planFor } from "#app/plans/access.server.ts";
import { startPrep } from "#app/preps/start.server.ts";
import { loader as spaceAt } from "#app/routes/me._index/route.tsx";
import { newId } from "#db/ids.ts";
import { lessonPreps, resources } from "#db/schema/index.ts";
import type { Viewer } from "#db/viewer.ts";
import { aMember, asViewer, aStudio, EVENING } from "#tests/factories.ts";
import { aFinalisedPrep, aPrep, hours, type Setting } from "#tests/preps/setting.ts";

async function startAnother({ db, documents, studio, head, co, lead, template }: Setting, title: string): Promise<string> {
  const lessonId = newId();
  const started = await startPrep(db, documents, head, { lessonId, studioId: studio.id, groupId: studio.groupId, lessonNodeId: null, title, periods: 1, templateId: template.id, leadId: co.id, coIds: [lead.id], observerIds: [], deadlines: { draft: hours(72).toISOString() } }, EVENING);
  if (started.problems) throw new Error(JSON.stringify(started.problems));
  return lessonId;
}

test("what a studio prepares is listed for its members, the newest first, page by page; what was cancelled is left out, and others see nothing", async () => {
  const setting = await aPrep();
  const { db, studio, observer: trainee, stranger, lessonId, co, lead } = setting;
  const [second, third, cancelled] = [await startAnother(setting, "小数的意义"), await startAnother(setting, "圆的周长"), await startAnother(setting, "不备了的课")];
  await db.update(lessonPreps).set({ state: "cancelled" }).where(eq(lessonPreps.lessonId, cancelled));
  const all = await lessonsOfStudio(db, trainee, studio.id, { limit: 10 });
  expect(all.lessons.map(({ id, title, lead: who, group, state, now }) => [id, title, who, group, state, now])).toEqual([
    [third, "圆的周长", co.name, "数与代数组", "planned", "individual_draft"],
    [second, "小数的意义", co.name, "数与代数组", "planned", "individual_draft"],
    [lessonId, "分数的意义", lead.name, "数与代数组", "planned", "individual_draft"],
  ]);
  expect(all.next).toBeNull();

  const pages: string[][] = [];
  let before: string | null | undefined;
  do {
    const page = await lessonsOfStudio(db, trainee, studio.id, { ...(before && { before }), limit: 2 });
    pages.push(page.lessons.map((lesson) => lesson.title));
    before = page.next;
  } while (before);
  expect(pages.flat()).toEqual(["圆的周长", "小数的意义", "分数的意义"]);

  const elsewhere = await aMember(db, await aStudio(db, { name: "海岛工作室" }), "young_teacher");
  for (const who of [stranger, elsewhere]) expect((await lessonsOfStudio(db, await asViewer(db, who), studio.id, { limit: 10 })).lessons).toEqual([]);
});

test("a finalised lesson offers to be taught on the home of those who may, until somebody taught it", async () => {
  const setting = await aFinalisedPrep();
  const { db, documents, studio, lead, co, observer, planId, lessonId } = setting;
  const offered = async (who: Viewer) => (await lessonsUnderWay(db, who, 6)).map(({ id, teach, now }) => [id, teach, now]);
  // That its plan is published brings the lesson no further: it is not taught by that.
  await db.insert(resources).values({ lessonId, planId, kind: "lesson_plan", title: "分数的意义", ownerId: lead.id, studioId: studio.id, licence: "cc_by", state: "published", reuseCount: 2 });
  for (const who of [lead, co, observer]) expect(await offered(who)).toEqual([[lessonId, true, "taught"]]);
  expect((await lessonsUnderWay(db, lead, 6))[0]?.reuses).toBe(2);
  await recordRun(db, documents, co, await planFor(db, co, "teach", planId), { runId: newId(), classLabel: "五（1）班", day: "2026-11-20", changed: "" }, EVENING);
  expect(await offered(lead)).toEqual([[lessonId, false, "reflection"]]);
});

test("one's space shows the lessons that one prepares with others, and not only one's own", async () => {
  const setting = await aPrep();
  const { db, co, stranger, lessonId } = setting;
  const shown = async (who: Viewer) => (await spaceAt({ request: new Request("http://localhost/me"), params: {}, context: { db, viewer: async () => who } } as unknown as LoaderFunctionArgs)).lessons; // only what this route asks for
  expect(await shown(co)).toEqual([{ id: lessonId, title: "分数的意义", studio: "周文澜小学数学名师工作室" }]);
  expect(await shown(stranger)).toEqual([]);
  const { underWay } = await lessonsOf(db, co);
  expect(underWay.map((lesson) => lesson.id)).toEqual([lessonId]);
});
