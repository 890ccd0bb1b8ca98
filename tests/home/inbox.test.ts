import { expect, test } from "vitest";
import { words } from "#app/http/words.server.ts";
import { planFor } from "#app/plans/access.server.ts";
import { startThread } from "#app/plans/comment.server.ts";
import { remindOfDeadline } from "#app/preps/reminders.server.ts";
import { remindOfSeminar, scheduleSeminarReminders } from "#app/seminars/remind.server.ts";
import { startSeminar } from "#app/seminars/start.server.ts";
import { seminarFor } from "#app/seminars/access.server.ts";
import { studioFor } from "#app/studios/access.server.ts";
import { admit } from "#app/studios/admit.server.ts";
import { applyTo } from "#app/studios/apply.server.ts";
import { invite } from "#app/studios/invite.server.ts";
import { listOpenApplications } from "#db/applications.ts";
import { newId } from "#db/ids.ts";
import { type JobPayloads, listWaitingJobs } from "#db/jobs.ts";
import { countUnread, listNotices, markRead, notify, type Notification } from "#db/notices.ts";
import type { Db } from "#db/types.ts";
import { aDatabase } from "#tests/database.ts";
import { aStudio, aTeacher, EVENING } from "#tests/factories.ts";
import { aDiscussion, aPrep, aPrepUnderWay, hours } from "#tests/preps/setting.ts";
import { anEvening, quietServices } from "#tests/seminars/setting.ts";

const newest = async (db: Db, person: { id: string }, kind: string) => (await listNotices(db, person.id, { limit: 50 })).find((one) => one.kind.startsWith(kind));

/** What the inbox says, as somebody would read it: a sentence with nothing left to fill in. */
function said(notice: Notification | undefined): string {
  if (!notice) return "nothing";
  const { t } = words["zh-CN"] as unknown as { t: (key: string, params: object) => string }; // the key comes from the row
  return t(`notices:${notice.kind}`, notice.params);
}

test("an invitation into a studio is told, with who invites whom as what", async () => {
  const db = await aDatabase();
  const studio = await aStudio(db);
  const teacher = await aTeacher(db, { name: "许闻笛" });
  await invite(db, studio.master, await studioFor(db, studio.master, "invite.subject_lead", studio.id), "subject_lead", { personId: teacher.id, groupId: null, message: "" }, EVENING);
  const notice = await newest(db, teacher, "invited");
  expect(said(notice)).toBe("周文澜老师请您到周文澜小学数学名师工作室担任学科带头人");
  expect(notice?.href).toMatch(/^\/invitations\/\w{26}$/);
});

test("an invitation into a prep is told to each with their part", async () => {
  const { db, lead, co, observer } = await aPrep();
  expect(said(await newest(db, lead, "prep."))).toBe("陈静好请您主备《分数的意义》");
  expect(said(await newest(db, co, "prep."))).toBe("陈静好请您参备《分数的意义》");
  expect(said(await newest(db, observer, "prep."))).toBe("陈静好请您来看《分数的意义》的备课");
});

test("an admission is told", async () => {
  const db = await aDatabase();
  const studio = await aStudio(db);
  const trainee = await aTeacher(db, { name: "蓝小满" });
  await applyTo(db, trainee, await studioFor(db, trainee, "apply", studio.id), "想学怎么备课", EVENING);
  const [application] = await listOpenApplications(db, studio.id, { limit: 5 });
  await admit(db, studio.master, await studioFor(db, studio.master, "admit", studio.id), [application?.id ?? ""], null, EVENING);
  expect(said(await newest(db, trainee, "admitted"))).toBe("您是周文澜小学数学名师工作室的网络学员了");
});

test("a deadline is told a day before, by the reminder that starting the prep left in the outbox", async () => {
  const { db, lead, co, observer } = await aPrepUnderWay();
  const [reminder] = (await listWaitingJobs(db)).filter((job) => job.kind === "prep.remind");
  await remindOfDeadline(db, reminder?.payload as JobPayloads["prep.remind"], hours(48)); // written by the act itself
  for (const who of [lead, co]) expect(said(await newest(db, who, "prep.deadline"))).toBe("《分数的意义》的初备明天截止");
  expect(await newest(db, observer, "prep.deadline")).toBeUndefined();
});

test("being called by name is told", async () => {
  const { db, lead, observer, planId } = await aDiscussion();
  await startThread(db, observer, await planFor(db, observer, "comment", planId), { threadId: newId(), sectionKey: "objectives", anchorStart: null, anchorEnd: null, quote: "份数", blocking: false, body: "@林雨桐 这里要不要再想一想？" });
  expect(said(await newest(db, lead, "plan.mentioned"))).toBe("蓝小满在《分数的意义》的意见里提到您");
});

test("a move of the stage is told to everybody but who made it", async () => {
  const { db, lead, co, observer } = await aDiscussion();
  for (const who of [co, observer]) expect(said(await newest(db, who, "prep.moved.discussion"))).toBe("《分数的意义》的初备打开了，开始研讨");
  expect(await newest(db, lead, "prep.moved.discussion")).toBeUndefined();
});

test("a seminar is told half an hour before, when it should begin, and when it does", async () => {
  const db = await aDatabase();
  const { host, colleague, seminar } = await anEvening(db, { parts: [] });
  const { setRegistration } = await import("#db/seminar-people.ts");
  await setRegistration(db, seminar.id, colleague.id, "registered", colleague.id, EVENING);
  const noon = new Date(EVENING.getTime() - 8 * 3_600_000);
  await db.transaction((tx) => scheduleSeminarReminders(tx, seminar.id, EVENING, noon));
  expect((await listWaitingJobs(db)).map((job) => job.kind)).toEqual(["seminar.remind", "seminar.remind"]);
  await remindOfSeminar(db, seminar.id, new Date(EVENING.getTime() - 30 * 60_000));
  expect(said(await newest(db, colleague, "seminar."))).toBe("《“分数的意义”集体研讨》半小时后开始");
  await remindOfSeminar(db, seminar.id, EVENING);
  expect(said(await newest(db, colleague, "seminar."))).toBe("《“分数的意义”集体研讨》开始了");
  await startSeminar(quietServices(db), host, await seminarFor(db, host, "start", seminar.id), hours(0.1));
  expect(said(await newest(db, colleague, "seminar."))).toBe("《“分数的意义”集体研讨》已经开始，可以进来了");
});

test("notices are counted until they are read, stand by their time, and page by page none is lost or shown twice", async () => {
  const db = await aDatabase();
  const [reader, other] = [await aTeacher(db), await aTeacher(db)];
  const told = (n: number, at: Date) => notify(db, [reader.id, other.id], { kind: "announcement", params: { studio: "工作室", text: `第${n}条` }, href: "/studios" }, at);
  for (const [n, hour] of [[1, 5], [2, 1], [3, 5], [4, 3]] as const) await told(n, hours(hour));
  const first = await listNotices(db, reader.id, { limit: 2 });
  const rest = await listNotices(db, reader.id, { before: first.at(-1)?.id ?? "", limit: 9 });
  expect([...first, ...rest].map((one) => one.params.text)).toEqual(["第3条", "第1条", "第4条", "第2条"]);
  expect(await countUnread(db, reader.id)).toBe(4);
  await markRead(db, reader.id, first[0]?.id ?? "");
  expect(await countUnread(db, reader.id)).toBe(3);
  await markRead(db, reader.id, "all");
  expect([await countUnread(db, reader.id), await countUnread(db, other.id)]).toEqual([0, 4]);
});
