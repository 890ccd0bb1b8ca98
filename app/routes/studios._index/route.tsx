import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Form, Link, useLoaderData } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { canDraftStudio } from "#app/studios/policy.ts";
import { StudioRows } from "#app/studios/studio-rows.tsx";
import { readStudioFilter } from "#app/studios/studio-filter.server.ts";
import { StudioFilters } from "#app/studios/studio-filters.tsx";
import { LinkButton } from "#app/ui/button.tsx";
import { Empty } from "#app/ui/empty.tsx";
import { pageTitle } from "#app/ui/title.ts";
import { listRegions } from "#db/regions.ts";
import { listOwnDrafts, listStudiosById, listVisibleStudios } from "#db/studios.ts";

const PAGE = 30;

export const meta: MetaFunction = ({ matches }) => pageTitle(matches, "工作室", "Studios");

export async function loader({ request, context }: LoaderFunctionArgs) {
  const { db } = context;
  const viewer = await context.viewer();
  const { filter, before, asked } = readStudioFilter(new URL(request.url).searchParams);
  const found = await listVisibleStudios(db, filter, { before, limit: PAGE + 1 });
  const first = !asked && !before;
  return {
    studios: found.slice(0, PAGE),
    next: found.length > PAGE ? (found[PAGE - 1]?.id ?? null) : null,
    mine: viewer && first ? await listStudiosById(db, viewer, viewer.seats.map((seat) => seat.studioId)) : [],
    drafts: viewer && first ? await listOwnDrafts(db, viewer) : [],
    regions: (await listRegions(db)).map(({ id, name, level }) => ({ id, name, level })),
    filter,
    asked,
    mayDraft: viewer !== null && canDraftStudio(viewer, viewer.grants.filter((grant) => grant.role === "region_admin").map((grant) => grant.scopeId)),
  };
}

export default function Studios() {
  const { t } = useTranslation("studios");
  const { studios, next, mine, drafts, regions, filter, asked, mayDraft } = useLoaderData<typeof loader>();
  return (
    <div className="page">
      <div className="flex flex-wrap items-end justify-between gap-4">
        <div className="min-w-0">
          <h1>{t("list.title")}</h1>
          <p className="mt-1 max-w-[38em] text-ink-2">{t("list.lead")}</p>
        </div>
        {mayDraft && <LinkButton to="/studios/new">{t("list.draft")}</LinkButton>}
      </div>
      {mine.length > 0 && <section className="mt-8"><h2 className="mb-3">{t("list.mine")}</h2><StudioRows studios={mine} /></section>}
      {drafts.length > 0 && <section className="mt-8"><h2 className="mb-3">{t("list.drafts")}</h2><StudioRows studios={drafts} /></section>}
      <section className="mt-8">
        <h2 className="mb-3">{t("list.all")}</h2>
        <StudioFilters regions={regions} filter={filter} />
        {asked && <p className="mt-2 text-small"><Link to="/studios">{t("list.clear")}</Link></p>}
        <div className="mt-5">
          {studios.length > 0 ? <StudioRows studios={studios} /> : <Empty title={t(asked ? "list.none" : "list.empty")}>{t(asked ? "list.noneHelp" : "list.emptyHelp")}</Empty>}
        </div>
        {next && (
          <Form className="mt-4">
            {Object.entries(filter).map(([name, value]) => <input key={name} type="hidden" name={name} value={value} />)}
            <input type="hidden" name="before" value={next} />
            <button type="submit" className="min-h-touch cursor-pointer underline decoration-rule underline-offset-4">{t("list.more")}</button>
          </Form>
        )}
      </section>
    </div>
  );
}

export { RefusalPage as ErrorBoundary } from "#app/ui/refusal-page.tsx";
