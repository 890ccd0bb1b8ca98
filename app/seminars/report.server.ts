import { type EvidenceKind, hasEvidence, recordEvidence } from "#db/evidence.ts";
import { enqueue } from "#db/jobs.ts";
import { notify } from "#db/notices.ts";
import { listStays, peopleHeard, type PresenceInterval } from "#db/seminar-presence.ts";
import { insertReport, type SeminarReport } from "#db/seminar-reports.ts";
import { type Talk, talkOf } from "#db/seminar-talk.ts";
import { findSeminar, moveSeminar, type Seminar } from "#db/seminars.ts";
import type { Db } from "#db/types.ts";
import { attendanceOf, endOfStay } from "./attendance.ts";

export interface ReportHooks {
  /** Begins the minutes from what happened; called before the reports are written, and again when they have to be written again. */
  beginMinutes?: (seminar: Seminar) => Promise<void>;
}

/**
 * The job `seminar.report`: one report per person who was there or took part, from merged presence, chat and hands, with the evidence that follows.
 * It may run twice, and be cut off anywhere: a report and an event that are kept already stand.
 */
export async function writeReport(db: Db, seminarId: string, hooks: ReportHooks = {}, at = new Date()): Promise<void> {
  const seminar = await findSeminar(db, seminarId);
  if (!seminar || seminar.state !== "ended" || !seminar.startedAt || !seminar.endedAt) return;
  await hooks.beginMinutes?.(seminar);
  const session = { startedAt: seminar.startedAt, endedAt: seminar.endedAt };
  const talk = await talkOf(db, seminarId);
  const heard = await peopleHeard(db, seminarId);
  const stays = staysByPerson(await listStays(db, seminarId));
  const people = new Set([...stays.keys(), ...talk.keys(), seminar.hostId]);
  for (const personId of people) {
    const attendance = attendanceOf((stays.get(personId) ?? []).map((stay) => ({ from: stay.joinedAt, to: endOfStay(stay), channel: stay.channel })), session);
    const said = talk.get(personId);
    if (attendance.presentMs === 0 && !said && personId !== seminar.hostId) continue;
    const report: SeminarReport = {
      seminarId,
      personId,
      presentMs: attendance.presentMs,
      sessionMs: attendance.sessionMs,
      intervals: attendance.intervals.map((one) => ({ from: one.from.toISOString(), to: one.to.toISOString(), channel: one.channels.join("+") })),
      messages: said?.messages ?? 0,
      hands: said?.hands ?? 0,
      spoke: spoke(personId, said, heard),
      attended: attendance.attended,
      writtenAt: at,
    };
    await db.transaction((tx) => keep(tx, seminar, report, said, at));
  }
  await db.transaction(async (tx) => {
    if (!(await moveSeminar(tx, seminarId, ["ended"], { state: "reported" }))) return;
    await enqueue(tx, "search.index", { kind: "seminar", id: seminarId });
    const told = [...people].slice(0, 200);
    await notify(tx, told, { kind: "seminar.reported", params: { title: seminar.title }, href: `/seminars/${seminarId}`, lessonId: seminar.lessonId, within: seminar.visibility === "public" ? null : seminar.studioId, key: `seminar.reported:${seminarId}` }, at);
  });
}

/** Speaking counts by whatever way it was possible: a microphone that the media server saw opened, or, on a line too weak for it, in the chat. */
function spoke(personId: string, said: Talk | undefined, heard: ReadonlySet<string>): boolean {
  return heard.has(personId) || (said?.messages ?? 0) > 0;
}

async function keep(tx: Db, seminar: Seminar, report: SeminarReport, said: Talk | undefined, at: Date): Promise<void> {
  await insertReport(tx, report);
  const record = async (kind: EvidenceKind, measure: { quantity?: number; unit?: string } = {}) => {
    if (await hasEvidence(tx, report.personId, kind, seminar.id)) return;
    await recordEvidence(tx, { personId: report.personId, kind, occurredAt: seminar.endedAt ?? at, object: { type: "seminar", id: seminar.id }, lessonId: seminar.lessonId, studioId: seminar.studioId, ...measure }, at);
  };
  if (report.attended) await record("seminar.attended", { quantity: Math.round(report.presentMs / 60_000), unit: "minute" });
  if (report.spoke) await record("seminar.spoke");
  if ((said?.called ?? 0) > 0 || (said?.questions ?? 0) > 0) await record("seminar.question_asked");
  if (report.personId === seminar.hostId && report.presentMs > 0) await record("seminar.hosted");
}

function staysByPerson(stays: readonly PresenceInterval[]): Map<string, PresenceInterval[]> {
  const by = new Map<string, PresenceInterval[]>();
  for (const stay of stays) by.set(stay.personId, [...(by.get(stay.personId) ?? []), stay]);
  return by;
}
