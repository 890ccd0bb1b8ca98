import { and, count, desc, eq, inArray, isNull, lt, ne, or, sql, type SQL } from "drizzle-orm";
import { keptAnswer } from "./kept-answers.ts";
import { given, keptStatement } from "./kept-statements.ts";
import { attributions, identities, lessonPlans, moderationCases, regions, resourceDecisions, resourceReuses, resources, resourceVersions, studioGroups, studios } from "./schema/index.ts";
import type { Db } from "./types.ts";
import type { Viewer } from "./viewer.ts";

export type ResourceRow = typeof resources.$inferSelect;
export type ResourceVersion = typeof resourceVersions.$inferSelect;

export interface Resource extends ResourceRow {
  ownerName: string;
  studioName: string | null;
  groupName: string | null;
  /** Kind of the plan that it was made from. */
  planKind: (typeof lessonPlans.$inferSelect)["kind"];
}

/** One publication, or undefined when it does not exist or this person (null: a visitor) may not know that it does. */
export async function findVisibleResource(db: Db, viewer: Viewer | null, resourceId: string): Promise<Resource | undefined> {
  // What visitors may know of everybody may: one answer for all. What is not open is asked for by who asks.
  return (await seenBy(db, null, resourceId)) ?? (viewer ? seenBy(db, viewer, resourceId) : undefined);
}

const seenBy = keptAnswer(async (db: Db, viewer: Viewer | null, resourceId: string): Promise<Resource | undefined> => {
  const [resource] = viewer ? await selectResources(db).where(and(eq(resources.id, resourceId), resourcesVisibleTo(viewer))).limit(1) : await openOne(db, { resourceId });
  return resource;
});

const openOne = keptStatement((db) => selectResources(db).where(and(eq(resources.id, given("resourceId", resources.id)), resourcesVisibleTo(null))).limit(1));

/** For acts of the platform itself: indexing, counting. */
export async function findResource(db: Db, resourceId: string): Promise<Resource | undefined> {
  const [resource] = await selectResources(db).where(eq(resources.id, resourceId)).limit(1);
  return resource;
}

/** Published ones among these ids that the person may see, for search results: in no order. */
export function listVisibleResources(db: Db, viewer: Viewer | null, ids: readonly string[]): Promise<Resource[]> {
  if (ids.length === 0) return Promise.resolve([]);
  return selectResources(db).where(and(inArray(resources.id, [...ids]), eq(resources.state, "published"), resourcesVisibleTo(viewer)));
}

/** A person's own publications and submissions, newest first, keyset-paged by id. */
export function listOwnResources(db: Db, viewer: Viewer, page: { before?: string; limit: number }): Promise<Resource[]> {
  return selectResources(db).where(and(eq(resources.ownerId, viewer.id), page.before ? lt(resources.id, page.before) : undefined)).orderBy(desc(resources.id)).limit(page.limit);
}

/** Submissions that wait for this person: of studios where they are master, of groups that they head; never their own. */
export function listSubmissionsFor(db: Db, viewer: Viewer, limit = 50): Promise<Resource[]> {
  const mine = decidableBy(viewer);
  if (!mine) return Promise.resolve([]);
  return selectResources(db).where(and(eq(resources.state, "submitted"), notBy(viewer), mine)).orderBy(resources.id).limit(limit);
}

export async function countSubmissionsFor(db: Db, viewer: Viewer): Promise<number> {
  const mine = decidableBy(viewer);
  return mine ? db.$count(resources, and(eq(resources.state, "submitted"), notBy(viewer), mine)) : 0;
}

/** Neither their own work nor what they submitted for its author: nobody decides on that. */
function notBy(viewer: Viewer): SQL | undefined {
  return and(ne(resources.ownerId, viewer.id), or(isNull(resources.createdBy), ne(resources.createdBy, viewer.id)));
}

/** How many reports nobody has decided on. */
export function countOpenCases(db: Db): Promise<number> {
  return db.$count(moderationCases, inArray(moderationCases.state, ["reported", "triaged"]));
}

/** A person's publications that the viewer may see, newest first. */
export function listResourcesOf(db: Db, viewer: Viewer, personId: string, limit: number): Promise<Resource[]> {
  return selectResources(db).where(and(eq(resources.ownerId, personId), eq(resources.state, "published"), resourcesVisibleTo(viewer))).orderBy(desc(resources.id)).limit(limit);
}

/** The submission or publication of one kind that was made from a lesson and still stands. */
export async function findStanding(db: Db, planId: string, kind: ResourceRow["kind"]): Promise<ResourceRow | undefined> {
  const [row] = await db.select().from(resources).where(and(eq(resources.planId, planId), eq(resources.kind, kind), inArray(resources.state, ["submitted", "in_review", "published", "revising"]))).limit(1);
  return row;
}

/** Publications of a lesson that the person may see, newest first. */
export function listResourcesOfLesson(db: Db, viewer: Viewer | null, lessonId: string): Promise<Resource[]> {
  return selectResources(db).where(and(eq(resources.lessonId, lessonId), resourcesVisibleTo(viewer))).orderBy(desc(resources.id)).limit(20);
}

/** The version that is read now. */
export async function findCurrentVersion(db: Db, resource: Pick<ResourceRow, "currentVersionId">): Promise<ResourceVersion | undefined> {
  return resource.currentVersionId ? versionBy(db, resource.currentVersionId) : undefined;
}

const versionBy = keptAnswer(async (db: Db, versionId: string): Promise<ResourceVersion | undefined> => {
  const [version] = await versionOf(db, { versionId });
  return version;
});

const versionOf = keptStatement((db) => db.select().from(resourceVersions).where(eq(resourceVersions.id, given("versionId", resourceVersions.id))));

/** How these versions came to be, by their ids. */
export async function findProcesses(db: Db, versionIds: readonly string[]): Promise<Map<string, ResourceVersion["process"]>> {
  const rows = versionIds.length > 0 ? await db.select({ id: resourceVersions.id, process: resourceVersions.process }).from(resourceVersions).where(inArray(resourceVersions.id, [...versionIds])) : [];
  return new Map(rows.map((row) => [row.id, row.process]));
}

/** How many are named of each of these publications; one that names nobody is absent. */
export async function countNamed(db: Db, resourceIds: readonly string[]): Promise<Map<string, number>> {
  if (resourceIds.length === 0) return new Map();
  const rows = await db
    .select({ resourceId: attributions.resourceId, n: count() })
    .from(attributions)
    .innerJoin(identities, eq(identities.personId, attributions.personId))
    .where(inArray(attributions.resourceId, [...resourceIds]))
    .groupBy(attributions.resourceId);
  return new Map(rows.map((row) => [row.resourceId, row.n]));
}

/** Which publication a version belongs to, whoever asks. */
export async function findResourceIdOfVersion(db: Db, versionId: string): Promise<string | undefined> {
  const [row] = await db.select({ resourceId: resourceVersions.resourceId }).from(resourceVersions).where(eq(resourceVersions.id, versionId)).limit(1);
  return row?.resourceId;
}

/** The publication that a plan stands on, through its copies; undefined for a plan of one's own making. Whoever asks. */
export async function findUpstream(db: Db, planId: string): Promise<Pick<ResourceRow, "id" | "licence" | "studioId"> | undefined> {
  const passed = new Set<string>();
  for (let at: string | null = planId; at !== null && !passed.has(at); ) {
    passed.add(at);
    const [plan]: { upstreamPlanId: string | null; upstreamResourceId: string | null }[] = await db.select({ upstreamPlanId: lessonPlans.upstreamPlanId, upstreamResourceId: lessonPlans.upstreamResourceId }).from(lessonPlans).where(eq(lessonPlans.id, at));
    if (plan?.upstreamResourceId) {
      const [found] = await db.select({ id: resources.id, licence: resources.licence, studioId: resources.studioId }).from(resources).where(eq(resources.id, plan.upstreamResourceId));
      return found;
    }
    at = plan?.upstreamPlanId ?? null;
  }
  return undefined;
}

/** The plan that this person made of a publication last, and when; undefined when she never took it. */
export async function findOwnReuse(db: Db, personId: string, resourceId: string): Promise<{ planId: string; at: Date } | undefined> {
  const [last] = await reusesBy(db, { personId, resourceId });
  return last;
}

const reusesBy = keptStatement((db) =>
  db
    .select({ planId: resourceReuses.planId, at: resourceReuses.at })
    .from(resourceReuses)
    .where(and(eq(resourceReuses.personId, given("personId", resourceReuses.personId)), eq(resourceReuses.resourceId, given("resourceId", resourceReuses.resourceId))))
    .orderBy(desc(resourceReuses.id))
    .limit(1),
);

/** Who is named, in order. */
export const listAttributions = keptAnswer(
  (db: Db, resourceId: string): Promise<{ personId: string | null; name: string | null; relation: (typeof attributions.$inferSelect)["relation"]; sourceResourceId: string | null; sourceTitle: string | null }[]> => namedOf(db, { resourceId }),
);

const namedOf = keptStatement((db) =>
  db
    .select({ personId: attributions.personId, name: identities.name, relation: attributions.relation, sourceResourceId: attributions.sourceResourceId, sourceTitle: resources.title })
    .from(attributions)
    .leftJoin(identities, eq(identities.personId, attributions.personId))
    .leftJoin(resources, eq(resources.id, attributions.sourceResourceId))
    .where(eq(attributions.resourceId, given("resourceId", attributions.resourceId)))
    .orderBy(attributions.position),
);

export function listDecisions(db: Db, resourceId: string) {
  return db.select().from(resourceDecisions).where(eq(resourceDecisions.resourceId, resourceId)).orderBy(desc(resourceDecisions.id));
}

/**
 * The one place that says which publications somebody may know exist. Published ones: anybody, but `studio_only` those who hold a seat in
 * the studio. What waits for a decision or was sent back: its owner, and those who decide. Withdrawn and taken down: the owner alone.
 */
export function resourcesVisibleTo(viewer: Viewer | null): SQL | undefined {
  const open = and(eq(resources.state, "published"), ne(resources.licence, "studio_only"));
  if (!viewer) return open;
  const inside = and(eq(resources.state, "published"), inArray(resources.studioId, viewer.seats.map((seat) => seat.studioId)));
  const decided = decidableBy(viewer);
  // `and` leaves out what is undefined: whoever decides on nothing would see everything that waits.
  const waiting = decided && and(inArray(resources.state, ["submitted", "in_review"]), decided);
  const moderated = viewer.grants.some((grant) => grant.role === "moderator") ? eq(resources.state, "published") : undefined;
  return or(open, inside, waiting, moderated, eq(resources.ownerId, viewer.id));
}

/** In a query over `resources`: this person decides on submissions of its group or studio, or, without a studio, of its region. */
function decidableBy(viewer: Viewer): SQL | undefined {
  const mastered = viewer.seats.filter((seat) => seat.role === "master").map((seat) => seat.studioId);
  const headed = viewer.seats.flatMap((seat) => (seat.role === "subject_lead" && seat.groupId ? [seat.groupId] : []));
  const granted = viewer.grants.filter((grant) => grant.role === "teaching_researcher" && grant.scopeType === "region").map((grant) => grant.scopeId);
  const ways = [
    mastered.length > 0 ? inArray(resources.studioId, mastered) : undefined,
    headed.length > 0 ? inArray(resources.groupId, headed) : undefined,
    granted.length > 0 ? sql`${resources.regionId} in (select ${regions.id} from ${regions} where ${inArray(regions.id, granted)} or ${inArray(regions.parentId, granted)} or ${regions.parentId} in (select r2.id from ${regions} r2 where ${inArray(sql`r2.parent_id`, granted)}))` : undefined,
  ].filter((way) => way !== undefined);
  return ways.length > 0 ? or(...ways) : undefined;
}

function selectResources(db: Db) {
  const columns = {
    id: resources.id, lessonId: resources.lessonId, planId: resources.planId, kind: resources.kind, title: resources.title, abstract: resources.abstract, lessonNodeId: resources.lessonNodeId,
    stage: resources.stage, subject: resources.subject, grade: resources.grade, ownerId: resources.ownerId, studioId: resources.studioId, groupId: resources.groupId, regionId: resources.regionId,
    licence: resources.licence, state: resources.state, stateReason: resources.stateReason, currentVersionId: resources.currentVersionId, publishedAt: resources.publishedAt,
    reuseCount: resources.reuseCount, createdAt: resources.createdAt, createdBy: resources.createdBy, version: resources.version,
    ownerName: identities.name, studioName: studios.name, groupName: studioGroups.name, planKind: lessonPlans.kind,
  };
  return db
    .select(columns)
    .from(resources)
    .innerJoin(identities, eq(identities.personId, resources.ownerId))
    .innerJoin(lessonPlans, eq(lessonPlans.id, resources.planId))
    .leftJoin(studios, eq(studios.id, resources.studioId))
    .leftJoin(studioGroups, eq(studioGroups.id, resources.groupId))
    .$dynamic();
}
