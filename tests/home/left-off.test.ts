import type { ActionFunctionArgs } from "@remix-run/node";
import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { leftOff } from "#app/home/left-off.server.ts";
import { planPage } from "#app/plans/plan-page.server.ts";
import { action as placeAt } from "#app/routes/plans.$planId.place/route.ts";
import { docReadings, planTemplates } from "#db/schema/index.ts";
import type { Viewer } from "#db/viewer.ts";
import { aForm } from "#tests/context.ts";
import { EVENING } from "#tests/factories.ts";
import { aDiscussion, aPrepUnderWay, type Setting } from "../preps/setting.ts";

async function isIn({ db, planId }: Setting, viewer: Viewer, section: string): Promise<number> {
  const request = aForm(`/plans/${planId}/place`, { section });
  const asked = { request, params: { planId }, context: { db, viewer: async () => viewer } } as unknown as ActionFunctionArgs; // only what this route asks for
  return placeAt(asked).then((answer) => ("status" in answer ? answer.status : (answer.init?.status ?? 200)), (refused: Response) => refused.status);
}

test("home knows in which section of the plan one was last, by the name that its page gives it, also after the page was opened again", async () => {
  const setting = await aDiscussion();
  const { db, documents, lead, co, planId } = setting;
  expect(await isIn(setting, lead, "difficult_points")).toBe(204);
  expect(await isIn(setting, lead, "process.p2")).toBe(204);
  expect(await leftOff(db, lead)).toMatchObject({ planId, title: "分数的意义", section: { key: "process.p2", title: "教学过程 · 第二课时" } });
  expect(await leftOff(db, { ...lead, locale: "en" })).toMatchObject({ section: { title: "Teaching process · period 2" } });
  await planPage(db, documents, lead, planId);
  expect(await leftOff(db, lead)).toMatchObject({ section: { key: "process.p2" } });
  expect(await leftOff(db, co)).toBeNull();
});

test("who looked at a plan and did not move in it is led to the plan, and so is who was in a section that neither template nor text knows any more", async () => {
  const setting = await aDiscussion();
  const { db, documents, lead, co, planId } = setting;
  await planPage(db, documents, co, planId);
  expect(await leftOff(db, co)).toMatchObject({ planId, section: null });
  await isIn(setting, lead, "key_points");
  await db.update(planTemplates).set({ sections: [] });
  expect(await leftOff(db, lead)).toMatchObject({ planId, section: { key: "key_points", title: "教学重点" } });
  await isIn(setting, lead, "board_plan");
  expect(await leftOff(db, lead)).toMatchObject({ planId, section: null });
});

test("nothing is kept of a plan that is not there for somebody, and home is silent about one that she may not see any more", async () => {
  const setting = await aPrepUnderWay();
  const { db, stranger, co, lead, docId } = setting;
  expect(await isIn(setting, stranger, "objectives")).toBe(404);
  expect(await isIn(setting, co, "objectives")).toBe(404);
  expect(await db.select().from(docReadings).where(eq(docReadings.docId, docId))).toEqual([]);
  expect(await isIn(setting, lead, "objectives")).toBe(204);
  await db.update(docReadings).set({ personId: co.id, lastAt: EVENING });
  expect(await leftOff(db, co)).toBeNull();
});

test("a name of a section that is too long is refused as a form is", async () => {
  const setting = await aDiscussion();
  expect(await isIn(setting, setting.lead, "x".repeat(61))).toBe(422);
  expect(await isIn(setting, setting.stranger, "x".repeat(61))).toBe(404);
});
