import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { requireViewer } from "#app/http/viewer.server.ts";
import { ResourceRows } from "#app/resources/resource-rows.tsx";
import { pageTitle } from "#app/ui/title.ts";
import { listOwnResources } from "#db/resources.ts";

export const meta: MetaFunction = ({ matches }) => pageTitle(matches, "我发表的", "What I published");

export async function loader({ request, context }: LoaderFunctionArgs) {
  const viewer = await requireViewer(context, request);
  return { resources: await listOwnResources(context.db, viewer, { limit: 100 }) };
}

export default function List() {
  const { t } = useTranslation("resources");
  const { resources } = useLoaderData<typeof loader>();
  return (
    <div className="page">
      <h1>{t("published.title")}</h1>
      <ResourceRows resources={resources} none={t("published.none")} />
    </div>
  );
}

export { RefusalPage as ErrorBoundary } from "#app/ui/refusal-page.tsx";
