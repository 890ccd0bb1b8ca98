import { and, asc, eq, inArray } from "drizzle-orm";
import { listRuns } from "#db/lessons.ts";
import type { Prep } from "#db/preps.ts";
import { minutes, reflections, seminars } from "#db/schema/index.ts";
import { docVersions } from "#db/schema/documents.ts";
import type { Licence, ResourceProcess } from "#db/schema/resources.ts";
import type { Db } from "#db/types.ts";

/**
 * What was made on the way, as it is frozen with a publication: people, seminars, versions, runs, the submitter's own reflection when she
 * gives it along, and in a publication for the studio alone those that colleagues opened to the studio. What colleagues wrote about their
 * runs they wrote for the studio: it stays there, too.
 */
export async function processOf(db: Db, lessonId: string, docId: string, prep: Prep | undefined, submitter: { id: string; givesReflection: boolean }, licence: Licence): Promise<ResourceProcess> {
  const held = await db
    .select({ id: seminars.id, title: seminars.title, startsAt: seminars.startsAt, minutes: minutes.docId })
    .from(seminars)
    .leftJoin(minutes, eq(minutes.seminarId, seminars.id))
    .where(and(eq(seminars.lessonId, lessonId), inArray(seminars.state, ["ended", "reported"])))
    .orderBy(asc(seminars.startsAt));
  const versions = await db.select({ no: docVersions.no, name: docVersions.name, at: docVersions.at }).from(docVersions).where(eq(docVersions.docId, docId)).orderBy(asc(docVersions.no));
  const written = await db.select().from(reflections).where(eq(reflections.lessonId, lessonId)).orderBy(asc(reflections.id));
  const given = written.filter((one) => one.submittedAt && (one.personId === submitter.id ? submitter.givesReflection : one.visibility === "studio" && licence === "studio_only"));
  return {
    people: (prep?.participants ?? []).filter((one) => one.answer === "accepted").map(({ personId, part }) => ({ personId, part })),
    seminars: held.map((one) => ({ id: one.id, title: one.title, startsAt: one.startsAt.toISOString(), minutesExist: one.minutes !== null })),
    versions: versions.map((one) => ({ ...one, at: one.at.toISOString() })),
    runs: (await listRuns(db, lessonId)).map((run) => ({ classLabel: run.classLabel, taughtAt: run.taughtAt.toISOString(), changed: run.teacherId === submitter.id || licence === "studio_only" ? run.changed : "" })),
    reflections: given.map((one) => ({ personId: one.personId, answers: one.answers })),
  };
}
