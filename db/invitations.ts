import { and, asc, count, desc, eq, gt, lte } from "drizzle-orm";
import { alias } from "./dialect.ts";
import { given, keptStatement } from "./kept-statements.ts";
import { identities, invitations, studioGroups, studios } from "./schema/index.ts";
import type { Db } from "./types.ts";

export type Invitation = typeof invitations.$inferSelect;

export interface InvitationSeen extends Invitation {
  studio: string;
  group: string | null;
  /** Whom it names, and who wrote it. */
  personName: string;
  byName: string | null;
}

/** An invitation waits this long for its answer. */
export const INVITATION_MS = 30 * 86_400_000;

/** One invitation; an open one whose time is over reads as expired. Who may see it is asked by `app/studios/access.server.ts`. */
export async function findInvitation(db: Db, invitationId: string, now: Date): Promise<InvitationSeen | undefined> {
  const [row] = await selectInvitations(db).where(eq(invitations.id, invitationId));
  return row && { ...row, state: row.state === "open" && row.expiresAt <= now ? "expired" : row.state };
}

/** Invitations of a studio that wait for an answer, newest first. */
export function listOpenInvitations(db: Db, studioId: string, now: Date, limit = 100): Promise<InvitationSeen[]> {
  return selectInvitations(db).where(and(eq(invitations.studioId, studioId), eq(invitations.state, "open"), gt(invitations.expiresAt, now))).orderBy(desc(invitations.id)).limit(limit);
}

/** Invitations that wait for this person's answer. */
export function listInvitationsFor(db: Db, personId: string, now: Date): Promise<InvitationSeen[]> {
  return selectInvitations(db).where(and(eq(invitations.personId, personId), eq(invitations.state, "open"), gt(invitations.expiresAt, now))).orderBy(asc(invitations.id)).limit(50);
}

export async function findOpenInvitation(db: Db, studioId: string, personId: string, now: Date): Promise<Invitation | undefined> {
  const [row] = await openFor(db, { studioId, personId, now });
  return row;
}

const openFor = keptStatement((db) =>
  db
    .select()
    .from(invitations)
    .where(and(eq(invitations.studioId, given("studioId", invitations.studioId)), eq(invitations.personId, given("personId", invitations.personId)), eq(invitations.state, "open"), gt(invitations.expiresAt, given("now", invitations.expiresAt)))),
);

export async function countOpenInvitations(db: Db, studioId: string, role: Invitation["role"], now: Date): Promise<number> {
  const [row] = await db.select({ n: count() }).from(invitations).where(and(eq(invitations.studioId, studioId), eq(invitations.role, role), eq(invitations.state, "open"), gt(invitations.expiresAt, now)));
  return row?.n ?? 0;
}

/** Closes what nobody answered in time, so that the person can be invited again. */
export async function expireInvitations(tx: Db, studioId: string, personId: string, now: Date): Promise<void> {
  await tx.update(invitations).set({ state: "expired" }).where(and(eq(invitations.studioId, studioId), eq(invitations.personId, personId), eq(invitations.state, "open"), lte(invitations.expiresAt, now)));
}

/** @throws a duplicate (see `isDuplicate`) when the person has an open invitation of that studio */
export async function insertInvitation(tx: Db, invitation: Pick<Invitation, "studioId" | "personId" | "role" | "groupId" | "message"> & { createdBy: string }, at: Date): Promise<string> {
  const [row] = await tx.insert(invitations).values({ ...invitation, expiresAt: new Date(at.getTime() + INVITATION_MS), createdAt: at }).returning({ id: invitations.id });
  if (!row) throw new Error("an insert returned nothing");
  return row.id;
}

/** Answers an open invitation. @returns whether this call did: a second answer finds it closed */
export async function closeInvitation(tx: Db, invitationId: string, state: "accepted" | "declined" | "withdrawn", at: Date): Promise<boolean> {
  const closed = await tx.update(invitations).set({ state, answeredAt: at }).where(and(eq(invitations.id, invitationId), eq(invitations.state, "open"))).returning({ id: invitations.id });
  return closed.length === 1;
}

function selectInvitations(db: Db) {
  const writer = alias(identities, "writer");
  return db
    .select({
      id: invitations.id, studioId: invitations.studioId, personId: invitations.personId, role: invitations.role, groupId: invitations.groupId, message: invitations.message, state: invitations.state,
      expiresAt: invitations.expiresAt, answeredAt: invitations.answeredAt, createdAt: invitations.createdAt, createdBy: invitations.createdBy,
      studio: studios.name, group: studioGroups.name, personName: identities.name, byName: writer.name,
    })
    .from(invitations)
    .innerJoin(studios, eq(studios.id, invitations.studioId))
    .innerJoin(identities, eq(identities.personId, invitations.personId))
    .leftJoin(studioGroups, eq(studioGroups.id, invitations.groupId))
    .leftJoin(writer, eq(writer.personId, invitations.createdBy))
    .$dynamic();
}
