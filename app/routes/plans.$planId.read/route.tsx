import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Link, useLoaderData } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { requireViewer } from "#app/http/viewer.server.ts";
import { planSeenBy } from "#app/plans/access.server.ts";
import { Attribution } from "#app/plans/attribution.tsx";
import { PlanBody } from "#app/plans/plan-body.tsx";
import { PlanHead } from "#app/plans/plan-head.tsx";
import { sectionsOf } from "#app/plans/plan-page.server.ts";
import { upstreamOf } from "#app/plans/upstream.server.ts";
import { usePlace } from "#app/plans/use-place.ts";
import { Button } from "#app/ui/button.tsx";
import { nodesToRead } from "#app/plans/read-nodes.ts";
import { pageTitle } from "#app/ui/title.ts";

export const meta: MetaFunction<typeof loader> = ({ matches, data }) => pageTitle(matches, data?.plan.title ?? "", data?.plan.title ?? "");

/** A plan to read through and to print, in the layout in which it is inspected. Sections that nobody wrote are left out. */
export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const viewer = await requireViewer(context, request);
  const plan = await planSeenBy(context.db, viewer, params.planId);
  const sections = await sectionsOf(context.db, context.documents, viewer, plan);
  const upstream = await upstreamOf(context.db, context.documents, viewer, plan);
  return { madeFrom: upstream?.source ? { kind: upstream.kind, source: upstream.source } : null, plan: { id: plan.id, title: plan.title, periods: plan.periods, header: plan.header }, sections: sections.filter((section) => section.charCount > 0).map(({ key, title, nodes }) => ({ key, title, nodes: nodesToRead(nodes) })) };
}

export default function ReadPlan() {
  const { t } = useTranslation("plans");
  const { plan, sections, madeFrom } = useLoaderData<typeof loader>();
  usePlace(plan.id, sections.map(({ key }) => key));
  return (
    <div className="page">
      <p className="no-print mx-auto mb-4 flex max-w-[52rem] flex-wrap items-center gap-4 text-small text-ink-2"><Link to={`/plans/${plan.id}`}>{plan.title}</Link><Button type="button" weight="go" onClick={() => window.print()}>{t("printGo")}</Button><span>{t("print")}</span></p>
      <article className="mx-auto max-w-[52rem] rounded-round bg-sheet px-4 py-8 md:px-12 print:bg-transparent print:p-0">
        <PlanHead plan={plan} />
        {sections.length === 0 && <p className="mt-6 text-center text-ink-3">{t("empty")}</p>}
        {sections.map((section) => (
          <section key={section.key} id={section.key} className="mt-6 break-inside-auto">
            <h2 className="mb-1 break-after-avoid font-song font-bold">{section.title}</h2>
            <PlanBody nodes={section.nodes} />
          </section>
        ))}
        {madeFrom && <Attribution {...madeFrom} />}
      </article>
    </div>
  );
}

export { RefusalPage as ErrorBoundary } from "#app/ui/refusal-page.tsx";
