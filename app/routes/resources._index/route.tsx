import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Form, Link, useLoaderData, useSearchParams } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { refuse } from "#app/http/refusals.ts";
import { FacetList } from "#app/resources/facet-list.tsx";
import { find, readQuery } from "#app/resources/find.server.ts";
import { useFacetWords } from "#app/resources/facet-words.ts";
import { Hit } from "#app/resources/hit.tsx";
import { Button, LinkButton } from "#app/ui/button.tsx";
import { Empty } from "#app/ui/empty.tsx";
import { pageTitle } from "#app/ui/title.ts";

export const meta: MetaFunction = ({ matches }) => pageTitle(matches, "资源", "Resources");

export async function loader({ request, context }: LoaderFunctionArgs) {
  const viewer = await context.viewer();
  const query = readQuery(new URL(request.url));
  if (query.text !== "" && !context.spend("search")) throw refuse("tooMany");
  return { query, signedIn: viewer !== null, ...(await find(context.db, context.search, viewer, query)) };
}

export default function Resources() {
  const { t } = useTranslation("resources");
  const { t: common } = useTranslation();
  const { query, total, hits, facets, rest, regions, degraded, standIn, pages } = useLoaderData<typeof loader>();
  const say = useFacetWords(regions);
  const [parameters] = useSearchParams();
  const without = (name: string, value: string) => {
    const others = new URLSearchParams(parameters);
    others.delete("page");
    const kept = others.getAll(name).filter((one) => one !== value);
    others.delete(name);
    for (const one of kept) others.append(name, one);
    return `?${others}`;
  };
  const withMore = (name: string, value: string) => {
    const all = new URLSearchParams(parameters);
    all.delete("page");
    all.append(name, value);
    return `?${all}`;
  };
  const counted = Object.values(facets).some((values) => Object.keys(values ?? {}).length > 0);
  const chosen = Object.entries(query.filters).flatMap(([facet, values]) => (values ?? []).map((value) => ({ facet, value })));
  const asked = query.text !== "" || query.section !== undefined || chosen.length > 0;
  return (
    <div className="page">
      <h1>{query.text || t("find.title")}</h1>
      <p className="mt-1 text-ink-2">
        {degraded !== "unavailable" && t("find.total", { count: total })}
        {query.text && !query.section && total > 0 && <> · <Link to={withMore("section", "difficult_points")}>{t("find.onlyDifficult")}</Link></>}
        {query.section && <> · <Link to={without("section", query.section)}>{t("find.wholePlan")}</Link></>}
      </p>
      {degraded && <p role="status" className="mt-3 rounded-round bg-amber-wash px-4 py-2 text-amber">{t(`find.degraded.${degraded}`)}</p>}
      {standIn && degraded !== "unavailable" && <p role="status" className="mt-2 text-small text-ink-2">{t("find.standIn")}</p>}
      <div className="mt-6 grid gap-8 md:grid-cols-[210px_minmax(0,1fr)]">
        <Form className="grid content-start gap-5" aria-label={t("find.narrow")}>
          <input type="hidden" name="q" value={query.text} />
          {query.section && <input type="hidden" name="section" value={query.section} />}
          <details className={counted ? "md:hidden" : "hidden"}>
            <summary className="min-h-touch cursor-pointer py-2 font-medium">{t("find.narrow")}</summary>
            <FacetList facets={facets} chosen={query.filters} rest={rest} regions={regions} />
            <Button>{common("search.go")}</Button>
          </details>
          <div className="hidden gap-5 md:grid"><FacetList facets={facets} chosen={query.filters} rest={rest} regions={regions} links={{ with: withMore, without }} /></div>
        </Form>
        <div>
          {chosen.length > 0 && (
            <p className="mb-4 flex flex-wrap gap-2">
              {chosen.map(({ facet, value }) => (
                <Link key={facet + value} to={without(facet, value)} className="rounded-[3px] bg-cinnabar-wash px-2 text-small text-cinnabar no-underline">
                  {say(facet, value)} ×
                </Link>
              ))}
              <Link to={`?q=${encodeURIComponent(query.text)}`} className="text-small">{t("find.clear")}</Link>
            </p>
          )}
          {degraded === "unavailable" ? null : hits.length === 0 ? (
            <Empty title={t(asked ? "find.nothing" : "find.nothingYet")}>
              <p>{t(!asked ? "find.nothingYetHelp" : query.section ? "find.nothingThere" : chosen.length > 0 ? "find.nothingSo" : "find.nothingHelp")}</p>
              <p className="mt-4 flex flex-wrap justify-center gap-3">
                {query.section && <LinkButton to={without("section", query.section)}>{t("find.wholePlan")}</LinkButton>}
                {chosen.length > 0 && <LinkButton to={`?q=${encodeURIComponent(query.text)}`}>{t("find.clear")}</LinkButton>}
                {query.text && <LinkButton to="/resources">{t("find.all")}</LinkButton>}
              </p>
            </Empty>
          ) : (
            <ol>{hits.map((hit) => <Hit key={hit.kind + hit.id} hit={hit} />)}</ol>
          )}
          {pages > 1 && (
            <nav aria-label={t("find.pages")} className="mt-6 flex gap-3">
              {query.page > 1 && <LinkButton to={`?${new URLSearchParams([...[...parameters].filter(([name]) => name !== "page"), ["page", String(query.page - 1)]])}`}>{t("find.before")}</LinkButton>}
              {query.page < pages && <LinkButton to={`?${new URLSearchParams([...[...parameters].filter(([name]) => name !== "page"), ["page", String(query.page + 1)]])}`}>{t("find.after")}</LinkButton>}
            </nav>
          )}
        </div>
      </div>
    </div>
  );
}

export { RefusalPage as ErrorBoundary } from "#app/ui/refusal-page.tsx";
