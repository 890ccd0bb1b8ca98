import { and, asc, count, eq, inArray } from "drizzle-orm";
import type { RegistrationStatus, SeminarRoleName } from "./seminars.ts";
import { identities, registrations, seminarEvents, seminarRoles } from "./schema/index.ts";
import type { Db } from "./types.ts";

export interface SeminarPerson {
  personId: string;
  name: string;
}

/** Places that are taken: people who said that they come, and those who were let in. Waiting takes none. */
export async function countPlaces(db: Db, seminarId: string): Promise<number> {
  const [row] = await db.select({ n: count() }).from(registrations).where(and(eq(registrations.seminarId, seminarId), inArray(registrations.status, ["registered", "admitted"])));
  return row?.n ?? 0;
}

export async function findRegistration(db: Db, seminarId: string, personId: string): Promise<RegistrationStatus | undefined> {
  const [row] = await db.select({ status: registrations.status }).from(registrations).where(and(eq(registrations.seminarId, seminarId), eq(registrations.personId, personId)));
  return row?.status;
}

/** Writes where a person stands with a seminar; the first time counts as the registration. */
export async function setRegistration(tx: Db, seminarId: string, personId: string, status: RegistrationStatus, changedBy: string, at: Date): Promise<void> {
  await tx
    .insert(registrations)
    .values({ seminarId, personId, status, registeredAt: at, changedAt: at, changedBy })
    .onConflictDoUpdate({ target: [registrations.seminarId, registrations.personId], set: { status, changedAt: at, changedBy } });
}

/** People of one status with their names, longest first in line. At most `limit`: a list for a host's eyes. */
export function listRegistered(db: Db, seminarId: string, status: RegistrationStatus, limit = 500): Promise<SeminarPerson[]> {
  return db
    .select({ personId: registrations.personId, name: identities.name })
    .from(registrations)
    .innerJoin(identities, eq(identities.personId, registrations.personId))
    .where(and(eq(registrations.seminarId, seminarId), eq(registrations.status, status)))
    .orderBy(asc(registrations.changedAt), asc(registrations.personId))
    .limit(limit);
}

/** The roles in a seminar, by person id. */
export async function seminarRolesOf(db: Db, seminarId: string): Promise<Map<string, SeminarRoleName>> {
  const rows = await db.select({ personId: seminarRoles.personId, role: seminarRoles.role }).from(seminarRoles).where(eq(seminarRoles.seminarId, seminarId));
  return new Map(rows.map((row) => [row.personId, row.role]));
}

/** Names by person id; somebody erased is absent. */
export async function namesOf(db: Db, personIds: readonly string[]): Promise<Map<string, string>> {
  if (personIds.length === 0) return new Map();
  const rows = await db.select({ personId: identities.personId, name: identities.name }).from(identities).where(inArray(identities.personId, [...personIds]));
  return new Map(rows.map((row) => [row.personId, row.name]));
}

export type SeminarEventKind = "started" | "ended" | "agenda_moved" | "admitted" | "denied" | "removed" | "muted" | "floor_given" | "floor_taken" | "message_removed";

/** What happened in the room, for minutes and report. `byId` null: the platform. */
export async function recordSeminarEvent(tx: Db, seminarId: string, kind: SeminarEventKind, who: { personId?: string; byId: string | null }, at: Date, detail: Record<string, unknown> = {}): Promise<void> {
  await tx.insert(seminarEvents).values({ seminarId, kind, personId: who.personId ?? null, byId: who.byId, at, detail });
}

export type SeminarEvent = typeof seminarEvents.$inferSelect;

/** Everything that happened, in order. */
export function listSeminarEvents(db: Db, seminarId: string): Promise<SeminarEvent[]> {
  return db.select().from(seminarEvents).where(eq(seminarEvents.seminarId, seminarId)).orderBy(asc(seminarEvents.id));
}
