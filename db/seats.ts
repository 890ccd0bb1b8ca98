import { and, asc, count, desc, eq, gt, gte, inArray, isNull, lt, notExists, or, type SQL, sql } from "drizzle-orm";
import { keptAnswer } from "./kept-answers.ts";
import { contains } from "./like.ts";
import { evidenceEvents, identities, persons, regions, schools, seats, studioGroups } from "./schema/index.ts";
import { rankOf, type SeatRole } from "./schema/studios.ts";
import type { Db } from "./types.ts";

export type Seat = typeof seats.$inferSelect;

/** A seat with what people may see of who sits there: never contact data. */
export interface SeatSeen {
  id: string;
  personId: string;
  name: string;
  role: SeatRole;
  groupId: string | null;
  group: string | null;
  school: string | null;
  county: string | null;
  from: Date;
  isHome: boolean;
}

export interface NewSeat {
  studioId: string;
  personId: string;
  role: SeatRole;
  groupId?: string | null;
  letterNo?: string | null;
  /** Who gave it; null: the platform, by open admission. */
  givenBy: string | null;
  /** Of a seat that follows another at once; otherwise a person's first open seat is home. */
  isHome?: boolean;
}

/**
 * Begins a seat.
 *
 * @throws a duplicate (see `isDuplicate`) when the person has an open seat there, or the studio has its master
 */
export async function beginSeat(tx: Db, seat: NewSeat, at: Date): Promise<Seat> {
  const isHome = seat.isHome ?? !(await hasHome(tx, seat.personId));
  const [row] = await tx.insert(seats).values({ ...seat, isHome, from: at }).returning();
  if (!row) throw new Error("an insert returned nothing");
  return row;
}

/** Ends an open seat; one that ended already keeps its end. @returns whether this call ended it */
export async function endSeatRow(tx: Db, seatId: string, end: { by: string | null; reason: string }, at: Date): Promise<boolean> {
  const ended = await tx.update(seats).set({ to: at, endedBy: end.by, endReason: end.reason, isHome: false }).where(and(eq(seats.id, seatId), isNull(seats.to))).returning({ id: seats.id });
  return ended.length === 1;
}

/** How many open seats of a role there are: what a quota is held against, inside the transaction that fills one. */
export async function countOpenSeats(tx: Db, studioId: string, role: SeatRole): Promise<number> {
  const [row] = await tx.select({ n: count() }).from(seats).where(and(eq(seats.studioId, studioId), eq(seats.role, role), isNull(seats.to)));
  return row?.n ?? 0;
}

export async function countGroupSeats(tx: Db, groupId: string): Promise<number> {
  const [row] = await tx.select({ n: count() }).from(seats).where(and(eq(seats.groupId, groupId), isNull(seats.to)));
  return row?.n ?? 0;
}

export async function findOpenSeat(db: Db, studioId: string, personId: string): Promise<Seat | undefined> {
  const [row] = await db.select().from(seats).where(and(eq(seats.studioId, studioId), eq(seats.personId, personId), isNull(seats.to)));
  return row;
}

/** Which of these people have an open seat in a studio. */
export function listSeatsAmong(db: Db, studioId: string, personIds: readonly string[]): Promise<Pick<Seat, "id" | "personId" | "role">[]> {
  if (personIds.length === 0) return Promise.resolve([]);
  return db.select({ id: seats.id, personId: seats.personId, role: seats.role }).from(seats).where(and(eq(seats.studioId, studioId), inArray(seats.personId, [...personIds]), isNull(seats.to)));
}

/** One open seat of a studio. */
export async function findSeat(db: Db, studioId: string, seatId: string): Promise<SeatSeen | undefined> {
  const [row] = await selectSeats(db).where(and(eq(seats.id, seatId), eq(seats.studioId, studioId), isNull(seats.to)));
  return row;
}

export async function findMasterSeat(db: Db, studioId: string): Promise<Seat | undefined> {
  const [row] = await db.select().from(seats).where(and(eq(seats.studioId, studioId), eq(seats.role, "master"), isNull(seats.to)));
  return row;
}

/** Open seats of some roles of a studio, in the order in which they were given. For roles that a quota bounds. */
export const listSeatsOfRoles = keptAnswer(
  async (db: Db, studioId: string, roles: readonly SeatRole[], limit: number = 200): Promise<SeatSeen[]> =>
    selectSeats(db).where(and(eq(seats.studioId, studioId), inArray(seats.role, [...roles]), isNull(seats.to))).orderBy(asc(seats.id)).limit(limit),
);

export interface MemberFilter {
  /** Any of these. */
  roles?: readonly SeatRole[] | undefined;
  groupId?: string | undefined;
  /** Part of the name. */
  name?: string | undefined;
  /** Only those who left no evidence in this studio since then. */
  quietSince?: Date | undefined;
}

/** Open seats: the master first and trainees last, in the order in which they were given; keyset-paged, `after` is the id of the last seat seen. */
export async function listMembers(db: Db, studioId: string, filter: MemberFilter, page: { after?: string | undefined; limit: number }): Promise<SeatSeen[]> {
  const rank = rankOf(seats.role);
  const [last] = page.after ? await db.select({ id: seats.id, rank: rank.mapWith(Number) }).from(seats).where(and(eq(seats.id, page.after), eq(seats.studioId, studioId))) : [];
  // Which seats they are is found before anything is joined to them: a studio may have twelve thousand.
  const chosen = db
    .select({ id: seats.id })
    .from(seats)
    .$dynamic();
  if (filter.name) chosen.innerJoin(identities, eq(identities.personId, seats.personId));
  chosen
    .where(
      and(
        eq(seats.studioId, studioId),
        isNull(seats.to),
        filter.roles ? inArray(seats.role, [...filter.roles]) : undefined,
        filter.groupId ? eq(seats.groupId, filter.groupId) : undefined,
        filter.name ? contains(identities.name, filter.name) : undefined,
        filter.quietSince ? quietSince(db, filter.quietSince) : undefined,
        last && and(gte(rank, last.rank), or(gt(rank, last.rank), gt(seats.id, last.id))),
      ),
    )
    .orderBy(rank, asc(seats.id))
    .limit(page.limit);
  return selectSeats(db).where(inArray(seats.id, chosen)).orderBy(rank, asc(seats.id));
}

/** How many open seats of some roles left no evidence in the studio since then. For roles that a quota bounds. */
export async function countQuietSeats(db: Db, studioId: string, roles: readonly SeatRole[], since: Date): Promise<number> {
  const [row] = await db.select({ n: count() }).from(seats).where(and(eq(seats.studioId, studioId), inArray(seats.role, [...roles]), isNull(seats.to), quietSince(db, since)));
  return row?.n ?? 0;
}

/** The people of a studio, by seat, a slice at a time: for jobs that tell them something. */
export function listMemberIds(db: Db, studioId: string, page: { after?: string | undefined; limit: number }): Promise<{ seatId: string; personId: string }[]> {
  return db
    .select({ seatId: seats.id, personId: seats.personId })
    .from(seats)
    .where(and(eq(seats.studioId, studioId), isNull(seats.to), page.after ? gt(seats.id, page.after) : undefined))
    .orderBy(asc(seats.id))
    .limit(page.limit);
}

/** Every seat that a person ever had in a studio, newest first: a change of role leaves its trace. */
export function listSeatHistory(db: Db, studioId: string, personId: string): Promise<Seat[]> {
  return db.select().from(seats).where(and(eq(seats.studioId, studioId), eq(seats.personId, personId))).orderBy(desc(seats.id));
}

/** A person has one home: the seat named takes it from the other. */
export async function makeHome(tx: Db, personId: string, seatId: string): Promise<void> {
  await tx.update(seats).set({ isHome: false }).where(and(eq(seats.personId, personId), eq(seats.isHome, true)));
  await tx.update(seats).set({ isHome: true }).where(and(eq(seats.id, seatId), eq(seats.personId, personId), isNull(seats.to)));
}

/** Somebody whose home ended gets the oldest seat that is left as home. */
export async function passHome(tx: Db, personId: string): Promise<void> {
  if (await hasHome(tx, personId)) return;
  const [oldest] = await tx.select({ id: seats.id }).from(seats).where(and(eq(seats.personId, personId), isNull(seats.to))).orderBy(asc(seats.from), asc(seats.id)).limit(1);
  if (oldest) await tx.update(seats).set({ isHome: true }).where(eq(seats.id, oldest.id));
}

export async function setGroup(tx: Db, seatId: string, groupId: string | null): Promise<void> {
  await tx.update(seats).set({ groupId }).where(and(eq(seats.id, seatId), isNull(seats.to)));
}

/** A seat is quiet when it was given before `since` and its person left no evidence in its studio from then on: who has just come is not quiet. */
function quietSince(db: Db, since: Date): SQL {
  const heard = db.select({ one: sql`1` }).from(evidenceEvents).where(and(eq(evidenceEvents.personId, seats.personId), eq(evidenceEvents.studioId, seats.studioId), gte(evidenceEvents.occurredAt, since)));
  // `and` of a filled list is never undefined.
  return and(lt(seats.from, since), notExists(heard)) as SQL;
}

async function hasHome(tx: Db, personId: string): Promise<boolean> {
  const [home] = await tx.select({ id: seats.id }).from(seats).where(and(eq(seats.personId, personId), eq(seats.isHome, true), isNull(seats.to))).limit(1);
  return home !== undefined;
}

function selectSeats(db: Db) {
  return db
    .select({ id: seats.id, personId: seats.personId, name: identities.name, role: seats.role, groupId: seats.groupId, group: studioGroups.name, school: schools.name, county: regions.name, from: seats.from, isHome: seats.isHome })
    .from(seats)
    .innerJoin(identities, eq(identities.personId, seats.personId))
    .innerJoin(persons, eq(persons.id, seats.personId))
    .leftJoin(studioGroups, eq(studioGroups.id, seats.groupId))
    .leftJoin(schools, eq(schools.id, persons.schoolId))
    .leftJoin(regions, eq(regions.id, schools.regionId))
    .$dynamic();
}
