import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { newId } from "#db/ids.ts";
import { findUpstream } from "#db/resources.ts";
import { docs, lessonPlans } from "#db/schema/index.ts";
import { aShelf, publish } from "./setting.ts";

test("a copy of a copy stands on the publication that the first was taken from, however many copies lie between; copies in a ring on none", async () => {
  const shelf = await aShelf();
  const { db, lead, planId } = shelf;
  const [published] = await db.select().from(lessonPlans).where(eq(lessonPlans.id, planId));
  if (!published) throw new Error("the shelf has its plan");
  const copyOf = async (from: { upstreamPlanId?: string; upstreamResourceId?: string }) => {
    const [id, docId] = [newId(), newId()];
    await db.insert(docs).values({ id: docId, purpose: "plan" });
    await db.insert(lessonPlans).values({ id, docId, lessonId: published.lessonId, kind: "personal", ownerId: lead.id, title: published.title, templateId: published.templateId, periods: published.periods, header: {}, ...from });
    return id;
  };
  const resourceId = await publish(shelf);
  let last = await copyOf({ upstreamResourceId: resourceId });
  const first = last;
  for (let copies = 0; copies < 15; copies += 1) last = await copyOf({ upstreamPlanId: last });
  expect(await findUpstream(db, last)).toMatchObject({ id: resourceId, licence: "cc_by" });
  await db.update(lessonPlans).set({ upstreamResourceId: null, upstreamPlanId: last }).where(eq(lessonPlans.id, first));
  expect(await findUpstream(db, last)).toBeUndefined();
});
