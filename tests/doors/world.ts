import { and, eq, isNull } from "drizzle-orm";
import { applications, announcements, attachments, commentThreads, docVersions, individualNotes, invitations, lessonPlans, lessonPreps, lessons, persons, reflections, regions, resources, roleGrants, schools, seats, seminars, studioGroups, studios } from "#db/schema/index.ts";
import type { Db } from "#db/types.ts";
import { demoId } from "#server/demo/ids.ts";

/** One private object of the demonstration at which a door is tried: values of its parameters, and the studio that it belongs to. */
export interface Place {
  values: Record<string, string>;
  studioId: string | null;
  /** Others of its kind are open to people; this one is not. */
  closed: boolean;
}

type Find = (db: Db, values: Record<string, string>) => Promise<{ value: string; studioId?: string | null; closed?: boolean }[]>;

/** How many values of one parameter are tried, so that a walk ends. */
const ENOUGH = 9;

/** Where values of each parameter come from, those that must stay closed first. A parameter of a new name needs a line here. */
const sources: Record<string, Find> = {
  planId: async (db) => {
    const rows = await db.select({ id: lessonPlans.id, kind: lessonPlans.kind, ownerId: lessonPlans.ownerId, studioId: lessons.studioId, noteId: individualNotes.id, revealedAt: individualNotes.revealedAt }).from(lessonPlans).innerJoin(lessons, eq(lessons.id, lessonPlans.lessonId)).leftJoin(individualNotes, eq(individualNotes.planId, lessonPlans.id));
    const alone = rows.filter((row) => row.kind === "standalone" && row.ownerId === demoId("person", "qian-muyun"));
    const hidden = rows.filter((row) => row.noteId && !row.revealedAt && row.ownerId === demoId("person", "lin-yutong"));
    if (alone.length === 0 || hidden.length === 0) throw new Error("The demonstration no longer has a plan that 钱慕云 wrote alone and an unrevealed draft of 林雨桐.");
    const talked = new Set((await db.select({ id: lessonPlans.id }).from(commentThreads).innerJoin(lessonPlans, eq(lessonPlans.docId, commentThreads.docId))).map((row) => row.id));
    const versioned = new Set((await db.select({ id: lessonPlans.id }).from(docVersions).innerJoin(lessonPlans, eq(lessonPlans.docId, docVersions.docId))).map((row) => row.id));
    const taken = rows.filter((row) => row.kind === "personal" && row.ownerId === demoId("person", "zhao-heyi"));
    const common = rows.filter((row) => row.kind === "common").sort((a, b) => Number(versioned.has(b.id)) - Number(versioned.has(a.id)) || Number(talked.has(b.id)) - Number(talked.has(a.id)));
    return [...alone.slice(0, 1), ...hidden.slice(0, 1), ...taken.slice(0, 1), ...common].map((row) => ({ value: row.id, studioId: row.studioId }));
  },
  threadId: async (db, { planId }) => {
    const rows = await db.select({ id: commentThreads.id, state: commentThreads.state }).from(commentThreads).innerJoin(lessonPlans, eq(lessonPlans.docId, commentThreads.docId)).where(eq(lessonPlans.id, planId ?? ""));
    const open = rows.find((row) => row.state === "open");
    const resolved = rows.find((row) => row.state === "resolved");
    return [open, resolved].flatMap((row) => (row ? [{ value: row.id }] : []));
  },
  no: async (db, { planId }) => (await db.select({ no: docVersions.no }).from(docVersions).innerJoin(lessonPlans, eq(lessonPlans.docId, docVersions.docId)).where(eq(lessonPlans.id, planId ?? ""))).slice(0, 2).map((row) => ({ value: String(row.no) })),
  lessonId: async (db) => {
    const rows = await db.select({ id: lessons.id, studioId: lessons.studioId, state: lessonPreps.state }).from(lessons).leftJoin(lessonPreps, eq(lessonPreps.lessonId, lessons.id));
    return oneOfEach(rows, (row) => row.state ?? "alone").map((row) => ({ value: row.id, studioId: row.studioId }));
  },
  prepId: async (db) => oneOfEach(await db.select().from(lessonPreps), (row) => row.state).map((row) => ({ value: row.id, studioId: row.studioId })),
  studioId: async (db) => (await db.select({ id: studios.id, status: studios.status }).from(studios)).map((row) => ({ value: row.id, studioId: row.id, closed: row.status === "draft" })),
  groupId: async (db, { studioId }) => (await db.select({ id: studioGroups.id, studioId: studioGroups.studioId }).from(studioGroups)).filter((row) => !studioId || row.studioId === studioId).slice(0, 2).map((row) => ({ value: row.id, studioId: row.studioId })),
  seatId: async (db, { studioId }) => oneOfEach((await db.select({ id: seats.id, studioId: seats.studioId, role: seats.role }).from(seats).where(isNull(seats.to))).filter((row) => !studioId || row.studioId === studioId), (row) => row.role).map((row) => ({ value: row.id, studioId: row.studioId })),
  invitationId: async (db) => (await db.select({ id: invitations.id, studioId: invitations.studioId }).from(invitations).where(eq(invitations.state, "open"))).map((row) => ({ value: row.id, studioId: row.studioId })),
  applicationId: async (db, { studioId }) => (await db.select({ id: applications.id, studioId: applications.studioId }).from(applications).where(eq(applications.state, "pending"))).filter((row) => !studioId || row.studioId === studioId).map((row) => ({ value: row.id, studioId: row.studioId })),
  announcementId: async (db, { studioId }) => (await db.select({ id: announcements.id, studioId: announcements.studioId }).from(announcements)).filter((row) => !studioId || row.studioId === studioId).map((row) => ({ value: row.id, studioId: row.studioId })),
  seminarId: async (db) => oneOfEach((await db.select({ id: seminars.id, studioId: seminars.studioId, state: seminars.state, visibility: seminars.visibility }).from(seminars)).filter((row) => row.visibility !== "public"), (row) => `${row.state} ${row.visibility}`).map((row) => ({ value: row.id, studioId: row.studioId, closed: true })),
  resourceId: async (db) => oneOfEach(await db.select().from(resources), (row) => `${row.state} ${row.licence === "studio_only"}`).sort((a, b) => Number(b.licence === "studio_only") - Number(a.licence === "studio_only")).map((row) => ({ value: row.id, studioId: row.studioId, closed: row.licence === "studio_only" || row.state !== "published" })),
  runId: async () => [],
  reflectionId: async (db) => (await db.select({ id: reflections.id }).from(reflections).where(eq(reflections.visibility, "private"))).map((row) => ({ value: row.id })),
  attachmentId: async (db) => (await db.select({ id: attachments.id }).from(attachments).where(isNull(attachments.removedAt))).map((row) => ({ value: row.id })),
  personId: async (db, { studioId }) => {
    if (studioId) return (await db.select({ id: seats.personId }).from(seats).where(and(eq(seats.studioId, studioId), isNull(seats.to), eq(seats.role, "young_teacher")))).slice(0, 2).map((row) => ({ value: row.id }));
    return (await db.select({ id: persons.id }).from(persons).where(eq(persons.schoolId, demoId("school", "tinglu")))).map((row) => ({ value: row.id }));
  },
  schoolId: async (db) => (await db.select({ id: schools.id }).from(schools).where(eq(schools.id, demoId("school", "tinglu")))).map((row) => ({ value: row.id })),
  regionId: async (db) => (await db.select({ id: regions.id }).from(regions).where(eq(regions.code, "330100"))).map((row) => ({ value: row.id })),
  grantId: async (db) => (await db.select({ id: roleGrants.id }).from(roleGrants).where(isNull(roleGrants.to))).map((row) => ({ value: row.id })),
};

/** Everywhere that a door is tried. A parameter that nobody thought of is an error, so that no door stays untried in silence. */
export async function placesFor(db: Db, params: readonly string[]): Promise<Place[]> {
  let places: Place[] = [{ values: {}, studioId: null, closed: false }];
  for (const name of params) {
    const find = sources[name];
    if (!find) throw new Error(`Nobody knows what :${name} stands for: extend the world in tests/doors/world.ts with rows of the demonstration for it.`);
    const next: Place[] = [];
    for (const place of places) {
      for (const { value, studioId, closed } of (await find(db, place.values)).slice(0, ENOUGH)) next.push({ values: { ...place.values, [name]: value }, studioId: studioId ?? place.studioId, closed: closed ?? place.closed });
    }
    places = next;
  }
  return places.slice(0, 2 * ENOUGH);
}

function oneOfEach<Row>(rows: readonly Row[], kind: (row: Row) => string): Row[] {
  return [...new Map([...rows].reverse().map((row) => [kind(row), row])).values()].reverse();
}
