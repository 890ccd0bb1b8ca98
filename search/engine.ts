/**
 * The port of finding. Two engines stand behind it (`sqlite.ts`, `meilisearch.ts`) and keep one contract (`tests/search/engine.contract.ts`).
 * The index is a projection: it can be deleted and rebuilt at any time (`reindex.ts`). A hit says where to look; what a viewer
 * is shown beyond title and excerpt is read again from the database.
 */
export type DocumentKind = "lesson_plan" | "teaching_case" | "seminar" | "studio";

export const facetNames = ["kind", "stage", "subject", "grade", "edition", "volume", "unit", "region", "licence", "studioId", "lessonNodeId"] as const;
export type FacetName = (typeof facetNames)[number];

export interface DocumentSection {
  /** Of the plan template ("difficult_points", "process.p1"): a hit opens there. */
  key: string;
  /** As printed above the section. 难点 finds what has something under 教学难点, after what speaks of it; the hit opens there. */
  label?: string | undefined;
  text: string;
}

export type FacetValue = string | readonly string[] | undefined;

export interface SearchDocument {
  /** "plan:ULID", "resource:ULID", "seminar:ULID", "studio:ULID": letters, digits, `:`, `_` and `-` only, at most 120. */
  id: string;
  kind: DocumentKind;
  /** Numeric access scopes that may know this document exists; 0 is everybody. None: nobody finds it. */
  accessIds: readonly number[];
  title: string;
  sections: readonly DocumentSection[];
  /** Text that belongs to no section. */
  body: string;
  /** What it is, as people ask for it: textbook, grade, unit, kind, studio, region. Found after the title and before the text; never in an excerpt. */
  tags?: readonly string[] | undefined;
  /** `region` is the path of codes from province to county, so that a province finds what lies in its counties. */
  facets: { readonly [name in Exclude<FacetName, "kind" | "region">]?: FacetValue } & { readonly region: readonly string[] };
  /** UTC milliseconds. */
  publishedAt: number;
  /** How often it was taken up (reuses); only the order of hits depends on it. */
  quality: number;
}

export interface SearchQuery {
  /** As typed; hostile input is welcome. Blank: everything that the filters leave, best first. */
  text: string;
  /** The scopes of the person who asks. The engine adds nothing: give 0 for what is public. */
  accessIds: readonly number[];
  /** Any of the values within a facet, all of the facets together. */
  filters?: { readonly [name in FacetName]?: readonly string[] | undefined };
  /** What the page is about at all. Unlike `filters.kind` it is never lifted for the counts. */
  kinds?: readonly DocumentKind[] | undefined;
  /** Look inside this section only. */
  sectionKey?: string | undefined;
  /** 1 to 50; 20 when left out. */
  limit?: number | undefined;
  /** 0 to 10,000. */
  offset?: number | undefined;
  /** Which facets to count. */
  facets?: readonly FacetName[] | undefined;
  /** The last word is still being typed: Latin letters match as a beginning. */
  prefixLast?: boolean | undefined;
}

export interface Segment {
  text: string;
  hit: boolean;
}

export interface SearchHit {
  id: string;
  kind: DocumentKind;
  /** Comparable within one answer only. */
  score: number;
  /** Key of the section where the match is densest; null when the match is in the title or the body. */
  section: string | null;
  sectionLabel: Segment[] | null;
  /** The whole title as written, and an excerpt of about 90 characters, cut where they match. Never HTML. */
  title: Segment[];
  excerpt: Segment[];
}

/**
 * Why an answer is less than one might expect:
 * `any_word`: no document has all the words, these have some (those with most first);
 * `query_cut`: only the beginning of the query was used; `rebuild_needed`: the index is not complete; `unavailable`: the engine cannot answer now.
 */
export type Degraded = "any_word" | "query_cut" | "rebuild_needed" | "unavailable";

export type FacetCounts = { [name in FacetName]?: Record<string, number> };

export interface SearchAnswer {
  /** How many documents match, of those that the person may know of. */
  total: number;
  hits: SearchHit[];
  /** Each facet is counted with its own filter lifted, all others applied; nothing invisible is counted. */
  facetCounts: FacetCounts;
  engine: string;
  degraded?: Degraded;
  /** Why the embedded engine answered in place of the server that is set up. */
  standIn?: StandInReason;
}

/**
 * `away`: the server does not answer, or refuses us; `slow`: not in time; `other_version`: it is not one that we know;
 * `being_made`: its index is empty or of another format and is being made; `behind`: it has missed changes and is catching up.
 */
export type StandInReason = "away" | "slow" | "other_version" | "being_made" | "behind";

export interface SuggestQuery {
  text: string;
  accessIds: readonly number[];
  kinds?: readonly DocumentKind[] | undefined;
  /** 1 to 20; 8 when left out. */
  limit?: number | undefined;
}

export interface Suggestion {
  id: string;
  kind: DocumentKind;
  title: Segment[];
}

export interface SearchState {
  engine: "sqlite" | "meilisearch";
  ready: boolean;
  documents: number;
  /** Leftovers of replaced and removed documents that only a rebuild takes out of the file. Rebuild when there are more of them than documents. */
  stale: number;
  /** Why the index has to be rebuilt before its answers are complete; null when they are. */
  rebuild: "missing" | "corrupt" | "old_format" | null;
  /** A server answers, and is none that this engine can work with. */
  otherVersion?: true;
  /** Why it is not ready, or not what answers now, for operators. */
  detail?: string;
}

/** A new index that grows beside the one in use. */
export interface Rebuild {
  put(documents: readonly SearchDocument[]): Promise<void>;
  /** Takes over what was put or removed in the meantime, then swaps. Searches go on during all of it. */
  finish(): Promise<void>;
  abandon(): Promise<void>;
}

export interface SearchEngine {
  readonly name: "sqlite" | "meilisearch";
  /** Found as soon as the promise is kept. A known id is replaced; twice is once. Rejects when it was not stored: try again later. */
  put(documents: readonly SearchDocument[]): Promise<void>;
  /** Unknown ids are no fault. */
  remove(ids: readonly string[]): Promise<void>;
  clear(): Promise<void>;
  /** Never rejects because of what was asked; an engine that is down answers empty with `degraded: "unavailable"`. */
  search(query: SearchQuery): Promise<SearchAnswer>;
  /** Titles that match what is being typed, best first. */
  suggest(query: SuggestQuery): Promise<Suggestion[]>;
  state(): Promise<SearchState>;
  /** One at a time; use `reindex` of `reindex.ts`. */
  beginRebuild(): Promise<Rebuild>;
  close(): Promise<void>;
}
