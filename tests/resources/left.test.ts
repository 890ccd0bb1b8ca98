import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { planFor, planSeenBy } from "#app/plans/access.server.ts";
import { forkPlan } from "#app/plans/fork.server.ts";
import { maySubmit } from "#app/resources/submit.server.ts";
import { seats } from "#db/schema/index.ts";
import { asViewer, EVENING } from "#tests/factories.ts";
import { aFinalisedPrep } from "#tests/preps/setting.ts";

test("one's own copy of a studio's plan is offered while one sits there, and not by whoever left", async () => {
  const { db, documents, observer, member, planId } = await aFinalisedPrep();
  const copy = await forkPlan(db, documents, observer, await planFor(db, observer, "fork", planId), EVENING);
  const may = async () => {
    const viewer = await asViewer(db, observer);
    return maySubmit(viewer, await planSeenBy(db, viewer, copy));
  };
  expect(await may()).toBe(true);
  expect(maySubmit(member, await planSeenBy(db, observer, copy))).toBe(false);
  await db.update(seats).set({ to: EVENING }).where(eq(seats.personId, observer.id));
  expect(await may()).toBe(false);
});
