import { and, asc, eq, inArray, isNull, sql } from "drizzle-orm";
import type { SeatRole } from "./schema/studios.ts";
import { identities, persons, schools, seats } from "./schema/index.ts";
import type { Db } from "./types.ts";

export interface SeatHolder {
  personId: string;
  name: string;
  role: SeatRole;
  groupId: string | null;
  school: string | null;
}

/** People with an open seat in a studio, by role or by part of a name, at most `limit`: a studio may have thousands. */
export function listSeatHolders(db: Db, studioId: string, which: { roles?: readonly SeatRole[]; name?: string; personIds?: readonly string[] }, limit = 200): Promise<SeatHolder[]> {
  const name = which.name?.trim();
  return db
    .select({ personId: seats.personId, name: identities.name, role: seats.role, groupId: seats.groupId, school: schools.name })
    .from(seats)
    .innerJoin(identities, eq(identities.personId, seats.personId))
    .innerJoin(persons, eq(persons.id, seats.personId))
    .leftJoin(schools, eq(schools.id, persons.schoolId))
    .where(
      and(
        eq(seats.studioId, studioId),
        isNull(seats.to),
        which.roles && inArray(seats.role, [...which.roles]),
        which.personIds && inArray(seats.personId, [...which.personIds]),
        name ? sql`${identities.name} like ${`%${name.replace(/[\\%_]/g, "\\$&")}%`} escape '\\'` : undefined,
      ),
    )
    .orderBy(asc(seats.role), asc(seats.id))
    .limit(limit);
}
