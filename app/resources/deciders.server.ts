import { and, eq, inArray, isNull } from "drizzle-orm";
import { roleGrants, seats } from "#db/schema/index.ts";
import type { Db } from "#db/types.ts";

export interface Undecided {
  ownerId: string;
  /** Who submitted it, for herself or for its owner. */
  createdBy: string | null;
  studioId: string | null;
  groupId: string | null;
  /** From the county of the submitter up. */
  regionPath: readonly string[];
}

/**
 * Ids of those who may decide on a submission, as `policy.ts` has it: master and heads of the group; outside of studios the region's
 * teaching researchers. Never its owner nor who submitted it, so in a small group there may be nobody.
 */
export async function decidersOf(db: Db, { ownerId, createdBy, ...place }: Undecided): Promise<string[]> {
  const entitled = place.studioId ? await guidesOf(db, place.studioId, place.groupId) : await researchersOf(db, place.regionPath);
  return entitled.filter((id) => id !== ownerId && id !== createdBy);
}

async function guidesOf(db: Db, studioId: string, groupId: string | null): Promise<string[]> {
  const held = await db.select({ personId: seats.personId, role: seats.role, groupId: seats.groupId }).from(seats).where(and(eq(seats.studioId, studioId), isNull(seats.to), inArray(seats.role, ["master", "subject_lead"]))).limit(200);
  return held.filter((seat) => seat.role === "master" || (seat.groupId === groupId && groupId !== null)).map((seat) => seat.personId);
}

async function researchersOf(db: Db, regionPath: readonly string[]): Promise<string[]> {
  if (regionPath.length === 0) return [];
  const granted = await db.select({ personId: roleGrants.personId }).from(roleGrants).where(and(eq(roleGrants.role, "teaching_researcher"), isNull(roleGrants.to), inArray(roleGrants.scopeId, [...regionPath]))).limit(50);
  return granted.map((one) => one.personId);
}
