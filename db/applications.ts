import { and, asc, count, eq, gt, inArray } from "drizzle-orm";
import { given, keptStatement } from "./kept-statements.ts";
import { applications, identities, persons, regions, schools } from "./schema/index.ts";
import type { Db } from "./types.ts";

export type Application = typeof applications.$inferSelect;

/** An application with what those who decide see of the person: never contact data. */
export interface ApplicationSeen {
  id: string;
  personId: string;
  name: string;
  school: string | null;
  county: string | null;
  /** Whether the school has confirmed who this is. */
  verified: boolean;
  message: string;
  state: Application["state"];
  createdAt: Date;
}

const OPEN = ["pending", "waitlisted"] as const;

/** Applications that wait, oldest first, keyset-paged by id. */
export async function listOpenApplications(db: Db, studioId: string, page: { after?: string | undefined; limit: number }): Promise<ApplicationSeen[]> {
  const rows = await db
    .select({ id: applications.id, personId: applications.personId, name: identities.name, school: schools.name, county: regions.name, verifiedAt: identities.verifiedAt, message: applications.message, state: applications.state, createdAt: applications.createdAt })
    .from(applications)
    .innerJoin(identities, eq(identities.personId, applications.personId))
    .innerJoin(persons, eq(persons.id, applications.personId))
    .leftJoin(schools, eq(schools.id, persons.schoolId))
    .leftJoin(regions, eq(regions.id, schools.regionId))
    .where(and(eq(applications.studioId, studioId), inArray(applications.state, [...OPEN]), page.after ? gt(applications.id, page.after) : undefined))
    .orderBy(asc(applications.id))
    .limit(page.limit);
  return rows.map(({ verifiedAt, ...row }) => ({ ...row, verified: verifiedAt !== null }));
}

export async function countOpenApplications(db: Db, studioId: string): Promise<number> {
  const [row] = await db.select({ n: count() }).from(applications).where(and(eq(applications.studioId, studioId), inArray(applications.state, [...OPEN])));
  return row?.n ?? 0;
}

/** A person's own application that waits. */
export async function findOpenApplication(db: Db, studioId: string, personId: string): Promise<Application | undefined> {
  const [row] = await waitingOf(db, { studioId, personId });
  return row;
}

const waitingOf = keptStatement((db) =>
  db.select().from(applications).where(and(eq(applications.studioId, given("studioId", applications.studioId)), eq(applications.personId, given("personId", applications.personId)), inArray(applications.state, [...OPEN]))),
);

/** Those of these applications that wait in this very studio, oldest first, with whether each person is confirmed and still here. */
export function listDecidable(tx: Db, studioId: string, ids: readonly string[]): Promise<{ id: string; personId: string; verifiedAt: Date | null; status: string }[]> {
  if (ids.length === 0) return Promise.resolve([]);
  return selectDecidable(tx).where(and(eq(applications.studioId, studioId), inArray(applications.id, [...ids]), inArray(applications.state, [...OPEN]))).orderBy(asc(applications.id));
}

/** The first on the waiting list whom the platform may admit by itself. */
export async function findFirstWaiting(tx: Db, studioId: string): Promise<{ id: string; personId: string } | undefined> {
  const rows = await selectDecidable(tx).where(and(eq(applications.studioId, studioId), eq(applications.state, "waitlisted"), eq(persons.status, "active"))).orderBy(asc(applications.id)).limit(20);
  return rows.find((row) => row.verifiedAt !== null);
}

/** Applications of one person that wait anywhere. */
export function listApplicationsOf(db: Db, personId: string): Promise<Application[]> {
  return db.select().from(applications).where(and(eq(applications.personId, personId), inArray(applications.state, [...OPEN]))).orderBy(asc(applications.id));
}

/** @throws a duplicate (see `isDuplicate`) when one of the same person waits already */
export async function insertApplication(tx: Db, application: { studioId: string; personId: string; message: string; state: Application["state"] }, at: Date): Promise<string> {
  const decided = application.state === "admitted" ? { decidedAt: at } : {};
  const [row] = await tx.insert(applications).values({ ...application, ...decided, createdAt: at, createdBy: application.personId }).returning({ id: applications.id });
  if (!row) throw new Error("an insert returned nothing");
  return row.id;
}

/** Decides one that waits. @returns whether this call did */
export async function decideApplication(tx: Db, id: string, decision: { state: "admitted" | "declined" | "waitlisted" | "withdrawn"; by: string | null; reason?: string }, at: Date): Promise<boolean> {
  const decided = await tx
    .update(applications)
    .set({ state: decision.state, decidedBy: decision.by, decidedAt: at, reason: decision.reason ?? null })
    .where(and(eq(applications.id, id), inArray(applications.state, [...OPEN])))
    .returning({ id: applications.id });
  return decided.length === 1;
}

function selectDecidable(tx: Db) {
  return tx
    .select({ id: applications.id, personId: applications.personId, verifiedAt: identities.verifiedAt, status: persons.status })
    .from(applications)
    .innerJoin(identities, eq(identities.personId, applications.personId))
    .innerJoin(persons, eq(persons.id, applications.personId))
    .$dynamic();
}
