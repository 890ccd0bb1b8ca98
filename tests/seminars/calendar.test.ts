import { expect, test } from "vitest";
import { seminarFor, seminarSeenBy } from "#app/seminars/access.server.ts";
import { calendarOf } from "#app/seminars/calendar.ts";
import { cancelSeminar } from "#app/seminars/cancel.server.ts";
import { postponeSeminar } from "#app/seminars/postpone.server.ts";
import { aDatabase } from "#tests/database.ts";
import { anEvening, EVENING } from "./setting.ts";

const ORIGIN = "https://tongyan.example";

test("a calendar reads back what was said, in lines of at most 75 octets", async () => {
  const db = await aDatabase();
  const title = "分数的意义；“单位 1”, 再议\\一回：" + "重难点怎样突破，".repeat(12);
  const { host, seminar } = await anEvening(db, { title, intro: "请带：\n1. 教案；2. 一个例子" });
  const file = calendarOf(await seminarSeenBy(db, host, seminar.id), ORIGIN);
  for (const line of file.split("\r\n")) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
  expect(file).not.toMatch(/[^\r]\n/);
  const event = read(file);
  expect(event).toMatchObject({ SUMMARY: title, DTSTART: "20261123T113000Z", STATUS: "CONFIRMED", SEQUENCE: "0" });
  expect(event.DESCRIPTION).toContain("请带：\n1. 教案；2. 一个例子\n");
});

test("a new time raises SEQUENCE under the same UID, and a cancellation says so", async () => {
  const db = await aDatabase();
  const { host, seminar } = await anEvening(db);
  const before = read(calendarOf(await seminarSeenBy(db, host, seminar.id), ORIGIN));
  const noon = new Date(EVENING.getTime() - 8 * 3_600_000);
  await postponeSeminar(db, host, await seminarFor(db, host, "edit", seminar.id), { startsAt: new Date(EVENING.getTime() + 86_400_000), endsAt: new Date(EVENING.getTime() + 90_000_000), reason: "改到明天", version: 1 }, noon);
  const moved = read(calendarOf(await seminarSeenBy(db, host, seminar.id), ORIGIN));
  expect(moved.UID).toBe(before.UID);
  expect([before.SEQUENCE, moved.SEQUENCE]).toEqual(["0", "1"]);
  await cancelSeminar(db, host, await seminarFor(db, host, "cancel", seminar.id), "停课", noon);
  expect(read(calendarOf(await seminarSeenBy(db, host, seminar.id), ORIGIN))).toMatchObject({ UID: before.UID, SEQUENCE: "2", STATUS: "CANCELLED" });
});

/** Reads one event as a calendar does: unfolds, then unescapes. */
function read(file: string): Record<string, string> {
  const lines = file.replace(/\r\n[ \t]/g, "").split("\r\n").filter(Boolean);
  return Object.fromEntries(lines.map((line) => {
    const colon = line.indexOf(":");
    return [line.slice(0, colon), line.slice(colon + 1).replace(/\\([\\;,nN])/g, (_, sign: string) => (sign === "n" || sign === "N" ? "\n" : sign))];
  }));
}
