import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { conflict } from "#app/http/form.server.ts";
import { requireViewer } from "#app/http/viewer.server.ts";
import { endGrant, grantToEnd } from "#app/people/grants.server.ts";
import { holds } from "#app/people/standing.ts";
import { FormPage } from "#app/ui/form-page.tsx";
import { pageTitle } from "#app/ui/title.ts";

export const meta: MetaFunction = ({ matches }) => pageTitle(matches, "免去职责", "End an office");

export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const { name, role, place } = await grantToEnd(context.db, await requireViewer(context, request), params.grantId);
  return { name, role, place };
}

export async function action({ request, params, context }: ActionFunctionArgs) {
  const viewer = await requireViewer(context, request);
  const grant = await grantToEnd(context.db, viewer, params.grantId);
  if ((await endGrant(context.db, viewer, grant)) === "last") return conflict({ form: { key: "regions:grants.last" } }, {});
  const own = viewer.grants.find((one) => one.role === "region_admin" && one.scopeType === "region");
  throw redirect(holds(viewer, "system_operator") ? "/operations/people" : own ? `/regions/${own.scopeId}` : "/me");
}

export default function EndGrant() {
  const { t } = useTranslation("regions");
  const { name, role, place } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const office = t(`grants.role.${role}`);
  return <FormPage title={t("grants.endTitle", { name })} lead={place ? t("grants.endLead", { role: office, place }) : t("grants.endLeadSystem", { role: office })} go={t("grants.end")} weight="danger" problems={answer?.problems} />;
}

export { RefusalPage as ErrorBoundary } from "#app/ui/refusal-page.tsx";
