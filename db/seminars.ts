import { and, asc, desc, eq, exists, gt, inArray, isNotNull, isNull, lt, ne, not, or, type SQL, sql } from "drizzle-orm";
import { keptAnswer } from "./kept-answers.ts";
import { handRaises, identities, lessonPreps, prepParticipants, regions, registrations, seats, seminarRoles, seminars, studios } from "./schema/index.ts";
import type { Db } from "./types.ts";
import type { Viewer } from "./viewer.ts";

export type Seminar = typeof seminars.$inferSelect;
export type SeminarState = Seminar["state"];
export type SeminarRoleName = (typeof seminarRoles.$inferSelect)["role"];
export type RegistrationStatus = (typeof registrations.$inferSelect)["status"];

/** A seminar as one person meets it. */
export interface SeminarSeen extends Seminar {
  hostName: string;
  /** The group of its prep, if it has one. */
  groupId: string | null;
  mine: {
    role: SeminarRoleName | null;
    registration: RegistrationStatus | null;
    /** The host called this person's hand, and it is still up: they have the floor. */
    floor: boolean;
  };
}

/** What the lists show. */
export interface SeminarListed {
  id: string;
  title: string;
  kind: Seminar["kind"];
  state: SeminarState;
  studioId: string;
  studioName: string;
  lessonId: string | null;
  prepId: string | null;
  hostId: string;
  hostName: string;
  startsAt: Date;
  endsAt: Date;
  startedAt: Date | null;
}

/** Seminars that can still take place or are taking place. */
export const COMING_STATES = ["scheduled", "lobby", "live", "paused"] as const satisfies readonly SeminarState[];
/** Seminars in which people are together. */
export const OPEN_STATES = ["lobby", "live", "paused"] as const satisfies readonly SeminarState[];

/** One seminar with what the viewer is in it, or undefined when it does not exist or the viewer may not know that it does. */
export async function findVisibleSeminar(db: Db, viewer: Viewer, seminarId: string): Promise<SeminarSeen | undefined> {
  const [row] = await db
    .select({ seminar: seminars, hostName: identities.name, groupId: lessonPreps.groupId })
    .from(seminars)
    .leftJoin(identities, eq(identities.personId, seminars.hostId))
    .leftJoin(lessonPreps, eq(lessonPreps.id, seminars.prepId))
    .where(and(eq(seminars.id, seminarId), visibleTo(db, viewer)));
  if (!row) return undefined;
  const [role] = await db.select({ role: seminarRoles.role }).from(seminarRoles).where(and(eq(seminarRoles.seminarId, seminarId), eq(seminarRoles.personId, viewer.id)));
  const [registration] = await db.select({ status: registrations.status }).from(registrations).where(and(eq(registrations.seminarId, seminarId), eq(registrations.personId, viewer.id)));
  const called = await db
    .select({ calledAt: handRaises.calledAt })
    .from(handRaises)
    .where(and(eq(handRaises.seminarId, seminarId), eq(handRaises.personId, viewer.id), isNull(handRaises.loweredAt)));
  const mine = { role: role?.role ?? null, registration: registration?.status ?? null, floor: called.some((hand) => hand.calledAt !== null) };
  return { ...row.seminar, hostName: row.hostName ?? "", groupId: row.groupId, mine };
}

/** As an expression, lest all seminars that took place be found by their state and sorted: walked through by their time, the newest page is soon full. */
const stateOnTheWay = sql<SeminarState>`coalesce(${seminars.state}, '')`;

/** When these begin and who hosts them, of those that the viewer may know of: for search results, in no order. */
export function listVisibleSeminars(db: Db, viewer: Viewer, ids: readonly string[]): Promise<{ id: string; startsAt: Date; hostName: string | null }[]> {
  if (ids.length === 0) return Promise.resolve([]);
  return db
    .select({ id: seminars.id, startsAt: seminars.startsAt, hostName: identities.name })
    .from(seminars)
    .leftJoin(identities, eq(identities.personId, seminars.hostId))
    .where(and(inArray(seminars.id, [...ids]), visibleTo(db, viewer)));
}

export interface SeminarFilter {
  studioId?: string;
  lessonId?: string;
  prepId?: string;
  /** Only those that this person hosts, has a role in or has registered for. */
  personId?: string;
}

/** Visible seminars that have not ended, soonest first. `after` is the last row of the page before. */
export const listComingSeminars = keptAnswer(async (db: Db, viewer: Viewer, filter: SeminarFilter, page: { after?: { startsAt: Date; id: string }; limit: number }): Promise<SeminarListed[]> => {
  const after = page.after ? or(gt(seminars.startsAt, page.after.startsAt), and(eq(seminars.startsAt, page.after.startsAt), gt(seminars.id, page.after.id))) : undefined;
  return selectListed(db)
    .where(and(inArray(seminars.state, [...COMING_STATES]), chosen(db, filter), visibleTo(db, viewer), after))
    .orderBy(asc(seminars.startsAt), asc(seminars.id))
    .limit(page.limit);
});

/** Visible seminars that took place, newest first. `before` is the last row of the page before. */
export function listHeldSeminars(db: Db, viewer: Viewer, filter: SeminarFilter, page: { before?: { startsAt: Date; id: string }; limit: number }): Promise<SeminarListed[]> {
  const before = page.before ? or(lt(seminars.startsAt, page.before.startsAt), and(eq(seminars.startsAt, page.before.startsAt), lt(seminars.id, page.before.id))) : undefined;
  return selectListed(db)
    .where(and(inArray(stateOnTheWay, ["ended", "reported"]), chosen(db, filter), visibleTo(db, viewer), before))
    .orderBy(desc(seminars.startsAt), desc(seminars.id))
    .limit(page.limit);
}

/** For handlers that act for the platform. Anything that answers a person asks `findVisibleSeminar`. */
export async function findSeminar(db: Db, seminarId: string): Promise<Seminar | undefined> {
  const [row] = await db.select().from(seminars).where(eq(seminars.id, seminarId));
  return row;
}

/** Seminars that run now, for sweeps. */
export function listRunningSeminars(db: Db): Promise<Seminar[]> {
  return db.select().from(seminars).where(inArray(seminars.state, ["live", "paused"]));
}

/** Seminars of one host that would take place at the same time, without `exceptId`. */
export function listOverlapping(db: Db, hostId: string, startsAt: Date, endsAt: Date, exceptId?: string): Promise<{ id: string; title: string; startsAt: Date; endsAt: Date }[]> {
  return db
    .select({ id: seminars.id, title: seminars.title, startsAt: seminars.startsAt, endsAt: seminars.endsAt })
    .from(seminars)
    .where(and(eq(seminars.hostId, hostId), inArray(seminars.state, [...COMING_STATES]), lt(seminars.startsAt, endsAt), gt(seminars.endsAt, startsAt), exceptId ? ne(seminars.id, exceptId) : undefined));
}

/**
 * Moves a seminar from one of some states to another.
 *
 * @returns the row as it is now, or undefined when it was in none of these states: somebody else moved it first
 */
export async function moveSeminar(tx: Db, seminarId: string, from: readonly SeminarState[], to: Partial<Pick<Seminar, "state" | "startedAt" | "endedAt" | "agendaAt" | "stateReason">>): Promise<Seminar | undefined> {
  const [row] = await tx.update(seminars).set(to).where(and(eq(seminars.id, seminarId), inArray(seminars.state, [...from]))).returning();
  return row;
}

/**
 * The one place that says which seminars a viewer may know exist: those open to anybody signed in; those of a studio where they sit, or that lies
 * in the region and subject of which they are the teaching researcher; those of a prep in which they take part, whose group they head or whose
 * studio they lead; and every one in which they have a role. Drafts are their hosts' own. Whose seat ended has no more than anybody else.
 */
export function visibleTo(db: Db, viewer: Viewer): SQL | undefined {
  // Lists that do not depend on the seminar are found once for all that are looked at.
  const seatThat = (...conditions: (SQL | undefined)[]) => inArray(seminars.studioId, db.select({ id: seats.studioId }).from(seats).where(and(eq(seats.personId, viewer.id), ...conditions)));
  const seat = (condition?: SQL) => seatThat(isNull(seats.to), condition);
  // Parts are given to members, and officers call seminars without a seat: only those who had one and lost it are meant.
  const left = and(seatThat(isNotNull(seats.to)), not(seat())) as SQL; // `and` of two is never undefined
  const hostOrRole = or(
    eq(seminars.hostId, viewer.id),
    eq(seminars.createdBy, viewer.id),
    inArray(seminars.id, db.select({ id: seminarRoles.seminarId }).from(seminarRoles).where(eq(seminarRoles.personId, viewer.id))),
  );
  const partInPrep = exists(
    db.select({ one: prepParticipants.id }).from(prepParticipants).where(and(eq(prepParticipants.prepId, seminars.prepId), eq(prepParticipants.personId, viewer.id), isNull(prepParticipants.leftAt), ne(prepParticipants.answer, "declined"))),
  );
  const headsGroup = exists(
    db
      .select({ one: seats.id })
      .from(seats)
      .innerJoin(lessonPreps, eq(lessonPreps.groupId, seats.groupId))
      .where(and(eq(lessonPreps.id, seminars.prepId), eq(seats.studioId, seminars.studioId), eq(seats.personId, viewer.id), eq(seats.role, "subject_lead"), isNull(seats.to))),
  );
  return or(
    and(hostOrRole, not(left)),
    and(
      ne(seminars.state, "draft"),
      or(
        eq(seminars.visibility, "public"),
        and(eq(seminars.visibility, "studio"), or(seat(), researched(db, viewer))),
        and(eq(seminars.visibility, "prep"), or(and(partInPrep, seat()), headsGroup, seat(eq(seats.role, "master")))),
      ),
    ),
  );
}

/** Studios of the viewer's own subjects in the regions where they are the teaching researcher. The tree is at most four deep. */
function researched(db: Db, viewer: Viewer): SQL | undefined {
  const places = viewer.grants.filter((grant) => grant.role === "teaching_researcher" && grant.scopeType === "region").map((grant) => grant.scopeId);
  // The list of subjects is a closed one; what is stored for a person is plain words.
  const subjects = viewer.subjects as (typeof studios.$inferSelect)["subject"][];
  if (places.length === 0 || subjects.length === 0) return undefined;
  const below = (parents: readonly string[]) => db.select({ id: regions.id }).from(regions).where(inArray(regions.parentId, [...parents]));
  const twoBelow = db.select({ id: regions.id }).from(regions).where(inArray(regions.parentId, below(places)));
  const inPlace = or(inArray(studios.regionId, places), inArray(studios.regionId, below(places)), inArray(studios.regionId, twoBelow));
  return exists(db.select({ one: studios.id }).from(studios).where(and(eq(studios.id, seminars.studioId), inArray(studios.subject, subjects), inPlace)));
}

function chosen(db: Db, filter: SeminarFilter): SQL | undefined {
  const { personId } = filter;
  return and(
    filter.studioId ? eq(seminars.studioId, filter.studioId) : undefined,
    filter.lessonId ? eq(seminars.lessonId, filter.lessonId) : undefined,
    filter.prepId ? eq(seminars.prepId, filter.prepId) : undefined,
    personId
      ? or(
          eq(seminars.hostId, personId),
          exists(db.select({ one: seminarRoles.personId }).from(seminarRoles).where(and(eq(seminarRoles.seminarId, seminars.id), eq(seminarRoles.personId, personId)))),
          exists(db.select({ one: registrations.personId }).from(registrations).where(and(eq(registrations.seminarId, seminars.id), eq(registrations.personId, personId), inArray(registrations.status, ["registered", "admitted", "waiting"])))),
        )
      : undefined,
  );
}

function selectListed(db: Db) {
  return db
    .select({
      id: seminars.id,
      title: seminars.title,
      kind: seminars.kind,
      state: seminars.state,
      studioId: seminars.studioId,
      studioName: studios.name,
      lessonId: seminars.lessonId,
      prepId: seminars.prepId,
      hostId: seminars.hostId,
      hostName: identities.name,
      startsAt: seminars.startsAt,
      endsAt: seminars.endsAt,
      startedAt: seminars.startedAt,
    })
    .from(seminars)
    .innerJoin(studios, eq(studios.id, seminars.studioId))
    .innerJoin(identities, eq(identities.personId, seminars.hostId))
    .$dynamic();
}
