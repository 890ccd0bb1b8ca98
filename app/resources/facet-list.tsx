import { Link } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { useFacetWords } from "./facet-words.ts";

interface Props {
  facets: { readonly [facet: string]: Readonly<Record<string, number>> | undefined };
  chosen: { readonly [facet: string]: readonly string[] | undefined };
  /** How many more values come up once something is chosen. */
  rest: { readonly [facet: string]: number | undefined };
  /** In the order in which they are shown. */
  regions: readonly { code: string; name: string }[];
  /** Addresses that add or take away a value; without them the values are boxes of a form. */
  links?: { with(facet: string, value: string): string; without(facet: string, value: string): string };
}

const SHOWN = ["kind", "grade", "edition", "unit", "region", "subject", "stage"] as const;
const MOST = 8;

/** Grades and regions in their order, everything else where there is most of it; what was chosen is there even when nothing is left of it. */
function valuesOf(facet: string, counts: Readonly<Record<string, number>>, chosen: readonly string[], regions: Props["regions"]): [string, number][] {
  if (facet === "region" && regions.length > 0) return regions.map(({ code }) => [code, counts[code] ?? 0]);
  const all = Object.entries({ ...Object.fromEntries(chosen.map((value) => [value, 0])), ...counts });
  return facet === "grade" ? all.sort((a, b) => Number(a[0]) - Number(b[0])) : all.sort((a, b) => b[1] - a[1]);
}

/** How many there are of each, and the way to only those. */
export function FacetList({ facets, chosen, rest, regions, links }: Props) {
  const { t } = useTranslation("resources");
  const say = useFacetWords(regions);
  return SHOWN.map((facet) => {
    const values = valuesOf(facet, facets[facet] ?? {}, chosen[facet] ?? [], regions);
    const more = rest[facet] ?? 0;
    if (values.length === 0) return null;
    const rows = values.map(([value, count]) => {
      const on = chosen[facet]?.includes(value) ?? false;
      const words = <><span className={on ? "font-semibold text-cinnabar" : "text-ink-2"}>{on && <span aria-hidden="true">✓ </span>}{say(facet, value)}</span><span className="text-ink-3">{count}</span></>;
      return links ? (
        <Link key={value} to={on ? links.without(facet, value) : links.with(facet, value)} aria-current={on || undefined} className="flex justify-between gap-3 py-0.5 no-underline">{words}</Link>
      ) : (
        // Made anew where a value was taken away beside it: a box keeps its tick otherwise.
        <label key={`${value} ${on}`} className="flex min-h-touch items-center gap-3"><input type="checkbox" name={facet} value={value} defaultChecked={on} className="size-4 accent-cinnabar" /><span className="flex flex-1 justify-between gap-3">{words}</span></label>
      );
    });
    const hint = more > 0 && <p className="py-1 text-small text-ink-3">{t(facet === "region" ? "find.restOfRegions" : "find.rest", { count: more })}</p>;
    return (
      <fieldset key={facet} className="mb-4 grid gap-0.5 md:mb-0">
        <legend className="mb-1 font-semibold">{t(`facet.${facet}`)}</legend>
        {rows.slice(0, MOST)}
        {rows.length > MOST && <details className="grid gap-0.5"><summary className="min-h-touch cursor-pointer py-2 text-small text-ink-2 md:min-h-0 md:py-0.5">{t("find.more", { count: rows.length - MOST })}</summary>{rows.slice(MOST)}{hint}</details>}
        {rows.length <= MOST && hint}
      </fieldset>
    );
  });
}
