import { asc, eq } from "drizzle-orm";
import { listConsents } from "#db/consents.ts";
import { findIdentity } from "#db/identities.ts";
import { findPersonCard } from "#db/people.ts";
import { comments, evidenceEvents, freezes, lessonPlans, lessonRuns, notifications, reflections, registrations, seats } from "#db/schema/index.ts";
import { findSecondFactor } from "#db/second-factors.ts";
import type { Db } from "#db/types.ts";
import { ownSessions } from "./own-sessions.server.ts";
import type { Sessions } from "./sessions.ts";

/** The three logins of a person, readable, for her own eyes. */
export async function ownLogins(db: Db, sessions: Sessions, personId: string): Promise<{ email: string | null; phone: string | null; employee_no: string | null }> {
  const identity = await findIdentity(db, personId);
  const open = (sealed: string | null | undefined) => (sealed ? sessions.unseal(sealed) : null);
  return { email: open(identity?.emailSealed), phone: open(identity?.phoneSealed), employee_no: open(identity?.employeeNoSealed) };
}

/** Everything that the platform keeps of a person, for her own download. */
export async function ownData(db: Db, sessions: Sessions, personId: string): Promise<Record<string, unknown>> {
  return {
    madeAt: new Date().toISOString(),
    profile: await findPersonCard(db, personId),
    logins: await ownLogins(db, sessions, personId),
    signedIn: await ownSessions(db, personId, null),
    secondFactorSince: (await findSecondFactor(db, personId))?.createdAt ?? null,
    freezes: await db.select({ reason: freezes.reason, from: freezes.from, to: freezes.to }).from(freezes).where(eq(freezes.personId, personId)),
    consents: await listConsents(db, personId),
    seats: await db.select().from(seats).where(eq(seats.personId, personId)),
    plans: await db.select().from(lessonPlans).where(eq(lessonPlans.ownerId, personId)),
    lessonRuns: await db.select().from(lessonRuns).where(eq(lessonRuns.teacherId, personId)),
    reflections: await db.select().from(reflections).where(eq(reflections.personId, personId)),
    comments: await db.select().from(comments).where(eq(comments.authorId, personId)),
    seminars: await db.select().from(registrations).where(eq(registrations.personId, personId)),
    notices: await db.select().from(notifications).where(eq(notifications.personId, personId)),
    evidence: await db.select().from(evidenceEvents).where(eq(evidenceEvents.personId, personId)).orderBy(asc(evidenceEvents.position)),
  };
}
