import { and, eq, isNotNull, isNull, ne } from "drizzle-orm";
import { individualNotes, invitations, lessonPlans, lessonPreps, lessons, prepMoves, prepParticipants, resources, roleGrants, seats, seminarRoles, seminars, studios } from "#db/schema/index.ts";
import type { Db } from "#db/types.ts";
import type { GovernanceRole } from "#db/viewer.ts";

type Circle = Set<string>;
type Find = (db: Db, id: string) => Promise<Circle | undefined>;

/**
 * Who may know that something of the demonstration is there, read from the rows as the issue and the glossary say it, and not by asking the
 * product's own rules: two ways to the same answer. Nothing stands here of things that everybody signed in may know.
 */
const circles: Record<string, Find> = {
  planId: async (db, id) => {
    const [row] = await db.select({ kind: lessonPlans.kind, ownerId: lessonPlans.ownerId, prepId: lessonPlans.prepId, revealedAt: individualNotes.revealedAt }).from(lessonPlans).leftJoin(individualNotes, eq(individualNotes.planId, lessonPlans.id)).where(eq(lessonPlans.id, id));
    if (!row) return undefined;
    const prep = row.prepId ? await prepCircle(db, row.prepId) : undefined;
    if (row.kind === "individual") return new Set([row.ownerId, ...(row.revealedAt && prep ? prep.circle : [])]);
    if (row.kind !== "common" || !prep) return new Set([row.ownerId]);
    return prep.finalised ? prep.studio : prep.discussed ? prep.circle : prep.lead;
  },
  studioId: async (db, id) => {
    const [row] = await db.select().from(studios).where(eq(studios.id, id));
    if (row?.status !== "draft") return undefined;
    return new Set([...(row.createdBy ? [row.createdBy] : []), row.masterId, ...(await holdersOf(db, "region_admin"))]);
  },
  prepId: async (db, id) => (await prepCircle(db, id))?.studio,
  lessonId: async (db, id) => {
    const [row] = await db.select().from(lessons).where(eq(lessons.id, id));
    return row && new Set([row.ownerId, ...(row.studioId ? await seated(db, row.studioId) : [])]);
  },
  seminarId: async (db, id) => {
    const [row] = await db.select().from(seminars).where(eq(seminars.id, id));
    if (!row || row.visibility === "public") return undefined;
    const parts = await db.select({ personId: seminarRoles.personId }).from(seminarRoles).where(eq(seminarRoles.seminarId, id));
    const prep = row.prepId && row.visibility === "prep" ? await prepCircle(db, row.prepId) : undefined;
    if (row.visibility === "prep") return new Set([row.hostId, ...parts.map((one) => one.personId), ...(prep?.circle ?? [])]);
    // The researcher of its region and subject hears of what a whole studio gathers for.
    return new Set([row.hostId, ...parts.map((one) => one.personId), ...(await seated(db, row.studioId)), ...(await holdersOf(db, "teaching_researcher"))]);
  },
  invitationId: async (db, id) => {
    const [row] = await db.select().from(invitations).where(eq(invitations.id, id));
    return row && new Set([row.personId, ...(await seated(db, row.studioId, ["master", "studio_assistant"]))]);
  },
  resourceId: async (db, id) => {
    const [row] = await db.select().from(resources).where(eq(resources.id, id));
    if (!row || (row.state === "published" && row.licence !== "studio_only")) return undefined;
    const moderators = await holdersOf(db, "moderator");
    if (row.state === "published") return new Set([row.ownerId, ...moderators, ...(row.studioId ? await seated(db, row.studioId) : [])]);
    const deciders = row.state === "submitted" && row.studioId ? [...(await seated(db, row.studioId, ["master"])), ...(await headsOf(db, row.studioId, row.groupId))] : [];
    return new Set([row.ownerId, ...deciders]);
  },
};

/** Who may know of all that an address names; undefined: everybody may. */
export async function circleOf(db: Db, values: Record<string, string>): Promise<Circle | undefined> {
  let inside: Circle | undefined;
  for (const [name, id] of Object.entries(values)) {
    const circle = await circles[name]?.(db, id);
    if (circle) inside = inside ? new Set([...inside].filter((one) => circle.has(one))) : circle;
  }
  return inside;
}

/** Who may have the files of a publication that everybody may read and nobody take: its author and her studio, and those who moderate. */
export async function circleOfFiles(db: Db, { resourceId = "" }: Record<string, string>): Promise<Circle | undefined> {
  const [row] = await db.select().from(resources).where(eq(resources.id, resourceId));
  if (row?.state !== "published" || row.licence !== "all_rights") return undefined;
  return new Set([row.ownerId, ...(await holdersOf(db, "moderator")), ...(row.studioId ? await seated(db, row.studioId) : [])]);
}

/** Who has something to do with the prep that an address is about, if it is about one: those who take part, who heads its group, the master. */
export async function partsIn(db: Db, values: Record<string, string>): Promise<Circle | undefined> {
  const [row] = values.prepId
    ? [{ prepId: values.prepId }]
    : values.planId
      ? await db.select({ prepId: lessonPlans.prepId }).from(lessonPlans).where(eq(lessonPlans.id, values.planId))
      : values.lessonId
        ? await db.select({ prepId: lessonPreps.id }).from(lessonPreps).where(eq(lessonPreps.lessonId, values.lessonId))
        : values.seminarId
          ? await db.select({ prepId: seminars.prepId }).from(seminars).where(eq(seminars.id, values.seminarId))
          : [];
  return row?.prepId ? (await prepCircle(db, row.prepId))?.circle : undefined;
}

/** Those of them who may not know of this: a draft that is not revealed is hidden from the very people who prepare with its author. */
export async function nearOf(db: Db, values: Record<string, string>, circle: ReadonlySet<string>): Promise<string[]> {
  return [...((await partsIn(db, values)) ?? [])].filter((one) => !circle.has(one));
}

async function prepCircle(db: Db, prepId: string): Promise<{ lead: Circle; circle: Circle; studio: Circle; discussed: boolean; finalised: boolean } | undefined> {
  const [prep] = await db.select().from(lessonPreps).where(eq(lessonPreps.id, prepId));
  if (!prep) return undefined;
  const members = await seated(db, prep.studioId);
  const taking = await db.select({ personId: prepParticipants.personId, part: prepParticipants.part }).from(prepParticipants).where(and(eq(prepParticipants.prepId, prepId), isNull(prepParticipants.leftAt), ne(prepParticipants.answer, "declined")));
  const [move] = await db.select({ id: prepMoves.id }).from(prepMoves).where(and(eq(prepMoves.prepId, prepId), eq(prepMoves.to, "discussion"), isNotNull(prepMoves.at))).limit(1);
  const circle = [...taking.map((one) => one.personId).filter((one) => members.has(one)), ...(await seated(db, prep.studioId, ["master"])), ...(await headsOf(db, prep.studioId, prep.groupId))];
  return {
    lead: new Set(taking.filter((one) => one.part === "lead_preparer").map((one) => one.personId)),
    circle: new Set(circle),
    studio: members,
    discussed: move !== undefined,
    finalised: ["finalised", "taught", "reflecting", "archived"].includes(prep.state),
  };
}

async function holdersOf(db: Db, role: GovernanceRole): Promise<string[]> {
  return (await db.select({ personId: roleGrants.personId }).from(roleGrants).where(and(eq(roleGrants.role, role), isNull(roleGrants.to)))).map((one) => one.personId);
}

async function seated(db: Db, studioId: string, roles?: readonly string[]): Promise<Circle> {
  const rows = await db.select({ personId: seats.personId, role: seats.role }).from(seats).where(and(eq(seats.studioId, studioId), isNull(seats.to)));
  return new Set(rows.filter((row) => !roles || roles.includes(row.role)).map((row) => row.personId));
}

async function headsOf(db: Db, studioId: string, groupId: string | null): Promise<string[]> {
  if (!groupId) return [];
  return (await db.select({ personId: seats.personId }).from(seats).where(and(eq(seats.studioId, studioId), eq(seats.groupId, groupId), eq(seats.role, "subject_lead"), isNull(seats.to)))).map((one) => one.personId);
}
