import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { lessonPage } from "#app/lessons/lesson-page.server.ts";
import { recordRun } from "#app/lessons/record-run.server.ts";
import { planFor } from "#app/plans/access.server.ts";
import { startThread } from "#app/plans/comment.server.ts";
import { seminarFor } from "#app/seminars/access.server.ts";
import { cancelSeminar } from "#app/seminars/cancel.server.ts";
import { newId } from "#db/ids.ts";
import { listNotices } from "#db/notices.ts";
import { seats, seminarRoles, seminars } from "#db/schema/index.ts";
import { asViewer, EVENING } from "#tests/factories.ts";
import { aDiscussion, aFinalisedPrep, hours, move, withMinutes, aSeminarHeld } from "./setting.ts";

test("whose seat ended hears no more of what goes on inside: neither of moves nor of mentions nor of seminars", async () => {
  const setting = await aDiscussion();
  const { db, lead, co, other, planId, studio } = setting;
  const seminarId = newId();
  await db.insert(seminars).values({ id: seminarId, studioId: studio.id, kind: "theme", title: "只给工作室的研讨", startsAt: hours(50), endsAt: hours(51), hostId: lead.id, agenda: [], visibility: "studio" });
  await db.insert(seminarRoles).values([co, other].map((person) => ({ seminarId, personId: person.id, role: "speaker" as const })));
  await withMinutes(db, await aSeminarHeld(db, setting));
  await db.update(seats).set({ to: EVENING }).where(eq(seats.personId, co.id));
  const heardBefore = await heard(co.id);

  const thread = { sectionKey: "objectives", anchorStart: null, anchorEnd: null, quote: "", blocking: false, body: "@何立夏 @吴海平 这里再看看。" };
  await startThread(db, lead, await planFor(db, lead, "comment", planId), thread, EVENING);
  expect(await move(setting, lead, "revision")).toMatchObject({ outcome: "moved" });
  await cancelSeminar(db, lead, await seminarFor(db, lead, "cancel", seminarId), "主讲人病了", EVENING);

  expect(await heard(other.id)).toEqual(expect.arrayContaining(["plan.mentioned", "prep.moved.revision", "seminar.cancelled"]));
  expect(await heard(co.id)).toEqual(heardBefore);

  async function heard(personId: string): Promise<string[]> {
    return (await listNotices(db, personId, { limit: 100 })).map((notice) => notice.kind);
  }
});

test("a lesson stays its owner's when she leaves, but not what her colleagues did with it", async () => {
  const setting = await aFinalisedPrep();
  const { db, documents, lead, member, planId, lessonId } = setting;
  for (const [who, classLabel] of [[lead, "五（1）班"], [member, "五（2）班"]] as const) await recordRun(db, documents, who, await planFor(db, who, "teach", planId), { runId: newId(), classLabel, day: "2026-09-20", changed: "" }, EVENING);
  const classes = async () => (await lessonPage(db, await asViewer(db, lead), lessonId)).runs.map((run) => run.classLabel).sort();
  expect(await classes()).toEqual(["五（1）班", "五（2）班"]);
  await db.update(seats).set({ to: EVENING }).where(eq(seats.personId, lead.id));
  expect(await classes()).toEqual(["五（1）班"]);
});
