import { expect, test } from "vitest";
import { waitsFor } from "#app/home/waits.server.ts";
import { lessonSeenBy } from "#app/lessons/access.server.ts";
import { lessonPage } from "#app/lessons/lesson-page.server.ts";
import { recordRun } from "#app/lessons/record-run.server.ts";
import { saveReflection } from "#app/lessons/reflect.server.ts";
import { planFor, planSeenBy } from "#app/plans/access.server.ts";
import { resourceFor } from "#app/resources/access.server.ts";
import { decideResource } from "#app/resources/decide.server.ts";
import { submitResource } from "#app/resources/submit.server.ts";
import { newId } from "#db/ids.ts";
import { aFinalisedPrep, type Setting } from "#tests/preps/setting.ts";

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
