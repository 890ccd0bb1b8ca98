import { findLessonNode, type LessonPlace } from "#db/curriculum.ts";
import { findCurrentVersion, listAttributions, listVisibleResources } from "#db/resources.ts";
import { findVisibleSeminar } from "#db/seminars.ts";
import { regions } from "#db/schema/index.ts";
import { findVisibleStudio } from "#db/studios.ts";
import { inArray } from "drizzle-orm";
import type { Db } from "#db/types.ts";
import type { Viewer } from "#db/viewer.ts";
import type { FacetName, SearchEngine, SearchHit, Segment } from "#search/engine.ts";
import { viewerAccessIds } from "../search/index-document.server.ts";
import { mayTake } from "./policy.ts";

export const FACETS = ["kind", "grade", "edition", "subject", "stage", "region", "unit"] as const satisfies readonly FacetName[];
export type Facet = (typeof FACETS)[number];
const PAGE = 20;

export interface Query {
  text: string;
  filters: Partial<Record<Facet, string[]>>;
  section: string | undefined;
  page: number;
}

export interface Found {
  id: string;
  href: string;
  kind: SearchHit["kind"];
  title: Segment[];
  excerpt: Segment[];
  section: Segment[] | null;
  /** Of the textbook; null for what belongs to no lesson. */
  place: LessonPlace | null;
  /** Of a seminar when it begins, of a publication since when it is one. */
  at: Date | null;
  /** Where it comes from: a studio, for a studio its region. */
  from: string;
  people: string;
  /** How many are named. */
  authors: number;
  process: { seminars: number; versions: number; reflections: number } | null;
  licence: string | null;
  takeable: boolean;
  reuses: number;
}

/** Reads the address of the search page; what it cannot understand is left out. */
export function readQuery(url: URL): Query {
  const filters: Query["filters"] = {};
  for (const facet of FACETS) {
    const values = url.searchParams.getAll(facet).filter((value) => value.length <= 80).slice(0, 10);
    if (values.length > 0) filters[facet] = values;
  }
  const section = url.searchParams.get("section") ?? undefined;
  return { text: (url.searchParams.get("q") ?? "").slice(0, 500), filters, section: section && /^[a-z_]{1,40}(\.p\d{1,2})?$/.test(section) ? section : undefined, page: Math.min(Math.max(Number(url.searchParams.get("page")) || 1, 1), 200) };
}

/** Finds for a person or a visitor. A hit says where to look; what is shown is read again from the rows that they may see. */
export async function find(db: Db, engine: SearchEngine, viewer: Viewer | null, query: Query) {
  const answer = await engine.search({
    text: query.text,
    accessIds: await viewerAccessIds(db, viewer),
    filters: query.filters,
    // Open seminars are for everybody who is signed in: a visitor neither finds nor counts them.
    kinds: viewer ? undefined : ["lesson_plan", "teaching_case", "studio"],
    sectionKey: query.section,
    facets: FACETS,
    limit: PAGE,
    offset: (query.page - 1) * PAGE,
  });
  const hits = (await Promise.all(answer.hits.map((hit) => shown(db, viewer, hit)))).filter((hit) => hit !== undefined);
  const codes = Object.keys(answer.facetCounts.region ?? {});
  const names = codes.length > 0 ? new Map((await db.select({ code: regions.code, name: regions.name }).from(regions).where(inArray(regions.code, codes))).map((one) => [one.code, one.name])) : new Map<string, string>();
  // What the index has, and the rows no longer show, was counted with the others.
  const total = answer.total - (answer.hits.length - hits.length);
  return { total, hits, facets: answer.facetCounts, regionNames: Object.fromEntries(names), degraded: answer.degraded ?? null, standIn: answer.standIn !== undefined, pages: Math.ceil(answer.total / PAGE) };
}

async function shown(db: Db, viewer: Viewer | null, hit: SearchHit): Promise<Found | undefined> {
  const [type, id = ""] = hit.id.split(":");
  const base = { id, kind: hit.kind, title: hit.title, excerpt: hit.excerpt, section: hit.sectionLabel };
  if (type === "resource") {
    const [resource] = await listVisibleResources(db, viewer, [id]);
    if (!resource) return undefined;
    const [node, version, named] = await Promise.all([resource.lessonNodeId ? findLessonNode(db, resource.lessonNodeId) : undefined, findCurrentVersion(db, resource), listAttributions(db, id)]);
    const process = version?.process;
    return {
      ...base,
      href: `/resources/${id}${hit.section ? `#${hit.section}` : ""}`,
      place: node ?? null,
      at: resource.publishedAt,
      from: resource.studioName ?? "",
      people: resource.ownerName,
      authors: named.filter((one) => one.name).length,
      process: process ? { seminars: process.seminars.length, versions: process.versions.length, reflections: process.reflections.length } : null,
      licence: resource.licence,
      takeable: mayTake(resource.licence),
      reuses: resource.reuseCount,
    };
  }
  const rest = { place: null, at: null, from: "", people: "", authors: 0, process: null, licence: null, takeable: false, reuses: 0 };
  if (type === "seminar") {
    const seminar = viewer ? await findVisibleSeminar(db, viewer, id) : undefined;
    return seminar && { ...base, ...rest, href: `/seminars/${id}`, at: seminar.startsAt, people: seminar.hostName, authors: 1 };
  }
  const studio = await findVisibleStudio(db, viewer, id);
  return studio && { ...base, ...rest, href: `/studios/${id}`, from: studio.regionName, people: studio.masterName, authors: 1 };
}
