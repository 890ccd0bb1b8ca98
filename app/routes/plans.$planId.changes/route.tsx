import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Link, useLoaderData } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { refuse } from "#app/http/refusals.ts";
import { requireViewer } from "#app/http/viewer.server.ts";
import { planSeenBy } from "#app/plans/access.server.ts";
import { changesFromUpstream, upstreamOf } from "#app/plans/upstream.server.ts";
import { pageTitle } from "#app/ui/title.ts";

export const meta: MetaFunction = ({ matches }) => pageTitle(matches, "改了哪里", "What changed");

/** A plan beside what it was made from. */
export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const viewer = await requireViewer(context, request);
  const plan = await planSeenBy(context.db, viewer, params.planId);
  const [upstream, changes] = await Promise.all([upstreamOf(context.db, context.documents, viewer, plan), changesFromUpstream(context.db, context.documents, viewer, plan)]);
  if (!upstream?.source || !changes) throw refuse("notThere");
  return { plan: { id: plan.id, title: plan.title }, source: upstream.source, changes };
}

export default function Changes() {
  const { t } = useTranslation("plans");
  const { plan, source, changes } = useLoaderData<typeof loader>();
  return (
    <div className="page">
      <div className="mx-auto max-w-[52rem]">
        <p className="kick"><Link to={`/plans/${plan.id}`}>{plan.title}</Link> · <Link to={source.href}>{source.title}</Link></p>
        <h1>{t("upstream.title")}</h1>
        <p className="mt-1 text-ink-2">{t("upstream.lead", { title: source.title })}</p>
        <article className="mt-6 grid grid-cols-1 gap-6 rounded-round border border-hairline bg-sheet px-4 py-8 md:px-12">
          {changes.length === 0 && <p className="text-ink-3">{t("upstream.none")}</p>}
          {changes.map((section) => (
            <section key={section.key} id={section.key}>
              <h2 className="mb-1 font-song font-bold">{section.title}</h2>
              <p className="prose-song whitespace-pre-wrap">
                {section.pieces.map((piece, index) =>
                  piece.kind === "gone" ? <del key={index} className="text-ink-3">{piece.text}</del> : piece.kind === "new" ? <ins key={index} className="bg-pine-wash text-pine no-underline">{piece.text}</ins> : <span key={index}>{piece.text}</span>,
                )}
              </p>
            </section>
          ))}
        </article>
      </div>
    </div>
  );
}

export { RefusalPage as ErrorBoundary } from "#app/ui/refusal-page.tsx";
