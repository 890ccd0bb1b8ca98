import Database from "better-sqlite3";
import { eq } from "drizzle-orm";
import { expect, onTestFinished, test } from "vitest";
import { engine } from "#db/dialect.ts";
import { lessonPreps, lessons, prepParticipants, seats } from "#db/schema/index.ts";
import { findVisibleSeminar, listComingSeminars, listHeldSeminars } from "#db/seminars.ts";
import { newId } from "#db/ids.ts";
import { openDb } from "#db/open.ts";
import { type StatementRun, statementRuns } from "#db/statements.ts";
import type { Viewer } from "#db/viewer.ts";
import { aDatabase, sqliteFile } from "#tests/database.ts";
import { aGrant, aMember, asViewer, aTeacher, aTemplate, EVENING, places } from "#tests/factories.ts";
import { anEvening, aSeminar } from "./setting.ts";

test("who may know of a seminar, by its visibility", async () => {
  const db = await aDatabase();
  const evening = await anEvening(db);
  const { studio, host, colleague, trainee, stranger } = evening;
  const lead = await aMember(db, studio, "subject_lead", { groupId: studio.otherGroupId });
  const speaker = await aTeacher(db, { name: "吴海平" });
  const preparer = await aMember(db, studio, "young_teacher", { name: "郑小满" });
  const { cityId, otherCountyId } = await places(db);
  const researcher = await aGrant(db, await aTeacher(db), "teaching_researcher", "region", cityId);
  const farResearcher = await aGrant(db, await aTeacher(db), "teaching_researcher", "region", otherCountyId);
  const operator = await aGrant(db, await aTeacher(db), "system_operator", "system");

  const lessonId = newId();
  const prepId = newId();
  const { id: templateId } = await aTemplate(db);
  await db.insert(lessons).values({ id: lessonId, title: "分数的意义", ownerId: host.id, studioId: studio.id, groupId: studio.groupId });
  await db.insert(lessonPreps).values({ id: prepId, lessonId, studioId: studio.id, groupId: studio.groupId, title: "分数的意义", periods: 2, templateId, templateVersion: 1, deadlines: {}, stateSince: EVENING });
  await db.insert(prepParticipants).values({ prepId, personId: preparer.id, part: "co_preparer", invitedAt: EVENING, answer: "accepted" });

  const parts: [{ id: string }, "speaker"][] = [[speaker, "speaker"]];
  const open = await aSeminar(db, studio, host, { visibility: "public" });
  const within = await aSeminar(db, studio, host, { visibility: "studio", parts });
  const forPrep = await aSeminar(db, studio, host, { visibility: "prep", prepId, parts });
  const draft = await aSeminar(db, studio, host, { visibility: "public", state: "draft" });
  const elsewhere = await aSeminar(db, studio, host, { visibility: "prep", prepId: null });

  const sees = async (viewer: Viewer) => {
    const found: boolean[] = [];
    for (const { id } of [open, within, forPrep, draft, elsewhere]) found.push((await findVisibleSeminar(db, viewer, id)) !== undefined);
    const listed = (await listComingSeminars(db, viewer, { studioId: studio.id }, { limit: 50 })).map((one) => one.id);
    // Lists and single reads ask the same question; drafts are in no list.
    for (const [index, { id }] of [open, within, forPrep, elsewhere].entries()) expect(listed.includes(id)).toBe(found[index === 3 ? 4 : index]);
    return found;
  };
  //                                          public studio prep  draft prep without a prep
  expect(await sees(host)).toEqual(           [true, true, true, true, true]);
  expect(await sees(studio.master)).toEqual(  [true, true, true, false, true]);
  expect(await sees(preparer)).toEqual(       [true, true, true, false, false]);
  expect(await sees(lead)).toEqual(           [true, true, false, false, false]);
  expect(await sees(colleague)).toEqual(      [true, true, false, false, false]);
  expect(await sees(trainee)).toEqual(        [true, true, false, false, false]);
  expect(await sees(speaker)).toEqual(        [true, true, true, false, false]);
  expect(await sees(stranger)).toEqual(       [true, false, false, false, false]);
  expect(await sees(researcher)).toEqual(     [true, true, false, false, false]);
  expect(await sees(farResearcher)).toEqual(  [true, false, false, false, false]);
  expect(await sees(operator)).toEqual(       [true, false, false, false, false]);
  const secondLead = await aMember(db, studio, "subject_lead", { groupId: studio.groupId });
  expect(await sees(await asViewer(db, secondLead))).toEqual([true, true, true, false, false]);
});

test("whose seat ended sees no more of a seminar than a stranger, whatever part they had in it, until they sit there again", async () => {
  const db = await aDatabase();
  const { studio, host, colleague, trainee, stranger } = await anEvening(db);
  const lesson = newId();
  const prepId = newId();
  const { id: templateId } = await aTemplate(db);
  await db.insert(lessons).values({ id: lesson, title: "分数的意义", ownerId: host.id, studioId: studio.id });
  await db.insert(lessonPreps).values({ id: prepId, lessonId: lesson, studioId: studio.id, title: "分数的意义", periods: 2, templateId, templateVersion: 1, deadlines: {}, stateSince: EVENING });
  await db.insert(prepParticipants).values({ prepId, personId: trainee.id, part: "observer", invitedAt: EVENING, answer: "accepted" });
  const within = await aSeminar(db, studio, host, { visibility: "studio", parts: [[colleague, "speaker"]], createdBy: studio.master.id });
  const forPrep = await aSeminar(db, studio, host, { visibility: "prep", prepId, parts: [[colleague, "scribe"]] });
  const sees = async (person: { id: string }) => {
    const viewer = await asViewer(db, person);
    return [(await findVisibleSeminar(db, viewer, within.id)) !== undefined, (await findVisibleSeminar(db, viewer, forPrep.id)) !== undefined, (await listComingSeminars(db, viewer, { personId: viewer.id }, { limit: 9 })).length > 0];
  };
  expect(await sees(host)).toEqual([true, true, true]);
  expect(await sees(colleague)).toEqual([true, true, true]);
  expect(await sees(trainee)).toEqual([true, true, false]);
  for (const person of [host, colleague, trainee]) await db.update(seats).set({ to: new Date() }).where(eq(seats.personId, person.id));
  for (const person of [host, colleague, trainee]) expect(await sees(person)).toEqual(await sees(stranger));
  await db.insert(seats).values({ studioId: studio.id, personId: colleague.id, role: "trainee", from: new Date() });
  expect(await sees(colleague)).toEqual([true, true, true]);
});

test("coming seminars are paged by their time, none twice and none lost, also when several begin together", async () => {
  const db = await aDatabase();
  const { studio, host, colleague } = await anEvening(db, { title: "一" });
  for (const [index, title] of ["二", "三", "四", "五"].entries()) {
    await aSeminar(db, studio, host, { title, startsAt: new Date(EVENING.getTime() + (index > 1 ? 86_400_000 : 0)) });
  }
  const titles: string[] = [];
  let after: { startsAt: Date; id: string } | undefined;
  for (let page = 0; page < 5; page += 1) {
    const rows = await listComingSeminars(db, colleague, {}, { limit: 2, ...(after && { after }) });
    titles.push(...rows.map((row) => row.title));
    after = rows.at(-1);
    if (!after) break;
  }
  expect([...titles].sort()).toEqual(["一", "三", "二", "五", "四"].sort());
  expect(new Set(titles.slice(0, 3))).toEqual(new Set(["一", "二", "三"]));
});

test("what took place is read newest first, page by page, as far as one may know of it", async () => {
  const db = await aDatabase();
  const { studio, host, colleague, stranger } = await anEvening(db);
  const day = (n: number) => ({ startsAt: new Date(EVENING.getTime() - n * 86_400_000) });
  const first = await aSeminar(db, studio, host, { ...day(9), state: "reported", visibility: "public" });
  const second = await aSeminar(db, studio, host, { ...day(8), state: "ended" });
  const third = await aSeminar(db, studio, host, { ...day(8), state: "reported" });
  await aSeminar(db, studio, host, { ...day(7), state: "cancelled" });
  const last = await aSeminar(db, studio, host, { ...day(1), state: "ended" });
  const pages = async (viewer: Viewer) => {
    const read: string[] = [];
    for (let before: { startsAt: Date; id: string } | undefined; ; ) {
      const page = await listHeldSeminars(db, viewer, {}, { limit: 2, ...(before && { before }) });
      read.push(...page.map((one) => one.id));
      before = page.at(-1);
      if (page.length < 2) return read;
    }
  };
  const together = [second.id, third.id].sort().reverse();
  expect(await pages(colleague)).toEqual([last.id, ...together, first.id]);
  expect(await pages(stranger)).toEqual([first.id]);
});

test.runIf(engine === "sqlite")("the newest page of what took place is read by its time, without sorting all that did", async () => {
  const file = sqliteFile();
  const { db, close } = await openDb(file);
  onTestFinished(close);
  const { colleague } = await anEvening(db);
  let asked = "";
  const note = (run: unknown) => void (asked = (run as StatementRun).sql); // all that this channel carries
  statementRuns.subscribe(note);
  onTestFinished(() => void statementRuns.unsubscribe(note));
  await listHeldSeminars(db, colleague, {}, { limit: 2 });
  const beside = new Database(file, { readonly: true });
  onTestFinished(() => void beside.close());
  const plan = beside.prepare(`explain query plan ${asked}`).all(...Array.from(asked.matchAll(/\?/g), () => null)) as { detail: string }[]; // as SQLite documents it
  expect(plan.map(({ detail }) => detail).filter((detail) => /seminars USING|ORDER BY/.test(detail))).toEqual(["SCAN seminars USING INDEX seminars_starts"]);
});
