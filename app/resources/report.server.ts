import { and, asc, eq, inArray, isNull } from "drizzle-orm";
import { isDuplicate } from "#db/errors.ts";
import type { GROUNDS } from "./grounds.ts";
import { notify } from "#db/notices.ts";
import { moderationCases, resources, roleGrants } from "#db/schema/index.ts";
import type { Db } from "#db/types.ts";
import type { Viewer } from "#db/viewer.ts";
import type { Permitted } from "../http/permitted.ts";
import type { ResourceSeen } from "./access.server.ts";



/** Puts a publication before the moderators. Reporting it again while it waits is the same report. */
export async function reportResource(db: Db, reporter: Viewer, resource: Permitted<"report", ResourceSeen>, report: { ground: (typeof GROUNDS)[number]; detail: string }, at = new Date()): Promise<void> {
  try {
    await db.transaction(async (tx) => {
      await tx.insert(moderationCases).values({ resourceId: resource.id, reporterId: reporter.id, ...report, createdAt: at, createdBy: reporter.id });
      const moderators = await tx.select({ personId: roleGrants.personId }).from(roleGrants).where(and(eq(roleGrants.role, "moderator"), isNull(roleGrants.to))).limit(50);
      await notify(tx, moderators.map((one) => one.personId), { kind: "resource.reported", params: { title: resource.title }, href: "/moderation", key: `resource.reported:${resource.id}` }, at);
    });
  } catch (error) {
    if (!isDuplicate(error)) throw error;
  }
}

/** Reports that wait, oldest first. */
export function listOpenCases(db: Db, limit = 100) {
  return db
    .select({ id: moderationCases.id, resourceId: moderationCases.resourceId, title: resources.title, ground: moderationCases.ground, detail: moderationCases.detail, createdAt: moderationCases.createdAt })
    .from(moderationCases)
    .innerJoin(resources, eq(resources.id, moderationCases.resourceId))
    .where(inArray(moderationCases.state, ["reported", "triaged"]))
    .orderBy(asc(moderationCases.id))
    .limit(limit);
}

/** Ends every open report on one publication, and tells those who reported. */
export function closeCases(tx: Db, moderator: { id: string }, resource: { id: string; title: string }, state: "actioned" | "dismissed", reason: string, at = new Date()): Promise<void> {
  return tx.transaction(async (inner) => {
    const closed = await inner
      .update(moderationCases)
      .set({ state, decidedBy: moderator.id, decidedAt: at, reason })
      .where(and(eq(moderationCases.resourceId, resource.id), inArray(moderationCases.state, ["reported", "triaged"])))
      .returning({ reporterId: moderationCases.reporterId });
    await notify(inner, closed.map((one) => one.reporterId).slice(0, 200), { kind: `report.${state}`, params: { title: resource.title }, href: "/inbox", key: `report.closed:${resource.id}:${at.getTime()}` }, at);
  });
}
