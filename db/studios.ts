import { and, desc, eq, inArray, isNull, lt, ne, or, type SQL, sql } from "drizzle-orm";
import { alias, engine } from "./dialect.ts";
import { keptAnswer } from "./kept-answers.ts";
import { contains } from "./like.ts";
import { inSubtree } from "./regions.ts";
import { identities, regions, studioFigures, studios, studioTerms } from "./schema/index.ts";
import type { STAGES, SUBJECTS } from "./schema/curriculum.ts";
import type { Db } from "./types.ts";
import type { Viewer } from "./viewer.ts";

export type Studio = typeof studios.$inferSelect;
export type StudioFigures = typeof studioFigures.$inferSelect;

/** A studio as its pages show it. */
export interface StudioSeen extends Studio {
  /** Ids from the studio's region up to the province. */
  regionPath: string[];
  /** The names of the same, the province left out unless it is all there is: 丽水市景宁畲族自治县. */
  regionName: string;
  masterName: string;
  term: { no: number; from: Date; to: Date } | null;
}

export interface StudioCard {
  id: string;
  name: string;
  level: Studio["level"];
  status: Studio["status"];
  stages: Studio["stages"];
  subject: Studio["subject"];
  intro: string;
  region: string;
  masterName: string;
  members: number;
  recruitPolicy: Studio["recruitPolicy"];
}

export interface StudioFilter {
  /** A region and everything below it. */
  regionId?: string | undefined;
  subject?: (typeof SUBJECTS)[number] | undefined;
  stage?: (typeof STAGES)[number] | undefined;
  level?: Studio["level"] | undefined;
  /** Part of the name. */
  name?: string | undefined;
}

/** One studio, or undefined when there is none or the viewer may not know of it. At most two statements. */
export async function findVisibleStudio(db: Db, viewer: Viewer | null, studioId: string): Promise<StudioSeen | undefined> {
  // What visitors may know of everybody may: one answer for all. Drafts are asked for by who asks.
  return (await seenBy(db, null, studioId)) ?? (viewer ? seenBy(db, viewer, studioId) : undefined);
}

const seenBy = keptAnswer(async (db: Db, viewer: Viewer | null, studioId: string): Promise<StudioSeen | undefined> => (await findVisibleStudios(db, viewer, [studioId]))[0]);

/** Those of these that the viewer may know of, in no order. One statement. */
export async function findVisibleStudios(db: Db, viewer: Viewer | null, studioIds: readonly string[]): Promise<StudioSeen[]> {
  if (studioIds.length === 0) return [];
  const [second, third] = [alias(regions, "second"), alias(regions, "third")];
  const rows = await db
    .select({ studio: studios, id1: regions.id, name1: regions.name, id2: second.id, name2: second.name, id3: third.id, name3: third.name, masterName: identities.name, no: studioTerms.no, from: studioTerms.from, to: studioTerms.to })
    .from(studios)
    .innerJoin(regions, eq(regions.id, studios.regionId))
    .leftJoin(second, eq(second.id, regions.parentId))
    .leftJoin(third, eq(third.id, second.parentId))
    .leftJoin(identities, eq(identities.personId, studios.masterId))
    .leftJoin(studioTerms, eq(studioTerms.id, studios.termId))
    .where(and(inArray(studios.id, [...studioIds]), visibleTo(db, viewer)));
  return rows.map((row) => {
    const path = [[row.id1, row.name1], [row.id2, row.name2], [row.id3, row.name3]].filter((one): one is [string, string] => one[0] != null);
    return {
      ...row.studio,
      regionPath: path.map(([id]) => id),
      regionName: (path.length > 1 ? path.slice(0, -1) : path).map(([, name]) => name).reverse().join(""),
      masterName: row.masterName ?? "",
      term: row.no !== null && row.from && row.to ? { no: row.no, from: row.from, to: row.to } : null,
    };
  });
}

/** Studios at work, which everybody may see, newest first, keyset-paged by id. */
export const listVisibleStudios = keptAnswer(async (db: Db, filter: StudioFilter, page: { before?: string | undefined; limit: number }): Promise<StudioCard[]> =>
  selectCards(db)
    .where(
      and(
        visibleTo(db, null),
        ne(studios.status, "closed"),
        filter.regionId ? inSubtree(db, studios.regionId, [filter.regionId]) : undefined,
        filter.subject ? eq(studios.subject, filter.subject) : undefined,
        filter.stage ? teaches(filter.stage) : undefined,
        filter.level ? eq(studios.level, filter.level) : undefined,
        filter.name ? contains(studios.name, filter.name) : undefined,
        page.before ? lt(studios.id, page.before) : undefined,
      ),
    )
    .orderBy(desc(studios.id))
    .limit(page.limit),
);

/** The studios with these ids that the viewer may see, newest first. */
export function listStudiosById(db: Db, viewer: Viewer | null, studioIds: readonly string[]): Promise<StudioCard[]> {
  if (studioIds.length === 0) return Promise.resolve([]);
  return selectCards(db).where(and(inArray(studios.id, [...studioIds]), visibleTo(db, viewer))).orderBy(desc(studios.id));
}

/** Drafts that the viewer may see because they wrote them or shall be their master. */
export function listOwnDrafts(db: Db, viewer: Viewer): Promise<StudioCard[]> {
  return selectCards(db).where(and(eq(studios.status, "draft"), or(eq(studios.createdBy, viewer.id), eq(studios.masterId, viewer.id)))).orderBy(desc(studios.id)).limit(20);
}

/** Drafts that wait for the administrators of a region: those not sent back, of the region and below. */
export function listWaitingDrafts(db: Db, viewer: Viewer, regionId: string, page: { before?: string | undefined; limit: number }): Promise<StudioCard[]> {
  return selectCards(db)
    .where(and(waitingDrafts(db, viewer, regionId), page.before ? lt(studios.id, page.before) : undefined))
    .orderBy(desc(studios.id))
    .limit(page.limit);
}

export async function countWaitingDrafts(db: Db, viewer: Viewer, regionId: string): Promise<number> {
  return db.$count(studios, waitingDrafts(db, viewer, regionId));
}

/** What the rules of a studio look at, inside a transaction, whoever asks. */
export async function findStudio(db: Db, studioId: string): Promise<Studio | undefined> {
  const [row] = await db.select().from(studios).where(eq(studios.id, studioId));
  return row;
}

/** A draft of this person by this name: a form that was sent twice. */
export async function findOwnDraftNamed(db: Db, personId: string, name: string): Promise<Studio | undefined> {
  const [row] = await db.select().from(studios).where(and(eq(studios.createdBy, personId), eq(studios.name, name), eq(studios.status, "draft"))).limit(1);
  return row;
}

export async function insertStudio(tx: Db, studio: typeof studios.$inferInsert): Promise<string> {
  const [row] = await tx.insert(studios).values(studio).returning({ id: studios.id });
  if (!row) throw new Error("an insert returned nothing");
  return row.id;
}

/** Saves a studio unless somebody saved since `version` was read. @returns whether it was saved */
export async function updateStudio(tx: Db, studioId: string, version: number, change: Partial<typeof studios.$inferInsert>): Promise<boolean> {
  const saved = await tx.update(studios).set({ ...change, version: version + 1 }).where(and(eq(studios.id, studioId), eq(studios.version, version))).returning({ id: studios.id });
  return saved.length === 1;
}

/** The first row of figures, all zero: a job fills it. */
export async function insertFigures(tx: Db, studioId: string, at: Date): Promise<void> {
  await tx.insert(studioFigures).values({ studioId, asOf: at }).onConflictDoNothing();
}

export async function insertTerm(tx: Db, term: typeof studioTerms.$inferInsert): Promise<string> {
  const [row] = await tx.insert(studioTerms).values(term).returning({ id: studioTerms.id });
  if (!row) throw new Error("an insert returned nothing");
  return row.id;
}

/**
 * The one place that says of which studios a viewer may know: all that were approved, visitors included; a draft is for whoever wrote it,
 * the master that it names, and the administrators of its region.
 */
export function visibleTo(db: Db, viewer: Viewer | null): SQL {
  const approved = ne(studios.status, "draft");
  if (!viewer) return approved;
  const administered = viewer.grants.filter((grant) => grant.role === "region_admin" && grant.scopeType === "region").map((grant) => grant.scopeId);
  const everywhere = viewer.grants.some((grant) => grant.role === "region_admin" && grant.scopeType === "system");
  const drafts = or(eq(studios.createdBy, viewer.id), eq(studios.masterId, viewer.id), administered.length > 0 ? inSubtree(db, studios.regionId, administered) : undefined);
  // `or` of a filled list is never undefined.
  return everywhere ? sql`true` : (or(approved, drafts) as SQL);
}

function waitingDrafts(db: Db, viewer: Viewer, regionId: string): SQL | undefined {
  return and(eq(studios.status, "draft"), isNull(studios.returnReason), visibleTo(db, viewer), inSubtree(db, studios.regionId, [regionId]));
}

/** `stages` is a JSON list on both engines; membership is asked in each engine's own words. */
function teaches(stage: string): SQL {
  return engine === "sqlite" ? sql`exists (select 1 from json_each(${studios.stages}) where json_each.value = ${stage})` : sql`${studios.stages} @> ${JSON.stringify([stage])}::jsonb`;
}

function selectCards(db: Db) {
  return db
    .select({
      id: studios.id, name: studios.name, level: studios.level, status: studios.status, stages: studios.stages, subject: studios.subject, intro: studios.intro, recruitPolicy: studios.recruitPolicy,
      region: regions.name, masterName: sql<string>`coalesce(${identities.name}, '')`, members: sql<number>`coalesce(${studioFigures.members}, 0)`.mapWith(Number),
    })
    .from(studios)
    .innerJoin(regions, eq(regions.id, studios.regionId))
    .leftJoin(identities, eq(identities.personId, studios.masterId))
    .leftJoin(studioFigures, eq(studioFigures.studioId, studios.id))
    .$dynamic();
}
