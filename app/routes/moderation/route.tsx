import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Form, Link, useLoaderData } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { refuse } from "#app/http/refusals.ts";
import { requireViewer } from "#app/http/viewer.server.ts";
import { holds } from "#app/people/standing.ts";
import { listOpenCases } from "#app/resources/report.server.ts";
import { Button, LinkButton } from "#app/ui/button.tsx";
import { Empty } from "#app/ui/empty.tsx";
import { pageTitle } from "#app/ui/title.ts";

export const meta: MetaFunction = ({ matches }) => pageTitle(matches, "待处理的举报", "Reports");

export async function loader({ request, context }: LoaderFunctionArgs) {
  const viewer = await requireViewer(context, request);
  if (!holds(viewer, "moderator")) throw refuse("notThere");
  return { cases: await listOpenCases(context.db) };
}

export default function Moderation() {
  const { t } = useTranslation("resources");
  const { cases } = useLoaderData<typeof loader>();
  return (
    <div className="page">
      <h1>{t("moderation.title")}</h1>
      {cases.length === 0 ? <div className="mt-6"><Empty title={t("moderation.none")} /></div> : (
        <ul className="rows mt-5">
          {cases.map((one) => (
            <li key={one.id} className="flex-wrap">
              <div className="min-w-0 flex-1 basis-72">
                <Link to={`/resources/${one.resourceId}`} className="font-medium">{one.title}</Link>
                <p className="text-ink-2">{t(`ground.${one.ground}`)} · {one.detail}</p>
              </div>
              <LinkButton to={`/resources/${one.resourceId}/take-down`}>{t("takeDown.title")}</LinkButton>
              <Form method="post" action={`/resources/${one.resourceId}/dismiss-reports`}><Button>{t("moderation.dismiss")}</Button></Form>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

export { RefusalPage as ErrorBoundary } from "#app/ui/refusal-page.tsx";
