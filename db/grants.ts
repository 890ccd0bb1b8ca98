import { and, asc, count, eq, inArray, isNull, ne, or } from "drizzle-orm";
import { inSubtree } from "./regions.ts";
import { identities, persons, regions, roleGrants, schools } from "./schema/index.ts";
import type { Db } from "./types.ts";
import type { GovernanceRole } from "./viewer.ts";

export interface GrantSeen {
  id: string;
  personId: string;
  name: string;
  role: GovernanceRole;
  scopeType: "system" | "region" | "school" | "studio";
  scopeId: string;
  /** The name of the region or school; empty for the system. */
  place: string;
  from: Date;
}

export async function findGrant(db: Db, grantId: string): Promise<GrantSeen | undefined> {
  const [row] = await selectGrants(db).where(and(eq(roleGrants.id, grantId), isNull(roleGrants.to)));
  return row && seen(row);
}

/** Grants in force of some roles, oldest first. */
export async function listGrantsOfRoles(db: Db, roles: readonly GovernanceRole[], limit = 500): Promise<GrantSeen[]> {
  return (await selectGrants(db).where(and(inArray(roleGrants.role, [...roles]), isNull(roleGrants.to))).orderBy(asc(roleGrants.id)).limit(limit)).map(seen);
}

/** School coordinators and teaching researchers in force below a region. */
export async function listGrantsBelow(db: Db, regionId: string, limit = 500): Promise<GrantSeen[]> {
  const here = or(
    and(eq(roleGrants.role, "school_coordinator"), eq(roleGrants.scopeType, "school"), inSubtree(db, schools.regionId, [regionId])),
    and(eq(roleGrants.role, "teaching_researcher"), eq(roleGrants.scopeType, "region"), inSubtree(db, regions.id, [regionId])),
  );
  return (await selectGrants(db).where(and(inArray(roleGrants.role, ["school_coordinator", "teaching_researcher"]), here, isNull(roleGrants.to))).orderBy(asc(roleGrants.id)).limit(limit)).map(seen);
}

/** Ids of those who hold a role over one of these regions: whom an act of theirs is waited for from. */
export async function listHolderIds(db: Db, role: GovernanceRole, regionIds: readonly string[]): Promise<string[]> {
  const rows = await db
    .select({ personId: roleGrants.personId })
    .from(roleGrants)
    .where(and(eq(roleGrants.role, role), eq(roleGrants.scopeType, "region"), inArray(roleGrants.scopeId, [...regionIds]), isNull(roleGrants.to)))
    .limit(100);
  return rows.map((row) => row.personId);
}

/** How many can act by this role: grants in force of people whose account is active, all or all but this one's. */
export async function countGrants(tx: Db, role: GovernanceRole, { except }: { except?: string } = {}): Promise<number> {
  const [row] = await tx
    .select({ n: count() })
    .from(roleGrants)
    .innerJoin(persons, eq(persons.id, roleGrants.personId))
    .where(and(eq(roleGrants.role, role), isNull(roleGrants.to), eq(persons.status, "active"), except === undefined ? undefined : ne(persons.id, except)));
  return row?.n ?? 0;
}

/** @throws a duplicate (see `isDuplicate`) when the person holds this very grant */
export async function insertGrant(tx: Db, grant: { personId: string; role: GovernanceRole; scopeType: GrantSeen["scopeType"]; scopeId: string; grantedBy: string | null }, at: Date): Promise<string> {
  const [row] = await tx.insert(roleGrants).values({ ...grant, from: at }).returning({ id: roleGrants.id });
  if (!row) throw new Error("an insert returned nothing");
  return row.id;
}

/** @returns whether this call ended it */
export async function endGrantRow(tx: Db, grantId: string, endedBy: string, at: Date): Promise<boolean> {
  const ended = await tx.update(roleGrants).set({ to: at, endedBy }).where(and(eq(roleGrants.id, grantId), isNull(roleGrants.to))).returning({ id: roleGrants.id });
  return ended.length === 1;
}

function selectGrants(db: Db) {
  return db
    .select({ id: roleGrants.id, personId: roleGrants.personId, name: identities.name, role: roleGrants.role, scopeType: roleGrants.scopeType, scopeId: roleGrants.scopeId, from: roleGrants.from, region: regions.name, school: schools.name })
    .from(roleGrants)
    .innerJoin(identities, eq(identities.personId, roleGrants.personId))
    .leftJoin(regions, and(eq(roleGrants.scopeType, "region"), eq(regions.id, roleGrants.scopeId)))
    .leftJoin(schools, and(eq(roleGrants.scopeType, "school"), eq(schools.id, roleGrants.scopeId)))
    .$dynamic();
}

function seen({ region, school, ...row }: Omit<GrantSeen, "place"> & { region: string | null; school: string | null }): GrantSeen {
  return { ...row, place: region ?? school ?? "" };
}
