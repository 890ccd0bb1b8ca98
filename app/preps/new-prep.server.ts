import { asc, eq } from "drizzle-orm";
import { isId } from "#db/ids.ts";
import { listSeatHolders } from "#db/prep-people.ts";
import { studioGroups, studios } from "#db/schema/index.ts";
import type { Db } from "#db/types.ts";
import type { Viewer } from "#db/viewer.ts";
import { refuse } from "../http/refusals.ts";
import { seatIn } from "../people/standing.ts";
import { canStartPrep, WRITING_ROLES } from "./policy.ts";

/**
 * A studio as the form of a new prep needs it: its groups, who may write, who may look on (trainees are asked afterwards, by name).
 *
 * @throws Response notThere for whoever has no seat in it, notAllowed for those who may not start a prep
 */
export async function studioForPrep(db: Db, viewer: Viewer, studioId: string | undefined) {
  const seat = seatIn(viewer, studioId);
  const [studio] = isId(studioId) && seat ? await db.select({ id: studios.id, name: studios.name, subject: studios.subject }).from(studios).where(eq(studios.id, studioId)) : [];
  if (!studio || !seat) throw refuse("notThere");
  if (!canStartPrep(viewer, studio.id)) throw refuse("notAllowed");
  const groups = await db.select({ id: studioGroups.id, name: studioGroups.name }).from(studioGroups).where(eq(studioGroups.studioId, studio.id)).orderBy(asc(studioGroups.id));
  const people = await listSeatHolders(db, studio.id, { roles: [...WRITING_ROLES, "guest_expert", "studio_assistant"] });
  return { ...studio, groups, myGroupId: seat.groupId, writers: people.filter((one) => WRITING_ROLES.includes(one.role)), others: people.filter((one) => !WRITING_ROLES.includes(one.role)) };
}
