import type { Meilisearch } from "meilisearch";
import type { DocumentSection, FacetCounts, FacetName, SearchAnswer, SearchHit, SearchQuery, SuggestQuery, Suggestion } from "./engine.ts";
import { facetNames } from "./engine.ts";
import { keyOf, sectionShadowFields, shadowFields, shadowQuery, tagShadowFields, titleShadowFields } from "./meilisearch-fields.ts";
import type { ParsedQuery, Term } from "./query.ts";
import { lesserQueries, parseQuery } from "./query.ts";
import { excerptOf, titleSegments } from "./snippet.ts";

/** When not all words match, so many documents of each word are put in order; the others count, and come after them. */
const mostOfEach = 1000;

/** Of what is stored, what an answer needs: the shadow is many times as long. */
const shownFields = ["id", "kind", "title", "sections", "body"];

interface Stored extends Record<string, unknown> {
  id: string;
  kind: SearchHit["kind"];
  title: string;
  sections: DocumentSection[];
  body: string;
}

/** What one index of Meilisearch is asked. Rejects as the transport does. */
export class MeilisearchQuestions {
  private readonly client: Meilisearch;
  private readonly uid: string;

  constructor(client: Meilisearch, uid: string) {
    this.client = client;
    this.uid = uid;
  }

  async search(asked: SearchQuery): Promise<SearchAnswer> {
    const query = parseQuery(asked.text, asked.prefixLast);
    const facets = (asked.facets ?? []).filter((name) => facetNames.includes(name));
    const nothing = (): SearchAnswer => ({ total: 0, hits: [], facetCounts: emptyCounts(facets), engine: "meilisearch", ...(query.cut && { degraded: "query_cut" as const }) });
    if (asked.accessIds.length === 0 || (query.terms.length === 0 && !query.blank)) return nothing();
    const counts = await this.count(query, asked, facets);
    if (!counts.any && query.terms.length > 0) return (await this.findAny(query, asked, facets)) ?? nothing();
    const hits = counts.total > 0 ? await this.best(query, asked) : [];
    return { ...nothing(), total: counts.total, facetCounts: counts.facetCounts, hits: hits.map(([hit, score]) => shownHit(hit, score, query, asked)) };
  }

  async suggest(asked: SuggestQuery): Promise<Suggestion[]> {
    const query = parseQuery(asked.text, true);
    if (query.terms.length === 0 || asked.accessIds.length === 0) return [];
    const { hits } = await this.client.index(this.uid).search<Stored>(shadowQuery(query.terms), {
      filter: filterOf({ ...asked }),
      attributesToSearchOn: titleShadowFields,
      attributesToRetrieve: ["id", "kind", "title"],
      matchingStrategy: "all",
      limit: whole(asked.limit ?? 8, 1, 20),
    });
    return hits.map(({ id, kind, title }) => ({ id, kind, title: titleSegments(title, query) }));
  }

  /** Total and facets, each facet with its own filter lifted; `any`: whether anything at all matches that the person may know of. */
  private async count(query: ParsedQuery, asked: SearchQuery, facets: readonly FacetName[]): Promise<{ total: number; any: boolean; facetCounts: FacetCounts }> {
    const base = { indexUid: this.uid, ...shadow(query.terms, asked), hitsPerPage: 1, page: 1, attributesToRetrieve: ["id"] };
    const { lifted, standing } = liftedAndStanding(facets, asked);
    const { results } = await this.client.multiSearch({
      queries: [
        { ...base, filter: filterOf(asked), facets: standing },
        { ...base, filter: filterOf({ ...asked, filters: {} }) },
        ...lifted.map((name) => ({ ...base, filter: filterOf(without(asked, name)), facets: [name] })),
      ],
    });
    const totalOf = (index: number) => results[index]?.totalHits ?? results[index]?.estimatedTotalHits ?? 0;
    const facetCounts = emptyCounts(facets);
    for (const result of results) addCounts(facetCounts, result.facetDistribution);
    return { total: totalOf(0), any: totalOf(1) > 0, facetCounts };
  }

  /** Words in the title, characters in the title or a tag, words anywhere, characters anywhere: each asks for the shadow too, so that all are parts of what was counted. */
  private async best(query: ParsedQuery, asked: SearchQuery): Promise<[Stored, number][]> {
    const federation = { offset: whole(asked.offset ?? 0, 0, 10_000), limit: whole(asked.limit ?? 20, 1, 50) };
    const filter = filterOf(asked);
    if (query.terms.length === 0) {
      const { hits } = await this.client.index(this.uid).search<Stored>("", { ...federation, filter, attributesToRetrieve: shownFields });
      return hits.map((hit) => [hit, 0]);
    }
    const shadows = shadow(query.terms, asked);
    const words = query.terms.map((term) => term.text).join(" ");
    const ask = (weight: number, q: string, attributesToSearchOn: string[], locales: ("cmn" | "eng")[]) => ({
      indexUid: this.uid,
      q,
      attributesToSearchOn,
      locales,
      filter,
      matchingStrategy: "all" as const,
      attributesToRetrieve: shownFields,
      federationOptions: { weight },
    });
    const fields = shadows.attributesToSearchOn;
    const titled = asked.sectionKey === undefined ? [ask(3, shadows.q, titleShadowFields, ["eng"]), ask(2.5, shadows.q, tagShadowFields, ["eng"])] : [];
    const queries = [
      ask(4, `${words} ${shadows.q}`, ["title", ...fields], ["cmn"]),
      ...titled,
      ask(2, `${words} ${shadows.q}`, ["title", "text", ...fields], ["cmn"]),
      ask(1, shadows.q, fields, ["eng"]),
    ];
    const { hits } = await this.client.multiSearch<{ federation: typeof federation; queries: typeof queries }, Stored>({ federation, queries });
    return hits.map((hit) => [hit, hit._federation?.weightedRankingScore ?? 0]);
  }

  /** Nothing has all the words: what has any of them, those with most and with the rarest first. */
  private async findAny(query: ParsedQuery, asked: SearchQuery, facets: readonly FacetName[]): Promise<SearchAnswer | undefined> {
    for (const terms of lesserQueries(query.terms)) {
      const used = { ...query, terms };
      const everywhere = await this.countAny(terms, { ...asked, filters: {} }, []);
      if (everywhere.total === 0) continue;
      const { lifted, standing } = liftedAndStanding(facets, asked);
      const [counted, ...others] = await Promise.all([this.countAny(terms, asked, standing), ...lifted.map((name) => this.countAny(terms, without(asked, name), [name]))]);
      const facetCounts = emptyCounts(facets);
      for (const counts of [counted, ...others]) addCounts(facetCounts, counts.distribution);
      const page = await this.bestOfAny(terms, asked, everywhere.total);
      return { total: counted.total, hits: page.map(([hit, score]) => shownHit(hit, score, used, asked)), facetCounts, engine: "meilisearch", degraded: "any_word" };
    }
    return undefined;
  }

  /** A federation counts each document once, whichever of its queries it matches. */
  private async countAny(terms: readonly Term[], asked: SearchQuery, facets: readonly FacetName[]): Promise<{ total: number; distribution: Distribution | undefined }> {
    const federation = { limit: 0, facetsByIndex: { [this.uid]: [...facets] } };
    const queries = terms.map((term) => ({ indexUid: this.uid, ...shadow([term], asked), filter: filterOf(asked) }));
    const { estimatedTotalHits = 0, facetsByIndex } = await this.client.multiSearch<{ federation: typeof federation; queries: typeof queries }, Stored>({ federation, queries });
    return { total: estimatedTotalHits, distribution: facetsByIndex?.[this.uid]?.distribution };
  }

  private async bestOfAny(terms: readonly Term[], asked: SearchQuery, all: number): Promise<[Stored, number][]> {
    const of = (term: Term, fields?: string[]) => ({ indexUid: this.uid, ...shadow([term], asked), ...(fields && { attributesToSearchOn: fields }), filter: filterOf(asked), limit: mostOfEach, attributesToRetrieve: ["id"] });
    const titled = asked.sectionKey === undefined ? terms : [];
    const { results } = await this.client.multiSearch<{ queries: ReturnType<typeof of>[] }, Pick<Stored, "id">>({
      queries: [...terms.map((term) => of(term)), ...titled.map((term) => of(term, titleShadowFields))],
    });
    const scores = new Map<string, number>();
    results.forEach(({ hits, estimatedTotalHits = 0 }, place) => {
      const worth = place < terms.length ? 10 + 3 * Math.log(1 + all / (1 + estimatedTotalHits)) : 1;
      for (const { id } of hits) scores.set(id, (scores.get(id) ?? 0) + worth);
    });
    const offset = whole(asked.offset ?? 0, 0, 10_000);
    const page = [...scores].sort(([, one], [, other]) => other - one).slice(offset, offset + whole(asked.limit ?? 20, 1, 50));
    if (page.length === 0) return [];
    // Asked by key, and once more by what the person may know of: it may have changed since.
    const found = await this.client.index(this.uid).getDocuments<Stored>({ ids: page.map(([id]) => keyOf(id)), filter: filterOf(asked), fields: shownFields, limit: page.length });
    const byId = new Map(found.results.map((stored) => [stored.id, stored]));
    return page.flatMap(([id, score]): [Stored, number][] => {
      const stored = byId.get(id);
      return stored ? [[stored, score]] : [];
    });
  }
}

type Distribution = Record<string, Record<string, number>>;

/** The condition that all terms are there, and where it is looked for. */
function shadow(terms: readonly Term[], { sectionKey }: Pick<SearchQuery, "sectionKey">) {
  return {
    q: terms.length ? shadowQuery(terms, sectionKey) : "",
    attributesToSearchOn: sectionKey === undefined ? shadowFields : sectionShadowFields,
    locales: ["eng" as const],
    matchingStrategy: "all" as const,
  };
}

function shownHit(hit: Stored, score: number, query: ParsedQuery, asked: SearchQuery): SearchHit {
  return { id: hit.id, kind: hit.kind, score, ...excerptOf(hit, query, asked.sectionKey) };
}

/** A facet whose own filter is set is counted by a question of its own, without it. */
function liftedAndStanding(facets: readonly FacetName[], asked: SearchQuery): { lifted: FacetName[]; standing: FacetName[] } {
  const lifted = facets.filter((name) => asked.filters?.[name]?.length);
  return { lifted, standing: facets.filter((name) => !lifted.includes(name)) };
}

function without(asked: SearchQuery, name: FacetName): SearchQuery {
  return { ...asked, filters: { ...asked.filters, [name]: undefined } };
}

function emptyCounts(facets: readonly FacetName[]): FacetCounts {
  return Object.fromEntries(facets.map((name) => [name, {}]));
}

function addCounts(counts: FacetCounts, distribution: Distribution | undefined): void {
  for (const name of facetNames) {
    const values = distribution?.[name];
    if (values && counts[name]) counts[name] = Object.fromEntries(Object.entries(values).filter(([, times]) => times > 0));
  }
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

function whole(wanted: number, least: number, most: number): number {
  return Number.isFinite(wanted) ? Math.min(most, Math.max(least, Math.trunc(wanted))) : least;
}
