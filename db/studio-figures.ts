import { and, count, countDistinct, eq, gte, inArray, isNull, or, sql } from "drizzle-orm";
import { schoolDay, schoolYear, startOfSchoolDay } from "./school-day.ts";
import { keptAnswer } from "./kept-answers.ts";
import { given, keptStatement } from "./kept-statements.ts";
import { evidenceEvents, persons, resources, schools, seats, seminars, studioFigures } from "./schema/index.ts";
import type { Db } from "./types.ts";

export type StudioFigures = typeof studioFigures.$inferSelect;

/** The Monday of the school week of an instant, as `YYYY-MM-DD`. */
export function mondayOf(at: Date): string {
  const noon = new Date(startOfSchoolDay(schoolDay(at)).getTime() + 12 * 3_600_000);
  const sinceMonday = (noon.getUTCDay() + 6) % 7;
  return schoolDay(new Date(noon.getTime() - sinceMonday * 86_400_000));
}

export const findFigures = keptAnswer(async (db: Db, studioId: string): Promise<StudioFigures | undefined> => {
  const [row] = await figuresOf(db, { studioId });
  return row;
});

const figuresOf = keptStatement((db) => db.select().from(studioFigures).where(eq(studioFigures.studioId, given("studioId", studioFigures.studioId))));

/** Counts a studio's figures anew from its rows and keeps them. Costs what the studio is large: for jobs, never for a request. Twice is once. */
export async function countFigures(db: Db, studioId: string, at: Date): Promise<void> {
  const open = and(eq(seats.studioId, studioId), isNull(seats.to));
  const byRole = await db.select({ role: seats.role, n: count() }).from(seats).where(open).groupBy(seats.role);
  const of = (role: string) => byRole.find((row) => row.role === role)?.n ?? 0;
  const [rural] = await db
    .select({ n: count() })
    .from(seats)
    .innerJoin(persons, eq(persons.id, seats.personId))
    .innerJoin(schools, eq(schools.id, persons.schoolId))
    .where(and(open, or(eq(schools.locale, "rural"), eq(schools.remote, true))));
  const [published] = await db
    .select({ cases: sql<number>`coalesce(sum(case when ${resources.kind} = 'teaching_case' then 1 else 0 end), 0)`.mapWith(Number), reuses: sql<number>`coalesce(sum(${resources.reuseCount}), 0)`.mapWith(Number) })
    .from(resources)
    .where(and(eq(resources.studioId, studioId), inArray(resources.state, ["published", "revising"])));
  const [held] = await db
    .select({ n: count() })
    .from(seminars)
    .where(and(eq(seminars.studioId, studioId), inArray(seminars.state, ["ended", "reported"]), gte(seminars.startsAt, startOfSchoolDay(`${schoolYear(at)}-09-01`))));
  const weekOf = mondayOf(at);
  const [active] = await db
    .select({ n: countDistinct(evidenceEvents.personId) })
    .from(evidenceEvents)
    .innerJoin(seats, and(eq(seats.personId, evidenceEvents.personId), open, eq(seats.role, "trainee")))
    .where(and(eq(evidenceEvents.studioId, studioId), gte(evidenceEvents.occurredAt, startOfSchoolDay(weekOf))));
  const figures = {
    members: byRole.reduce((sum, row) => sum + row.n, 0),
    youngTeachers: of("young_teacher"),
    trainees: of("trainee"),
    ruralRemote: rural?.n ?? 0,
    cases: published?.cases ?? 0,
    reuses: published?.reuses ?? 0,
    seminarsThisYear: held?.n ?? 0,
    activeThisWeek: active?.n ?? 0,
    weekOf,
    asOf: at,
  };
  await db.insert(studioFigures).values({ studioId, ...figures }).onConflictDoUpdate({ target: studioFigures.studioId, set: figures });
}
