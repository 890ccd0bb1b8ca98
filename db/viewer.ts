import { and, eq, gt, isNull, lte, or } from "drizzle-orm";
import { identities, persons, roleGrants, schools, seats } from "./schema/index.ts";
import type { GOVERNANCE_ROLES } from "./schema/people.ts";
import type { SeatRole } from "./schema/studios.ts";
import type { Db } from "./types.ts";

export type GovernanceRole = (typeof GOVERNANCE_ROLES)[number];

export interface ViewerSeat {
  id: string;
  studioId: string;
  role: SeatRole;
  groupId: string | null;
}

export interface ViewerGrant {
  role: GovernanceRole;
  scopeType: "system" | "region" | "school" | "studio";
  /** Region, school or studio id; empty for the system. */
  scopeId: string;
}

/** The person who asks, with everything that rules look at. Built once a request. */
export interface Viewer {
  id: string;
  name: string;
  locale: "zh-CN" | "en";
  theme: "system" | "light" | "dark";
  schoolId: string | null;
  /** The county of the school. */
  regionId: string | null;
  stages: readonly string[];
  subjects: readonly string[];
  /** Confirmed by a school coordinator or region administrator. Until then: read, write and apply, but neither publish nor be appointed. */
  verified: boolean;
  seats: readonly ViewerSeat[];
  grants: readonly ViewerGrant[];
}

/** A person as a viewer, or undefined when there is none or the account is not active. */
export async function findViewer(db: Db, personId: string, now = new Date()): Promise<Viewer | undefined> {
  const [row] = await db
    .select({ person: persons, name: identities.name, verifiedAt: identities.verifiedAt, regionId: schools.regionId })
    .from(persons)
    .innerJoin(identities, eq(identities.personId, persons.id))
    .leftJoin(schools, eq(schools.id, persons.schoolId))
    .where(and(eq(persons.id, personId), eq(persons.status, "active")));
  if (!row) return undefined;
  const held = await db.select({ id: seats.id, studioId: seats.studioId, role: seats.role, groupId: seats.groupId }).from(seats).where(and(eq(seats.personId, personId), isNull(seats.to)));
  const grants = await db
    .select({ role: roleGrants.role, scopeType: roleGrants.scopeType, scopeId: roleGrants.scopeId })
    .from(roleGrants)
    .where(and(eq(roleGrants.personId, personId), lte(roleGrants.from, now), or(isNull(roleGrants.to), gt(roleGrants.to, now))));
  const { person } = row;
  return { id: person.id, name: row.name, locale: person.locale, theme: person.theme, schoolId: person.schoolId, regionId: row.regionId, stages: person.stages, subjects: person.subjects, verified: row.verifiedAt !== null, seats: held, grants };
}
