import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { waitsFor } from "#app/home/waits.server.ts";
import { lessonSeenBy } from "#app/lessons/access.server.ts";
import { lessonPage } from "#app/lessons/lesson-page.server.ts";
import { recordRun } from "#app/lessons/record-run.server.ts";
import { saveReflection } from "#app/lessons/reflect.server.ts";
import { planFor, planSeenBy } from "#app/plans/access.server.ts";
import { remindOfDeadline } from "#app/preps/reminders.server.ts";
import { resourceFor } from "#app/resources/access.server.ts";
import { decideResource } from "#app/resources/decide.server.ts";
import { submitResource } from "#app/resources/submit.server.ts";
import { newId } from "#db/ids.ts";
import { listNotices } from "#db/notices.ts";
import { lessonPreps } from "#db/schema/index.ts";
import { EVENING } from "#tests/factories.ts";
import { aFinalisedPrep, hours, type Setting } from "#tests/preps/setting.ts";

const waits = async ({ db }: Setting, who: Setting["lead"]) => (await waitsFor(db, who)).filter((wait) => "title" in wait.params).map((wait) => wait.key);

test("a lesson that was taught and reflected on leads its lead preparer to the case, until it is offered; then the page leads to the case", async () => {
  const setting = await aFinalisedPrep();
  const { db, documents, lead, co, head, lessonId, planId } = setting;
  const page = (who: Setting["lead"]) => lessonPage(db, who, lessonId);
  const runId = newId();
  await recordRun(db, documents, lead, await planFor(db, lead, "teach", planId), { runId, classLabel: "三（2）班", day: "2026-11-20", changed: "没有改" });
  expect(await waits(setting, lead)).toEqual(["reflect"]);
  expect((await page(lead)).publishPlanId).toBeNull();

  const answers = [{ prompt: "学生卡在了哪里？", text: "还是比分母。" }];
  await saveReflection(db, documents, lead, await lessonSeenBy(db, lead, lessonId), { run: { id: runId, planId }, answers, visibility: "studio", version: 0 });
  expect(await waits(setting, lead)).toEqual(["publish"]);
  expect((await page(lead)).publishPlanId).toBe(planId);
  expect((await page(co)).publishPlanId).toBeNull();

  const made = await submitResource(db, documents, lead, await planSeenBy(db, lead, planId), { kind: "teaching_case", title: "从错处开始", abstract: "", licence: "cc_by", givesReflection: false });
  if ("problems" in made) throw new Error(JSON.stringify(made.problems));
  expect(await waits(setting, lead)).toEqual([]);
  expect(await page(lead)).toMatchObject({ publishPlanId: null, publications: [{ title: "从错处开始", state: "submitted" }] });
  expect((await page(co)).publications).toEqual([]);

  await decideResource(db, head, await resourceFor(db, head, "decide", made.resourceId), "approved", "");
  expect(await page(co)).toMatchObject({ chain: null, publishPlanId: null, publications: [{ id: made.resourceId, state: "published" }] });
});

test("everybody who taught is asked for her own reflection: another's does not stand for it, and who did not teach is asked for none", async () => {
  const setting = await aFinalisedPrep();
  const { db, documents, lead, co, other, observer, lessonId, planId, prepId } = setting;
  await db.update(lessonPreps).set({ deadlines: { reflect: hours(72).toISOString() } }).where(eq(lessonPreps.id, prepId));
  const runs = new Map<string, string>();
  const teaches = async (who: Setting["lead"]) => {
    const runId = newId();
    runs.set(who.id, runId);
    await recordRun(db, documents, who, await planFor(db, who, "teach", planId), { runId, classLabel: `${who.name}的班`, day: "2026-11-20", changed: "" }, EVENING);
  };
  const reflects = async (who: Setting["lead"]) => saveReflection(db, documents, who, await lessonSeenBy(db, who, lessonId), { run: { id: runs.get(who.id) ?? "", planId }, answers: [{ prompt: "学生卡在了哪里？", text: "还是比分母。" }], visibility: "group", version: 0 }, EVENING);
  const all = async () => Promise.all([lead, co, other, observer].map((who) => waits(setting, who)));
  expect(await all()).toEqual([["teach"], [], [], []]);
  await teaches(co);
  expect(await all()).toEqual([[], ["reflect"], [], []]);
  await teaches(lead);
  await teaches(observer);
  expect(await all()).toEqual([["reflect"], ["reflect"], [], ["reflect"]]);
  expect((await waitsFor(db, observer)).map((wait) => wait.href)).toContain(`/lessons/${lessonId}/reflections/new?run=${runs.get(observer.id)}`);
  await reflects(co);
  expect(await all()).toEqual([["reflect"], [], [], ["reflect"]]);
  await remindOfDeadline(db, { prepId, stage: "reflect", deadline: hours(72).toISOString() }, hours(50));
  const reminded = async (who: Setting["lead"]) => (await listNotices(db, who.id, { limit: 50 })).some((one) => one.kind === "prep.deadline.reflect");
  expect(await Promise.all([lead, co, other, observer].map(reminded))).toEqual([true, false, false, true]);
  await reflects(lead);
  expect(await all()).toEqual([["publish"], [], [], ["reflect"]]);
});
