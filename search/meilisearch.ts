import { Meilisearch } from "meilisearch";
import type { EnqueuedTaskPromise } from "meilisearch";
import type { Degraded, DocumentSection, FacetCounts, FacetName, Rebuild, SearchAnswer, SearchDocument, SearchEngine, SearchHit, SearchQuery, SearchState, SuggestQuery, Suggestion } from "./engine.ts";
import { facetNames } from "./engine.ts";
import { fieldsOf, indexSettings, keyOf, sectionShadowFields, shadowFields, shadowQuery, tagShadowFields, titleShadowFields } from "./meilisearch-fields.ts";
import { keepAliveClient, refusalIn } from "./meilisearch-http.ts";
import type { ParsedQuery, Term } from "./query.ts";
import { lesserQueries, parseQuery } from "./query.ts";
import { excerptOf, titleSegments } from "./snippet.ts";

/** Goes up with the fields or the settings; an index of another format is not looked at. */
const format = 2;
/** When not all words match, so many documents are looked at for each word. */
const mostOfEach = 1000;

interface Stored extends Record<string, unknown> {
  id: string;
  kind: SearchHit["kind"];
  title: string;
  sections: DocumentSection[];
  body: string;
}

/**
 * Meilisearch 1.50 or newer behind the same port. Rejects when the server does not answer at first. Documents written while a rebuild runs are carried over only when they are
 * written through the same engine object: let one process do both.
 *
 * @param name index names begin with it, so that several installations may share a server
 */
export async function openMeilisearch(options: { url: string; apiKey?: string | undefined; name?: string; timeout?: number }): Promise<SearchEngine> {
  const { url, apiKey, name = "tongyan", timeout = 5000 } = options;
  const client = new Meilisearch({ host: url, ...(apiKey && { apiKey }), httpClient: keepAliveClient(timeout) });
  const engine = new MeilisearchEngine(client, `${name}_v${format}`);
  await engine.prepare();
  return engine;
}

class MeilisearchEngine implements SearchEngine {
  readonly name = "meilisearch";
  private readonly client: Meilisearch;
  private readonly uid: string;
  /** What changed since a rebuild began: the document, or null when it was removed. */
  private meanwhile: Map<string, SearchDocument | null> | undefined;

  constructor(client: Meilisearch, uid: string) {
    this.client = client;
    this.uid = uid;
  }

  async prepare(): Promise<void> {
    if (!(await this.exists(this.uid))) await this.create(this.uid);
  }

  async put(documents: readonly SearchDocument[]): Promise<void> {
    for (const document of documents) this.meanwhile?.set(document.id, document);
    await this.store(this.uid, documents);
  }

  async remove(ids: readonly string[]): Promise<void> {
    for (const id of ids) this.meanwhile?.set(id, null);
    await done(this.client.index(this.uid).deleteDocuments(ids.map(keyOf)));
  }

  async clear(): Promise<void> {
    await done(this.client.index(this.uid).deleteAllDocuments());
  }

  async search(query: SearchQuery): Promise<SearchAnswer> {
    try {
      return await this.find(query);
    } catch (error) {
      if (!isOutage(error)) throw error;
      return { total: 0, hits: [], facetCounts: {}, engine: this.name, degraded: "unavailable" };
    }
  }

  async suggest(asked: SuggestQuery): Promise<Suggestion[]> {
    const query = parseQuery(asked.text, true);
    if (query.terms.length === 0 || asked.accessIds.length === 0) return [];
    try {
      const { hits } = await this.client.index(this.uid).search<Stored>(shadowQuery(query.terms), {
        filter: filterOf({ ...asked }),
        attributesToSearchOn: titleShadowFields,
        attributesToRetrieve: ["id", "kind", "title"],
        matchingStrategy: "all",
        limit: whole(asked.limit ?? 8, 1, 20),
      });
      return hits.map(({ id, kind, title }) => ({ id, kind, title: titleSegments(title, query) }));
    } catch (error) {
      if (!isOutage(error)) throw error;
      return [];
    }
  }

  async state(): Promise<SearchState> {
    try {
      const { numberOfDocuments } = await this.client.index(this.uid).getStats();
      const built = await this.exists(`${this.uid}_built`);
      return { engine: this.name, ready: true, documents: numberOfDocuments, stale: 0, rebuild: built ? null : "missing" };
    } catch (error) {
      if (!isOutage(error)) throw error;
      return { engine: this.name, ready: false, documents: 0, stale: 0, rebuild: null, detail: error instanceof Error ? error.message : String(error) };
    }
  }

  async beginRebuild(): Promise<Rebuild> {
    const fresh = `${this.uid}_rebuild`;
    await this.client.deleteIndexIfExists(fresh);
    await this.create(fresh);
    this.meanwhile = new Map();
    return {
      put: (documents) => this.store(fresh, documents),
      finish: async () => {
        while (this.meanwhile?.size) {
          const changed = [...this.meanwhile];
          this.meanwhile.clear();
          await this.store(fresh, changed.flatMap(([, document]) => document ?? []));
          await done(this.client.index(fresh).deleteDocuments(changed.flatMap(([id, document]) => (document ? [] : keyOf(id)))));
        }
        this.meanwhile = undefined;
        await done(this.client.swapIndexes([{ indexes: [this.uid, fresh], rename: false }]));
        await this.client.deleteIndexIfExists(fresh);
        if (!(await this.exists(`${this.uid}_built`))) await done(this.client.createIndex(`${this.uid}_built`));
      },
      abandon: async () => {
        this.meanwhile = undefined;
        await this.client.deleteIndexIfExists(fresh);
      },
    };
  }

  async close(): Promise<void> {}

  private async find(asked: SearchQuery): Promise<SearchAnswer> {
    const query = parseQuery(asked.text, asked.prefixLast);
    const facets = (asked.facets ?? []).filter((name) => facetNames.includes(name));
    const nothing = (): SearchAnswer => ({ total: 0, hits: [], facetCounts: Object.fromEntries(facets.map((name) => [name, {}])), engine: this.name });
    if (asked.accessIds.length === 0 || (query.terms.length === 0 && !query.blank)) return nothing();
    const counts = await this.count(query, asked, facets);
    if (!counts.any && query.terms.length > 0) return (await this.findAny(query, asked, facets)) ?? { ...nothing(), ...(query.cut && { degraded: "query_cut" as const }) };
    const hits = await this.best(query, asked);
    const degraded: Degraded | undefined = query.cut ? "query_cut" : undefined;
    return { total: counts.total, facetCounts: counts.facetCounts, hits: hits.map(([hit, score]) => shownHit(hit, score, query, asked)), engine: this.name, ...(degraded && { degraded }) };
  }

  /** Total and facets, each facet with its own filter lifted; `any`: whether anything at all matches that the person may know of. */
  private async count(query: ParsedQuery, asked: SearchQuery, facets: readonly FacetName[]): Promise<{ total: number; any: boolean; facetCounts: FacetCounts }> {
    const base = { indexUid: this.uid, ...this.shadow(query.terms, asked), hitsPerPage: 1, page: 1, attributesToRetrieve: ["id"] };
    const lifted = facets.filter((name) => asked.filters?.[name]?.length);
    const { results } = await this.client.multiSearch({
      queries: [
        { ...base, filter: filterOf(asked), facets: facets.filter((name) => !lifted.includes(name)) },
        { ...base, filter: filterOf({ ...asked, filters: {} }) },
        ...lifted.map((name) => ({ ...base, filter: filterOf({ ...asked, filters: { ...asked.filters, [name]: undefined } }), facets: [name] })),
      ],
    });
    const totalOf = (index: number) => results[index]?.totalHits ?? results[index]?.estimatedTotalHits ?? 0;
    const facetCounts: FacetCounts = Object.fromEntries(facets.map((name) => [name, {}]));
    for (const result of results) for (const name of facets) if (result.facetDistribution?.[name]) facetCounts[name] = nonZero(result.facetDistribution[name]);
    return { total: totalOf(0), any: totalOf(1) > 0, facetCounts };
  }

  /** Words in the title, characters in the title or a tag, words anywhere, characters anywhere: each asks for the shadow too, so that all are parts of what was counted. */
  private async best(query: ParsedQuery, asked: SearchQuery): Promise<[Stored, number][]> {
    const shadow = this.shadow(query.terms, asked);
    const page = { offset: whole(asked.offset ?? 0, 0, 10_000), limit: whole(asked.limit ?? 20, 1, 50) };
    const filter = filterOf(asked);
    if (query.terms.length === 0) {
      const { hits } = await this.client.index(this.uid).search<Stored>("", { ...page, filter, sort: ["standing:desc"] });
      return hits.map((hit) => [hit, 0]);
    }
    const words = query.terms.map((term) => term.text).join(" ");
    const ask = (weight: number, q: string, attributesToSearchOn: string[], locales: ("cmn" | "eng")[]) => ({
      indexUid: this.uid,
      q,
      attributesToSearchOn,
      locales,
      filter,
      matchingStrategy: "all" as const,
      federationOptions: { weight },
    });
    const fields = shadow.attributesToSearchOn;
    const titled = asked.sectionKey === undefined ? [ask(3, shadow.q, titleShadowFields, ["eng"]), ask(2.5, shadow.q, tagShadowFields, ["eng"])] : [];
    const result = await this.client.multiSearch<{ federation: typeof page; queries: ReturnType<typeof ask>[] }, Stored>({
      federation: page,
      queries: [
        ask(4, `${words} ${shadow.q}`, ["title", ...fields], ["cmn"]),
        ...titled,
        ask(2, `${words} ${shadow.q}`, ["title", "text", ...fields], ["cmn"]),
        ask(1, shadow.q, fields, ["eng"]),
      ],
    });
    return result.hits.map((hit) => [hit, hit._federation?.weightedRankingScore ?? 0]);
  }

  /** Nothing has all the words: ask for each, and count here who has most. */
  private async findAny(query: ParsedQuery, asked: SearchQuery, facets: readonly FacetName[]): Promise<SearchAnswer | undefined> {
    for (const terms of lesserQueries(query.terms)) {
      const used = { ...query, terms };
      const everywhere = await this.having(terms, { ...asked, filters: {} });
      if (everywhere.size === 0) continue;
      const passing = (name?: FacetName) => [...everywhere.values()].filter(({ hit }) => facetNames.every((facet) => facet === name || passes(hit, facet, asked.filters?.[facet])));
      const found = passing().sort((one, other) => other.score - one.score);
      const facetCounts: FacetCounts = Object.fromEntries(facets.map((name) => [name, tally(passing(name).map(({ hit }) => hit[name]))]));
      const offset = whole(asked.offset ?? 0, 0, 10_000);
      const page = found.slice(offset, offset + whole(asked.limit ?? 20, 1, 50));
      return { total: found.length, hits: page.map(({ hit, score }) => shownHit(hit, score, used, asked)), facetCounts, engine: this.name, degraded: "any_word" };
    }
    return undefined;
  }

  private async having(terms: readonly Term[], asked: SearchQuery): Promise<Map<string, { hit: Stored; score: number }>> {
    const { results } = await this.client.multiSearch<{ queries: { indexUid: string }[] }, Stored>({
      queries: terms.map((term) => ({ indexUid: this.uid, ...this.shadow([term], asked), filter: filterOf(asked), limit: mostOfEach })),
    });
    const having = new Map<string, { hit: Stored; score: number }>();
    for (const { hits } of results) {
      for (const hit of hits) {
        const entry = having.get(hit.id) ?? { hit, score: 0 };
        entry.score += 10 + 3 / (1 + hits.length);
        having.set(hit.id, entry);
      }
    }
    return having;
  }

  private shadow(terms: readonly Term[], asked: Pick<SearchQuery, "sectionKey">) {
    return {
      q: terms.length ? shadowQuery(terms, asked.sectionKey) : "",
      attributesToSearchOn: asked.sectionKey === undefined ? shadowFields : sectionShadowFields,
      locales: ["eng" as const],
      matchingStrategy: "all" as const,
    };
  }

  private async store(uid: string, documents: readonly SearchDocument[]): Promise<void> {
    // The last of several with one id counts.
    const last = new Map(documents.map((document) => [document.id, document]));
    if (last.size) await done(this.client.index(uid).addDocuments([...last.values()].map(fieldsOf), { primaryKey: "key" }));
  }

  private async create(uid: string): Promise<void> {
    await done(this.client.createIndex(uid, { primaryKey: "key" }));
    await done(this.client.index(uid).updateSettings(indexSettings));
  }

  private async exists(uid: string): Promise<boolean> {
    try {
      await this.client.getRawIndex(uid);
      return true;
    } catch (error) {
      if (refusalIn(error)?.status === 404) return false;
      throw error;
    }
  }
}

function shownHit(hit: Stored, score: number, query: ParsedQuery, asked: SearchQuery): SearchHit {
  return { id: hit.id, kind: hit.kind, score, ...excerptOf(hit, query, asked.sectionKey) };
}

/** Waits until a task is through; a task that failed is an error. */
async function done(task: EnqueuedTaskPromise): Promise<void> {
  const { status, error } = await task.waitTask({ timeout: 600_000, interval: 20 });
  if (status !== "succeeded") throw new Error(`Meilisearch could not do it: ${error?.message ?? status}`);
}

function filterOf(asked: Pick<SearchQuery, "accessIds" | "filters" | "kinds">): string[] {
  const filters = [`accessIds IN [${asked.accessIds.filter(Number.isInteger).join(", ")}]`];
  if (asked.kinds) filters.push(anyValue("kind", asked.kinds));
  for (const name of facetNames) {
    const values = asked.filters?.[name];
    if (values?.length) filters.push(anyValue(name, values));
  }
  return filters;
}

function anyValue(name: FacetName, values: readonly string[]): string {
  return `${name} IN [${values.map((value) => `"${value.replaceAll("\\", "\\\\").replaceAll('"', '\\"')}"`).join(", ")}]`;
}

function passes(hit: Stored, name: FacetName, values: readonly string[] | undefined): boolean {
  return !values?.length || valuesOf(hit[name]).some((value) => values.includes(value));
}

function tally(cells: unknown[]): Record<string, number> {
  const counts = new Map<string, number>();
  for (const cell of cells) for (const value of new Set(valuesOf(cell))) counts.set(value, (counts.get(value) ?? 0) + 1);
  return Object.fromEntries(counts);
}

function valuesOf(cell: unknown): string[] {
  return (Array.isArray(cell) ? cell : [cell]).filter((value): value is string => typeof value === "string");
}

function nonZero(counts: Record<string, number>): Record<string, number> {
  return Object.fromEntries(Object.entries(counts).filter(([, times]) => times > 0));
}

/** The server is away or overloaded, rather than asked something wrong by us: that would be a fault. */
function isOutage(error: unknown): boolean {
  return refusalIn(error)?.status !== 400;
}

function whole(wanted: number, least: number, most: number): number {
  return Number.isFinite(wanted) ? Math.min(most, Math.max(least, Math.trunc(wanted))) : least;
}
