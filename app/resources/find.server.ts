import { findLessonNodes, type LessonPlace } from "#db/curriculum.ts";
import { countNamed, findProcesses, listVisibleResources } from "#db/resources.ts";
import { listVisibleSeminars } from "#db/seminars.ts";
import { listRegions } from "#db/regions.ts";
import { STAGES, SUBJECTS } from "#db/schema/curriculum.ts";
import { findVisibleStudios } from "#db/studios.ts";
import type { Db } from "#db/types.ts";
import type { Viewer } from "#db/viewer.ts";
import type { DocumentKind, FacetName, SearchEngine, SearchHit, Segment } from "#search/engine.ts";
import { viewerAccessIds } from "../search/index-document.server.ts";
import { offer } from "./facets.server.ts";
import { mayTake } from "./policy.ts";

export const FACETS = ["kind", "grade", "edition", "subject", "stage", "region", "unit"] as const satisfies readonly FacetName[];
export type Facet = (typeof FACETS)[number];
/** Facets whose values have words of ours; what else stands in an address would be said by nothing. */
const CLOSED: { readonly [facet in Facet]?: readonly string[] } = {
  kind: ["lesson_plan", "teaching_case", "seminar", "studio"] satisfies DocumentKind[],
  grade: Array.from({ length: 12 }, (_, no) => String(no + 1)),
  subject: SUBJECTS,
  stage: STAGES,
};
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
    const values = url.searchParams.getAll(facet).filter((value) => value.length <= 80 && (CLOSED[facet]?.includes(value) ?? true)).slice(0, 10);
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
  const hits = await shown(db, viewer, answer.hits);
  const offered = offer(answer.facetCounts, query.filters, await listRegions(db));
  // What the index has, and the rows no longer show, was counted with the others.
  const total = answer.total - (answer.hits.length - hits.length);
  return { total, hits, ...offered, degraded: answer.degraded ?? null, standIn: answer.standIn !== undefined, pages: Math.ceil(answer.total / PAGE) };
}

/** What the rows say of these hits, in their order, without those that the viewer may not see. As many statements for twenty hits as for one of each kind. */
async function shown(db: Db, viewer: Viewer | null, hits: readonly SearchHit[]): Promise<Found[]> {
  const idsOf = (type: string) => hits.flatMap((hit) => (hit.id.startsWith(`${type}:`) ? [hit.id.slice(type.length + 1)] : []));
  const rows = new Map([...(await resourceRows(db, viewer, idsOf("resource"))), ...(await seminarRows(db, viewer, idsOf("seminar"))), ...(await studioRows(db, viewer, idsOf("studio")))]);
  return hits.flatMap((hit) => {
    const row = rows.get(hit.id);
    const [type, id = ""] = hit.id.split(":");
    const href = `/${type}s/${id}${type === "resource" && hit.section ? `#${hit.section}` : ""}`;
    return row ? [{ id, href, kind: hit.kind, title: hit.title, excerpt: hit.excerpt, section: hit.sectionLabel, ...row }] : [];
  });
}

/** What a hit shows that does not come from the index. */
type Row = Omit<Found, "id" | "href" | "kind" | "title" | "excerpt" | "section">;
const PLAIN: Row = { place: null, at: null, from: "", people: "", authors: 1, process: null, licence: null, takeable: false, reuses: 0 };

async function resourceRows(db: Db, viewer: Viewer | null, ids: readonly string[]): Promise<[string, Row][]> {
  const found = await listVisibleResources(db, viewer, ids);
  const [places, processes, named] = await Promise.all([
    findLessonNodes(db, found.flatMap((one) => one.lessonNodeId ?? [])),
    findProcesses(db, found.flatMap((one) => one.currentVersionId ?? [])),
    countNamed(db, found.map((one) => one.id)),
  ]);
  return found.map((resource) => {
    const process = processes.get(resource.currentVersionId ?? "");
    return [`resource:${resource.id}`, {
      place: places.get(resource.lessonNodeId ?? "") ?? null,
      at: resource.publishedAt,
      from: resource.studioName ?? "",
      people: resource.ownerName,
      authors: named.get(resource.id) ?? 0,
      process: process ? { seminars: process.seminars.length, versions: process.versions.length, reflections: process.reflections.length } : null,
      licence: resource.licence,
      takeable: mayTake(resource.licence),
      reuses: resource.reuseCount,
    }];
  });
}

async function seminarRows(db: Db, viewer: Viewer | null, ids: readonly string[]): Promise<[string, Row][]> {
  const found = viewer ? await listVisibleSeminars(db, viewer, ids) : [];
  return found.map((seminar) => [`seminar:${seminar.id}`, { ...PLAIN, at: seminar.startsAt, people: seminar.hostName ?? "" }]);
}

async function studioRows(db: Db, viewer: Viewer | null, ids: readonly string[]): Promise<[string, Row][]> {
  const found = await findVisibleStudios(db, viewer, ids);
  return found.map((studio) => [`studio:${studio.id}`, { ...PLAIN, from: studio.regionName, people: studio.masterName }]);
}
