import { and, asc, count, countDistinct, eq, gt, gte, inArray, or } from "drizzle-orm";
import { keptAnswer } from "./kept-answers.ts";
import { given, keptStatement } from "./kept-statements.ts";
import { evidenceEvents, identities, seminars } from "./schema/index.ts";
import type { Db } from "./types.ts";

export interface PublicSeminar {
  id: string;
  title: string;
  state: (typeof seminars.$inferSelect)["state"];
  startsAt: Date;
  hostName: string;
}

/** A studio's seminars for everybody that are on or come next: what its home shows to visitors, who are nobody to the rule of `db/seminars.ts`. */
export function listPublicSeminars(db: Db, studioId: string, now: Date, limit: number): Promise<PublicSeminar[]> {
  const soon = or(inArray(seminars.state, ["lobby", "live", "paused"]), and(eq(seminars.state, "scheduled"), gt(seminars.endsAt, now)));
  return db
    .select({ id: seminars.id, title: seminars.title, state: seminars.state, startsAt: seminars.startsAt, hostName: identities.name })
    .from(seminars)
    .innerJoin(identities, eq(identities.personId, seminars.hostId))
    .where(and(eq(seminars.studioId, studioId), eq(seminars.visibility, "public"), soon))
    .orderBy(asc(seminars.startsAt), asc(seminars.id))
    .limit(limit);
}

export interface WeekInStudio {
  /** People, each once. */
  people: number;
  /** Acts by kind of evidence; kinds that nobody did are left out. */
  acts: { kind: string; n: number }[];
}

/** What was done in a studio since an instant, from its evidence: two statements, bounded by an index, whatever its size. */
export const doneSince = keptAnswer(async (db: Db, studioId: string, since: Date): Promise<WeekInStudio> => {
  const [all] = await peopleSince(db, { studioId, since });
  return { people: all?.people ?? 0, acts: await actsSince(db, { studioId, since }) };
});

const done = and(eq(evidenceEvents.studioId, given("studioId", evidenceEvents.studioId)), gte(evidenceEvents.occurredAt, given("since", evidenceEvents.occurredAt)));
const peopleSince = keptStatement((db) => db.select({ people: countDistinct(evidenceEvents.personId) }).from(evidenceEvents).where(done));
const actsSince = keptStatement((db) => db.select({ kind: evidenceEvents.kind, n: count() }).from(evidenceEvents).where(done).groupBy(evidenceEvents.kind));
