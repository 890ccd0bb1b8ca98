import { and, asc, eq, gt } from "drizzle-orm";
import { enqueue, type JobPayloads } from "#db/jobs.ts";
import { DIRECT_NOTICES, notify } from "#db/notices.ts";
import { findResource } from "#db/resources.ts";
import { attributions, resourceReuses } from "#db/schema/index.ts";
import type { Db } from "#db/types.ts";

/**
 * The job `resource.ended`: tells everybody who has a plan from a publication that it is gone, each with the way to that plan; then those
 * who took what others made from it. A slice a run; the key of the notice keeps a repeated slice from telling anybody twice.
 */
export function tellReusers(db: Db, { resourceId, throughId, afterReuseId }: JobPayloads["resource.ended"], at = new Date()): Promise<void> {
  return db.transaction(async (tx) => {
    const ended = await findResource(tx, resourceId);
    if (!ended || (ended.state !== "withdrawn" && ended.state !== "taken_down")) return;
    const slice = await tx
      .select({ id: resourceReuses.id, personId: resourceReuses.personId, planId: resourceReuses.planId })
      .from(resourceReuses)
      .where(and(eq(resourceReuses.resourceId, throughId), afterReuseId ? gt(resourceReuses.id, afterReuseId) : undefined))
      .orderBy(asc(resourceReuses.id))
      .limit(DIRECT_NOTICES);
    const kind = `resource.${ended.state === "withdrawn" ? "withdrawn" : "removed"}${throughId === resourceId ? "" : "Upstream"}`;
    for (const { personId, planId } of slice) {
      if (personId !== ended.ownerId) await notify(tx, [personId], { kind, params: { title: ended.title }, href: `/plans/${planId}`, key: `resource.ended:${resourceId}` }, at);
    }
    const last = slice.at(-1);
    if (last && slice.length === DIRECT_NOTICES) await enqueue(tx, "resource.ended", { resourceId, throughId, afterReuseId: last.id });
    if (afterReuseId) return;
    const madeFromIt = await tx.selectDistinct({ id: attributions.resourceId }).from(attributions).where(and(eq(attributions.sourceResourceId, throughId), eq(attributions.relation, "remix")));
    for (const { id } of madeFromIt) await enqueue(tx, "resource.ended", { resourceId, throughId: id });
  });
}
