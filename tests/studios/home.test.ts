import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { studioSeenBy } from "#app/studios/access.server.ts";
import { keepFigures } from "#app/studios/count-figures.server.ts";
import { studioHome } from "#app/studios/home.server.ts";
import { quietSince } from "#app/studios/quiet.ts";
import { noticeMembers, SLICE } from "#app/studios/notice-members.server.ts";
import { newId } from "#db/ids.ts";
import { listWaitingJobs, type JobPayloads } from "#db/jobs.ts";
import { evidenceEvents, identities, notifications, persons, seats } from "#db/schema/index.ts";
import { listMembers } from "#db/seats.ts";
import type { Db } from "#db/types.ts";
import { findFigures, mondayOf } from "#db/studio-figures.ts";
import { recordEvidence } from "#db/evidence.ts";
import { aDatabase } from "#tests/database.ts";
import { aMember, aStudio, aTeacher, EVENING, places, type StudioSetting } from "#tests/factories.ts";

/** Trainees by the thousand, written in slices. */
async function trainees(db: Db, studio: StudioSetting, n: number): Promise<string[]> {
  const { villageSchoolId } = await places(db);
  const ids = Array.from({ length: n }, () => newId());
  for (let from = 0; from < n; from += 500) {
    const slice = ids.slice(from, from + 500);
    await db.insert(persons).values(slice.map((id) => ({ id, schoolId: villageSchoolId, stages: ["primary"], subjects: ["mathematics"] })));
    await db.insert(identities).values(slice.map((personId) => ({ personId, name: "学员", verifiedAt: EVENING })));
    await db.insert(seats).values(slice.map((personId) => ({ studioId: studio.id, personId, role: "trainee" as const, from: EVENING })));
  }
  return ids;
}

/** A handle that counts what is asked through it. */
function counting(db: Db): { db: Db; asked: () => number } {
  let n = 0;
  const watched = new Proxy(db, {
    get(target, key, receiver) {
      if (key === "select" || key === "selectDistinct" || key === "insert" || key === "update") n += 1;
      return Reflect.get(target, key, receiver) as unknown;
    },
  });
  return { db: watched, asked: () => n };
}

test("a studio's home asks and carries the same for 30 members and for 12,500", async () => {
  const db = await aDatabase();
  const [small, large] = [await aStudio(db), await aStudio(db, { name: "三门湾小学数学名师工作室", master: await aTeacher(db, { name: "欧阳明远" }) })];
  const costs = [];
  for (const [studio, n] of [[small, 28], [large, 12_498]] as const) {
    const lead = await aMember(db, studio, "subject_lead", { groupId: studio.groupId, name: "陈静好" });
    await trainees(db, studio, n);
    await keepFigures(db, studio.id, EVENING);
    const watched = counting(db);
    const home = await studioHome(watched.db, lead, await studioSeenBy(watched.db, lead, studio.id), EVENING);
    expect(home.counts).toMatchObject({ leads: 1, trainees: n });
    expect(home.figures).toMatchObject({ members: n + 2, rural: n / (n + 2) });
    costs.push({ asked: watched.asked(), characters: JSON.stringify(home).length });
  }
  expect(costs[1]?.asked).toBe(costs[0]?.asked);
  expect(Math.abs((costs[1]?.characters ?? 0) - (costs[0]?.characters ?? 0))).toBeLessThan(100);
}, 120_000);

test("figures say who took part this week, and nothing about it in another week", async () => {
  const db = await aDatabase();
  const studio = await aStudio(db);
  const [one, other] = await trainees(db, studio, 2);
  const lastWeek = new Date(EVENING.getTime() - 86_400_000);
  await recordEvidence(db, { personId: one ?? "", kind: "seminar.attended", occurredAt: EVENING, studioId: studio.id, object: { type: "seminar", id: newId() } });
  await recordEvidence(db, { personId: one ?? "", kind: "seminar.spoke", occurredAt: EVENING, studioId: studio.id, object: { type: "seminar", id: newId() } });
  await recordEvidence(db, { personId: other ?? "", kind: "seminar.attended", occurredAt: lastWeek, studioId: studio.id, object: { type: "seminar", id: newId() } });
  await recordEvidence(db, { personId: studio.master.id, kind: "seminar.hosted", occurredAt: EVENING, studioId: studio.id, object: { type: "seminar", id: newId() } });
  expect(await db.select().from(evidenceEvents)).toHaveLength(4);
  await keepFigures(db, studio.id, EVENING);
  expect(await findFigures(db, studio.id)).toMatchObject({ members: 3, trainees: 2, ruralRemote: 2, activeThisWeek: 1, weekOf: "2026-11-23" });
  const seen = await studioSeenBy(db, null, studio.id);
  expect((await studioHome(db, null, seen, EVENING)).counts.activeThisWeek).toBe(1);
  const nextMonday = new Date("2026-11-29T16:00:00Z");
  expect(mondayOf(nextMonday)).toBe("2026-11-30");
  expect((await studioHome(db, null, seen, nextMonday)).counts.activeThisWeek).toBe(0);
  await keepFigures(db, studio.id, nextMonday);
  expect(await findFigures(db, studio.id)).toMatchObject({ activeThisWeek: 0, weekOf: "2026-11-30" });
  expect((await listWaitingJobs(db)).filter((job) => job.kind === "studio.figures")).toHaveLength(1);
});

test("an announcement reaches every member once, a slice at a time, however often a slice is repeated", async () => {
  const db = await aDatabase();
  const studio = await aStudio(db);
  await trainees(db, studio, SLICE + 120);
  const told: JobPayloads["notice.studio"] = { studioId: studio.id, kind: "announcement", params: { studio: "工作室", text: "本周三起用新的观课表" }, href: `/studios/${studio.id}`, key: "announcement:一", exceptPersonId: studio.master.id };
  await noticeMembers(db, told, EVENING);
  await noticeMembers(db, told, EVENING);
  expect(await db.select().from(notifications)).toHaveLength(SLICE - 1);
  const [next] = (await listWaitingJobs(db)).filter((job) => job.kind === "notice.studio");
  await noticeMembers(db, next?.payload as JobPayloads["notice.studio"], EVENING); // written by the handler itself
  const sent = await db.select({ personId: notifications.personId }).from(notifications);
  expect(sent).toHaveLength(SLICE + 120);
  expect(sent.map((one) => one.personId)).not.toContain(studio.master.id);
});

test("what a member sees is not what a visitor sees: announcements are for the studio", async () => {
  const db = await aDatabase();
  const studio = await aStudio(db);
  const { announce } = await import("#app/studios/announce.server.ts");
  const { studioFor } = await import("#app/studios/access.server.ts");
  const say = async () => announce(db, studio.master, await studioFor(db, studio.master, "announce", studio.id), "请各组在周二前看过。", EVENING);
  await say();
  await say();
  const trainee = await aMember(db, studio, "trainee");
  const seen = await studioSeenBy(db, null, studio.id);
  expect((await studioHome(db, trainee, seen, EVENING)).announcements.map((one) => one.body)).toEqual(["请各组在周二前看过。"]);
  expect((await studioHome(db, null, seen, EVENING)).announcements).toEqual([]);
  expect((await studioHome(db, await aTeacher(db), seen, EVENING)).announcements).toEqual([]);
  expect((await listWaitingJobs(db)).filter((job) => job.kind === "notice.studio")).toHaveLength(1);
});

test("who has been quiet for three weeks is told to the master alone, and who has just come is not quiet", async () => {
  const db = await aDatabase();
  const studio = await aStudio(db);
  const DAY = 86_400_000;
  const [quiet, heard] = [await aMember(db, studio, "young_teacher", { name: "何立夏" }), await aMember(db, studio, "young_teacher", { name: "叶青" })];
  const trainee = await aMember(db, studio, "trainee", { name: "蓝小溪" });
  const now = new Date(EVENING.getTime() + 40 * DAY);
  await db.update(seats).set({ from: EVENING });
  await aMember(db, studio, "subject_lead", { groupId: studio.groupId, name: "陈静好" });
  await db.update(seats).set({ from: new Date(now.getTime() - 2 * DAY) }).where(eq(seats.role, "subject_lead"));
  await recordEvidence(db, { personId: quiet.id, kind: "seminar.attended", occurredAt: new Date(now.getTime() - 22 * DAY), studioId: studio.id, object: { type: "seminar", id: newId() } });
  await recordEvidence(db, { personId: heard.id, kind: "seminar.attended", occurredAt: new Date(now.getTime() - 20 * DAY), studioId: studio.id, object: { type: "seminar", id: newId() } });
  const seen = await studioSeenBy(db, null, studio.id);
  expect((await studioHome(db, studio.master, seen, now)).quiet).toBe(1);
  expect((await studioHome(db, heard, seen, now)).quiet).toBe(0);
  const listed = await listMembers(db, studio.id, { quietSince: quietSince(now) }, { limit: 10 });
  expect(listed.map((one) => one.personId).sort()).toEqual([quiet.id, trainee.id, studio.master.id].sort());
});

test("a member reads what the studio did since Monday: people once, acts as often as they were done; a visitor does not", async () => {
  const db = await aDatabase();
  const studio = await aStudio(db);
  const [one, other] = [await aMember(db, studio, "young_teacher", { name: "何立夏" }), await aMember(db, studio, "trainee", { name: "蓝小溪" })];
  const did = (personId: string, kind: "seminar.attended" | "prep.note_submitted", at: Date, studioId = studio.id) => recordEvidence(db, { personId, kind, occurredAt: at, studioId, object: { type: "seminar", id: newId() } });
  await did(one.id, "seminar.attended", EVENING);
  await did(one.id, "prep.note_submitted", EVENING);
  await did(other.id, "seminar.attended", EVENING);
  await did(other.id, "seminar.attended", new Date(EVENING.getTime() - 86_400_000));
  await did(other.id, "seminar.attended", EVENING, (await aStudio(db, { name: "他处", master: await aTeacher(db) })).id);
  const seen = await studioSeenBy(db, null, studio.id);
  const week = (await studioHome(db, one, seen, EVENING)).week;
  expect(week?.people).toBe(2);
  expect([...(week?.acts ?? [])].sort((a, b) => a.kind.localeCompare(b.kind))).toEqual([{ kind: "prep.note_submitted", n: 1 }, { kind: "seminar.attended", n: 2 }]);
  expect((await studioHome(db, await aTeacher(db), seen, EVENING)).week).toBeNull();
  expect((await studioHome(db, null, seen, EVENING)).week).toBeNull();
});
