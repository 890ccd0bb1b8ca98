import type { listRegions } from "#db/regions.ts";
import type { FacetCounts } from "#search/engine.ts";
import type { Facet, Query } from "./find.server.ts";

/** Of a facet those with most; a list of hundreds is read by nobody, and was most of the page. */
const OFFERED = 24;

type Tree = Awaited<ReturnType<typeof listRegions>>;
type Counts = Record<string, number>;

export interface Offered {
  facets: { [facet in Facet]?: Counts };
  /** How many values more come up once something is chosen, of facets that have any. */
  rest: { [facet in Facet]?: number };
  /** In the order in which they are offered. */
  regions: { code: string; name: string }[];
}

/** What may be chosen next: of each facet the values that there is most of, of regions the cities and the counties of those that were chosen. What was chosen is always among them. */
export function offer(counts: FacetCounts, chosen: Query["filters"], tree: Tree): Offered {
  const regions = offeredRegions(counts.region ?? {}, chosen.region ?? [], tree);
  const told: Offered = { facets: {}, rest: {}, regions: regions.map(({ code, name }) => ({ code, name })) };
  for (const [facet, all] of Object.entries(counts) as [Facet, Counts][]) {
    const values = facet === "region" ? regions.map((one) => one.code) : withMost(all, chosen[facet] ?? []);
    const few = Object.fromEntries(values.map((value) => [value, countOf(all, value)]));
    const known = facet === "region" ? tree.flatMap(({ code }) => (Object.hasOwn(all, code) ? [code] : [])) : Object.keys(all);
    const hidden = known.filter((value) => !Object.hasOwn(few, value)).length;
    told.facets[facet] = few;
    if (hidden > 0) told.rest[facet] = hidden;
  }
  return told;
}

/** Values come from addresses as well, and every object has a `constructor`. */
function countOf(all: Counts, value: string): number {
  return Object.hasOwn(all, value) ? (all[value] ?? 0) : 0;
}

function withMost(all: Counts, chosen: readonly string[]): string[] {
  const byCount = Object.entries(all).sort((one, other) => other[1] - one[1]).map(([value]) => value);
  return [...new Set([...chosen, ...byCount.slice(0, OFFERED)])];
}

/** Each below the one that it belongs to: first those in which something was chosen, then those with most. */
function offeredRegions(all: Counts, chosen: readonly string[], tree: Tree): Tree {
  const byId = new Map(tree.map((region) => [region.id, region]));
  const open = new Set<string | null>([null]);
  for (const code of chosen) {
    for (let at = tree.find((region) => region.code === code); at; at = byId.get(at.parentId ?? "")) open.add(at.id);
  }
  const chosenOrAbove = new Set(open);
  // A province is opened by itself: what is looked for in it lies in its cities.
  for (const region of tree) if (region.level === "province") open.add(region.id);
  const below = (parentId: string | null): Tree =>
    tree
      .filter((region) => region.parentId === parentId && (region.code in all || chosenOrAbove.has(region.id)))
      .sort((one, other) => Number(open.has(other.id)) - Number(open.has(one.id)) || (all[other.code] ?? 0) - (all[one.code] ?? 0))
      .flatMap((region) => [region, ...(open.has(region.id) ? below(region.id) : [])]);
  return below(null);
}
