import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Link, useLoaderData } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { requireViewer } from "#app/http/viewer.server.ts";
import { studioFor } from "#app/studios/access.server.ts";
import { studioFigures } from "#app/studios/figures.server.ts";
import { Button } from "#app/ui/button.tsx";
import { Empty } from "#app/ui/empty.tsx";
import { pageTitle } from "#app/ui/title.ts";
import { sayWhen } from "#app/ui/when.tsx";

export const meta: MetaFunction = ({ matches }) => pageTitle(matches, "数字", "Numbers");

/** The studio's numbers for a report: each with what it counts and when it was counted. */
export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const viewer = await requireViewer(context, request);
  const studio = await studioFor(context.db, viewer, "seeMembers", params.studioId);
  return { studio: { id: studio.id, name: studio.name }, counted: await studioFigures(context.db, studio) };
}

export default function StudioFigures() {
  const { t, i18n } = useTranslation("studios");
  const { studio, counted } = useLoaderData<typeof loader>();
  return (
    <div className="page">
      <p className="kick"><Link to={`/studios/${studio.id}`}>{studio.name}</Link></p>
      <h1>{t("figures.title")}</h1>
      <p className="no-print mt-2 text-ink-2">{t("figures.lead")}</p>
      {!counted ? (
        <div className="mt-6"><Empty title={t("figures.none")} /></div>
      ) : (
        <>
          <table className="mt-6 w-full border-collapse text-left">
            <caption className="pb-3 text-left text-small text-ink-3">{t("figures.asOf", { when: sayWhen(counted.asOf, i18n.language) })}</caption>
            <thead className="text-small text-ink-3">
              <tr className="border-b border-rule"><th scope="col" className="py-2 pr-4 font-normal">{t("figures.name")}</th><th scope="col" className="py-2 pr-4 text-right font-normal whitespace-nowrap">{t("figures.number")}</th><th scope="col" className="py-2 font-normal">{t("figures.what")}</th></tr>
            </thead>
            <tbody>
              {counted.figures.map(({ name, n, of }) => (
                <tr key={name} className="border-b border-hairline align-baseline">
                  <th scope="row" className="py-2.5 pr-4 font-medium">{t(`figures.${name}`)}</th>
                  <td className="py-2.5 pr-4 text-right font-song text-lead font-bold tabular-nums">{n.toLocaleString("en")}</td>
                  <td className="py-2.5 text-small text-ink-2">{t(`figures.${name}What`, of)}</td>
                </tr>
              ))}
            </tbody>
          </table>
          <p className="no-print mt-5 flex flex-wrap items-center gap-4">
            <Button type="button" onClick={() => window.print()}>{t("figures.print")}</Button>
            <a href={`/studios/${studio.id}/figures.csv`} download className="inline-flex min-h-touch items-center">{t("figures.download")}</a>
          </p>
        </>
      )}
    </div>
  );
}

export { RefusalPage as ErrorBoundary } from "#app/ui/refusal-page.tsx";
