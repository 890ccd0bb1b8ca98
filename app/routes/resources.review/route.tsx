import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { requireViewer } from "#app/http/viewer.server.ts";
import { ResourceRows } from "#app/resources/resource-rows.tsx";
import { pageTitle } from "#app/ui/title.ts";
import { listSubmissionsFor } from "#db/resources.ts";

export const meta: MetaFunction = ({ matches }) => pageTitle(matches, "等您审核", "Waiting for your decision");

export async function loader({ request, context }: LoaderFunctionArgs) {
  const viewer = await requireViewer(context, request);
  return { resources: await listSubmissionsFor(context.db, viewer) };
}

export default function List() {
  const { t } = useTranslation("resources");
  const { resources } = useLoaderData<typeof loader>();
  return (
    <div className="page">
      <h1>{t("review.title")}</h1>
      <ResourceRows resources={resources} none={t("review.none")} />
    </div>
  );
}

export { RefusalPage as ErrorBoundary } from "#app/ui/refusal-page.tsx";
