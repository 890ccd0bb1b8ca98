import { enqueue } from "#db/jobs.ts";
import { notify } from "#db/notices.ts";
import { countPlaces, seminarRolesOf, setRegistration } from "#db/seminar-people.ts";
import { changeSeminar, replaceParts } from "#db/seminar-writes.ts";
import type { SeminarSeen } from "#db/seminars.ts";
import type { Db } from "#db/types.ts";
import type { Viewer } from "#db/viewer.ts";
import type { Permitted } from "../http/permitted.ts";
import type { Problems } from "../http/problems.ts";
import { peopleProblems } from "./schedule.server.ts";
import { timeProblems } from "./timetable.server.ts";
import { partsOf, type SeminarWish } from "./wish.ts";

export type EditAnswer = { saved: true } | { saved: false; stale: true } | { saved: false; problems: Problems };

/** Changes what a seminar is about, who has which part and who may come. Its time stays: that is postponed, with a reason. */
export function editSeminar(db: Db, editor: Viewer, seminar: Permitted<"edit", SeminarSeen>, version: number, given: Omit<SeminarWish, "startsAt" | "endsAt">, at = new Date()): Promise<EditAnswer> {
  const wish: SeminarWish = { ...given, startsAt: seminar.startsAt, endsAt: seminar.endsAt };
  return db.transaction(async (tx): Promise<EditAnswer> => {
    const problems = await peopleProblems(tx, seminar.studioId, wish, seminar.prepId !== null);
    const clash = wish.hostId !== seminar.hostId ? (await timeProblems(tx, wish.hostId, wish, at, seminar.id)).start : undefined;
    if (clash) problems.hostId = clash;
    const taken = await countPlaces(tx, seminar.id);
    if (wish.capacity < taken) problems.capacity = { key: "seminars:form.capacityTaken", params: { taken } };
    if (Object.keys(problems).length > 0) return { saved: false, problems };
    const { title, intro, hostId, capacity, visibility, lobby } = wish;
    const agenda = [...wish.agenda];
    const saved = await changeSeminar(tx, seminar.id, version, { title, intro, hostId, capacity, visibility, lobby, agenda, agendaAt: Math.min(seminar.agendaAt, Math.max(0, agenda.length - 1)) });
    if (saved === undefined) return { saved: false, stale: true };
    const before = await seminarRolesOf(tx, seminar.id);
    const parts = partsOf(wish);
    // Cohosts and invited experts are named elsewhere and keep their parts.
    for (const [personId, role] of before) if ((role === "cohost" || role === "guest_expert") && !parts.has(personId)) parts.set(personId, role);
    await replaceParts(tx, seminar.id, parts);
    const fresh = [...parts.keys()].filter((id) => !before.has(id));
    for (const personId of fresh) await setRegistration(tx, seminar.id, personId, "registered", editor.id, at);
    await notify(tx, fresh.filter((id) => id !== editor.id), { kind: "seminar.called", params: { title, at: seminar.startsAt.toISOString(), by: editor.name }, href: `/seminars/${seminar.id}`, lessonId: seminar.lessonId, key: `seminar.called:${seminar.id}` }, at);
    await enqueue(tx, "access.changed", { seminarId: seminar.id });
    await enqueue(tx, "search.index", { kind: "seminar", id: seminar.id });
    return { saved: true };
  });
}
