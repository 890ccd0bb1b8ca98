import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Link, useLoaderData } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { refuse } from "#app/http/refusals.ts";
import { requireViewer } from "#app/http/viewer.server.ts";
import { planSeenBy } from "#app/plans/access.server.ts";
import { isBlank } from "#app/plans/content.ts";
import { PlanBody } from "#app/plans/plan-body.tsx";
import { useVersionName } from "#app/plans/version-name.ts";
import { nodesToRead } from "#app/plans/read-nodes.ts";
import { pageTitle } from "#app/ui/title.ts";
import { When } from "#app/ui/when.tsx";
import { findVersion } from "#db/plans.ts";

export const meta: MetaFunction<typeof loader> = ({ matches, data }) => pageTitle(matches, `${data?.plan.title ?? ""} · ${data?.version.no ?? ""}`, `${data?.plan.title ?? ""} · ${data?.version.no ?? ""}`);

/** A plan as it was. */
export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const viewer = await requireViewer(context, request);
  const plan = await planSeenBy(context.db, viewer, params.planId);
  const version = /^\d{1,6}$/.test(params.no ?? "") ? await findVersion(context.db, plan.docId, Number(params.no)) : undefined;
  if (!version) throw refuse("notThere");
  const { no, name, kind, by, at, content } = version;
  return { plan: { id: plan.id, title: plan.title }, version: { no, name, kind, by, at }, sections: content.filter((section) => !isBlank(section.nodes)).map(({ key, title, nodes }) => ({ key, title, nodes: nodesToRead(nodes) })) };
}

export default function Version() {
  const { t } = useTranslation("plans");
  const { plan, version, sections } = useLoaderData<typeof loader>();
  const nameOf = useVersionName();
  return (
    <div className="page">
      <div className="mx-auto max-w-[52rem]">
        <p className="kick"><Link to={`/plans/${plan.id}/versions`}>{plan.title} · {t("version.title")}</Link></p>
        <h1>{nameOf(version)}</h1>
        <p className="text-ink-2"><When at={version.at} /> · {version.by ? t("version.by", { name: version.by }) : t("version.platform")}</p>
        <article className="mt-6 grid grid-cols-1 gap-6 rounded-round border border-hairline bg-sheet px-4 py-8 md:px-12">
          {sections.length === 0 && <p className="text-ink-3">{t("empty")}</p>}
          {sections.map((section) => <section key={section.key}><h2 className="mb-1 font-song font-bold">{section.title}</h2><PlanBody nodes={section.nodes} /></section>)}
        </article>
      </div>
    </div>
  );
}

export { RefusalPage as ErrorBoundary } from "#app/ui/refusal-page.tsx";
