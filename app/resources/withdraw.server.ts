import { and, eq, inArray } from "drizzle-orm";
import { enqueue } from "#db/jobs.ts";
import { notify } from "#db/notices.ts";
import { resourceDecisions, resources } from "#db/schema/index.ts";
import type { Db } from "#db/types.ts";
import type { Permitted } from "../http/permitted.ts";
import type { ResourceSeen } from "./access.server.ts";

/**
 * Takes a publication back. It is gone from search and for everybody but its owner; what others made of it stays theirs, under the licence
 * under which they took it, and they are told.
 */
export function withdrawResource(db: Db, owner: { id: string }, resource: Permitted<"withdraw", ResourceSeen>, reason: string, at = new Date()): Promise<void> {
  return takeDown(db, resource, { state: "withdrawn", by: owner.id, reason, told: "resource.withdrawn" }, at);
}

/** The same by a moderator, with the reason that the owner is told. */
export function takeDownResource(db: Db, moderator: { id: string }, resource: Permitted<"moderate", ResourceSeen>, reason: string, at = new Date()): Promise<void> {
  return takeDown(db, resource, { state: "taken_down", by: moderator.id, reason, told: "resource.takenDown" }, at);
}

function takeDown(db: Db, resource: ResourceSeen, end: { state: "withdrawn" | "taken_down"; by: string; reason: string; told: string }, at: Date): Promise<void> {
  return db.transaction(async (tx) => {
    const changed = await tx.update(resources).set({ state: end.state, stateReason: end.reason || null }).where(and(eq(resources.id, resource.id), inArray(resources.state, ["submitted", "in_review", "published", "revising"]))).returning({ id: resources.id });
    if (changed.length === 0) return;
    await tx.insert(resourceDecisions).values({ resourceId: resource.id, decision: end.state, byId: end.by, reason: end.reason || null, at });
    await enqueue(tx, "resource.ended", { resourceId: resource.id, throughId: resource.id });
    if (resource.ownerId !== end.by) await notify(tx, [resource.ownerId], { kind: end.told, params: { title: resource.title, reason: end.reason }, href: `/resources/${resource.id}`, key: `resource.ended:${resource.id}` }, at);
    if (resource.studioId) await enqueue(tx, "studio.figures", { studioId: resource.studioId }, { key: resource.studioId });
    await enqueue(tx, "search.index", { kind: resource.kind, id: resource.id });
  });
}
