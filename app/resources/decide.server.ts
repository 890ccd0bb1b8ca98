import { and, eq, inArray } from "drizzle-orm";
import { recordEvidence } from "#db/evidence.ts";
import { enqueue } from "#db/jobs.ts";
import { notify } from "#db/notices.ts";
import { resourceDecisions, resources } from "#db/schema/index.ts";
import type { Db } from "#db/types.ts";
import type { Viewer } from "#db/viewer.ts";
import type { Permitted } from "../http/permitted.ts";
import type { ResourceSeen } from "./access.server.ts";

export type Decision = "approved" | "returned" | "rejected";

const STATE = { approved: "published", returned: "returned", rejected: "rejected" } as const;

/** The head of the group or the master decides on a submission. Deciding twice keeps the first decision. @returns whether this call decided */
export function decideResource(db: Db, decider: Viewer, resource: Permitted<"decide", ResourceSeen>, decision: Decision, reason: string, at = new Date()): Promise<boolean> {
  return db.transaction(async (tx) => {
    const published = decision === "approved";
    const changed = await tx
      .update(resources)
      .set({ state: STATE[decision], stateReason: reason || null, ...(published && { publishedAt: at }) })
      .where(and(eq(resources.id, resource.id), inArray(resources.state, ["submitted", "in_review"])))
      .returning({ id: resources.id });
    if (changed.length === 0) return false;
    await tx.insert(resourceDecisions).values({ resourceId: resource.id, decision, byId: decider.id, reason: reason || null, at });
    if (published) {
      await recordEvidence(tx, { personId: resource.ownerId, kind: "resource.published", occurredAt: at, lessonId: resource.lessonId, studioId: resource.studioId, object: { type: "resource", id: resource.id }, corroboratedBy: decider.id });
      if (resource.studioId) await enqueue(tx, "studio.figures", { studioId: resource.studioId }, { key: resource.studioId });
    }
    await notify(tx, [resource.ownerId], { kind: `resource.${decision}`, params: { title: resource.title, name: decider.name, reason }, href: `/resources/${resource.id}`, lessonId: resource.lessonId }, at);
    await enqueue(tx, "search.index", { kind: resource.kind, id: resource.id });
    return true;
  });
}
