import { isDuplicate } from "#db/errors.ts";
import { isId } from "#db/ids.ts";
import { enqueue } from "#db/jobs.ts";
import { notify } from "#db/notices.ts";
import { listSeatHolders } from "#db/prep-people.ts";
import { findPrepOfLesson } from "#db/preps.ts";
import { setRegistration } from "#db/seminar-people.ts";
import { insertSeminar } from "#db/seminar-writes.ts";
import { findSeminar } from "#db/seminars.ts";
import { findVisibleStudio, type StudioSeen } from "#db/studios.ts";
import type { Db } from "#db/types.ts";
import type { Viewer } from "#db/viewer.ts";
import { type Permitted, permitted } from "../http/permitted.ts";
import type { Problems } from "../http/problems.ts";
import { refuse } from "../http/refusals.ts";
import { canCreateSeminar } from "./policy.ts";
import { scheduleSeminarReminders } from "./remind.server.ts";
import { timeProblems } from "./timetable.server.ts";
import { partsOf, type SeminarWish } from "./wish.ts";

export interface NewSeminarWish extends SeminarWish {
  /** Made by the form, so that a form sent twice calls one seminar. */
  id: string;
  kind: "prep_discussion" | "theme" | "topic" | "master_live" | "review";
  lessonId: string | null;
}

/** @throws Response notThere or notAllowed */
export async function studioForSeminar(db: Db, viewer: Viewer, studioId: string | undefined): Promise<Permitted<"createSeminar", StudioSeen>> {
  const studio = isId(studioId) ? await findVisibleStudio(db, viewer, studioId) : undefined;
  if (!studio) throw refuse("notThere");
  if (!canCreateSeminar(viewer, studio)) throw refuse("notAllowed");
  return permitted<"createSeminar", StudioSeen>(studio);
}

/** Calls a seminar: its people have their parts and are told, reminders wait, and it can be found. The same id twice is one seminar. */
export async function scheduleSeminar(db: Db, viewer: Viewer, studio: Permitted<"createSeminar", StudioSeen>, wish: NewSeminarWish, at = new Date()): Promise<{ id: string } | { problems: Problems }> {
  const prep = wish.lessonId ? await findPrepOfLesson(db, viewer, wish.lessonId) : undefined;
  if (wish.lessonId && prep?.studioId !== studio.id) throw refuse("notThere");
  try {
    return await db.transaction(async (tx) => {
      const known = await findSeminar(tx, wish.id);
      if (known) return known.createdBy === viewer.id ? { id: known.id } : { problems: { form: { key: "common:form.invalid" } } };
      const wrong = { ...(await timeProblems(tx, wish.hostId, wish, at)), ...(await peopleProblems(tx, studio.id, wish, prep !== undefined)) };
      if (Object.keys(wrong).length > 0) return { problems: wrong };
      const { title, intro, startsAt, endsAt, hostId, capacity, visibility, lobby } = wish;
      const parts = partsOf(wish);
      await insertSeminar(
        tx,
        { id: wish.id, studioId: studio.id, lessonId: prep?.lessonId ?? null, prepId: prep?.id ?? null, kind: wish.kind, title, intro, startsAt, endsAt, hostId, capacity, visibility, lobby, agenda: [...wish.agenda], createdAt: at, createdBy: viewer.id },
        parts,
      );
      for (const personId of parts.keys()) await setRegistration(tx, wish.id, personId, "registered", viewer.id, at);
      const others = (prep?.participants ?? []).filter((one) => one.answer !== "declined").map((one) => one.personId);
      const told = [...new Set([...parts.keys(), ...others])].filter((id) => id !== viewer.id).slice(0, 200);
      await notify(tx, told, { kind: "seminar.called", params: { title, at: startsAt.toISOString(), by: viewer.name }, href: `/seminars/${wish.id}`, lessonId: prep?.lessonId ?? null, within: visibility === "public" ? null : studio.id, key: `seminar.called:${wish.id}` }, at);
      await scheduleSeminarReminders(tx, wish.id, startsAt, at);
      await enqueue(tx, "search.index", { kind: "seminar", id: wish.id });
      return { id: wish.id };
    });
  } catch (error) {
    if (isDuplicate(error)) return { id: wish.id };
    throw error;
  }
}

/** Whoever has a part belongs to the studio, and who hosts is no trainee; a seminar for a prep alone needs a prep. */
export async function peopleProblems(tx: Db, studioId: string, wish: SeminarWish, hasPrep: boolean): Promise<Problems> {
  const wanted = [...partsOf(wish).keys()];
  const members = new Map((await listSeatHolders(tx, studioId, { personIds: wanted })).map((one) => [one.personId, one.role]));
  const host = members.get(wish.hostId);
  if (!host || host === "trainee") return { hostId: { key: "seminars:form.hostNoMember" } };
  if (wanted.some((id) => !members.has(id))) return { speakerIds: { key: "seminars:form.noMember" } };
  if (wish.visibility === "prep" && !hasPrep) return { visibility: { key: "seminars:form.noPrep" } };
  return {};
}
