import { expect, test } from "vitest";
import { seminarFor } from "#app/seminars/access.server.ts";
import { beginMinutes } from "#app/seminars/begin-minutes.server.ts";
import { enterSeminar } from "#app/seminars/enter.server.ts";
import { minutesAccess } from "#app/seminars/minutes-access.ts";
import { say } from "#app/seminars/say.server.ts";
import { listSections } from "#db/documents.ts";
import { openStay } from "#db/seminar-presence.ts";
import { findMinutes } from "#db/seminar-writes.ts";
import { findSeminar } from "#db/seminars.ts";
import { aDatabase } from "#tests/database.ts";
import { plainDocuments } from "#tests/plain-documents.ts";
import { anEvening, EVENING, quietServices } from "./setting.ts";

test("minutes begin once, from who was there and what was said; the host writes them, a trainee reads them, a stranger knows of none", async () => {
  const db = await aDatabase();
  const { host, trainee, stranger, seminar } = await anEvening(db, { state: "live", startedAt: EVENING });
  await enterSeminar(db, trainee, await seminarFor(db, trainee, "enter", seminar.id), EVENING);
  await openStay(db, { seminarId: seminar.id, personId: trainee.id, channel: "text", sourceId: "一" }, EVENING);
  await say(quietServices(db), trainee, await seminarFor(db, trainee, "say", seminar.id), { body: "鸡蛋一盒 12 个，平均分 4 份。", clientKey: "一" }, EVENING);
  expect(await minutesAccess(db, host, seminar.id)).toBeNull();

  const row = await findSeminar(db, seminar.id);
  if (!row) throw new Error("the seminar is gone");
  const documents = plainDocuments(db);
  await Promise.all([beginMinutes(db, documents, row, EVENING), beginMinutes(db, documents, row, EVENING)]);
  await beginMinutes(db, documents, row, EVENING);

  const docId = (await findMinutes(db, seminar.id))?.docId ?? "";
  const sections = await listSections(db, docId);
  expect(sections.map((one) => one.title)).toEqual(["参加", "议程", "说了什么", "决定", "接下来"]);
  expect(sections.map((one) => one.text).join("\n")).toContain("19:30 陈静好：鸡蛋一盒 12 个，平均分 4 份。");
  expect(await minutesAccess(db, host, seminar.id)).toEqual({ docId, mode: "write" });
  expect(await minutesAccess(db, trainee, seminar.id)).toEqual({ docId, mode: "read" });
  expect(await minutesAccess(db, stranger, seminar.id)).toBeNull();
});
