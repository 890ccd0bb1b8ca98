import { and, eq, isNull } from "drizzle-orm";
import { keptAnswer } from "./kept-answers.ts";
import { given, keptStatement } from "./kept-statements.ts";
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
  /** Offices that wait for a second factor, where it is demanded. */
  withheld?: readonly ViewerGrant[];
}

const personBy = keptStatement((db) =>
  db
    .select({
      id: persons.id, name: identities.name, locale: persons.locale, theme: persons.theme, schoolId: persons.schoolId, regionId: schools.regionId, stages: persons.stages, subjects: persons.subjects, verifiedAt: identities.verifiedAt,
    })
    .from(persons)
    .innerJoin(identities, eq(identities.personId, persons.id))
    .leftJoin(schools, eq(schools.id, persons.schoolId))
    .where(and(eq(persons.id, given("personId", persons.id)), eq(persons.status, "active"))),
);

const openSeats = keptStatement((db) =>
  db
    .select({ id: seats.id, studioId: seats.studioId, role: seats.role, groupId: seats.groupId })
    .from(seats)
    .where(and(eq(seats.personId, given("personId", seats.personId)), isNull(seats.to))),
);

const grantsOf = keptStatement((db) =>
  db
    .select({ role: roleGrants.role, scopeType: roleGrants.scopeType, scopeId: roleGrants.scopeId, from: roleGrants.from, to: roleGrants.to })
    .from(roleGrants)
    .where(eq(roleGrants.personId, given("personId", roleGrants.personId))),
);

const standing = keptAnswer(async (db: Db, personId: string) => {
  const [row] = await personBy(db, { personId });
  if (!row) return undefined;
  const { verifiedAt, ...person } = row;
  return { person: { ...person, verified: verifiedAt !== null }, seats: await openSeats(db, { personId }), grants: await grantsOf(db, { personId }) };
});

/** A person as a viewer, or undefined when there is none or the account is not active. */
export async function findViewer(db: Db, personId: string, now = new Date()): Promise<Viewer | undefined> {
  const found = await standing(db, personId);
  if (!found) return undefined;
  const grants = found.grants.filter(({ from, to }) => from <= now && (to === null || to > now)).map(({ role, scopeType, scopeId }) => ({ role, scopeType, scopeId }));
  return { ...found.person, seats: found.seats, grants };
}
