import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { Form, useLoaderData } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { requireViewer } from "#app/http/viewer.server.ts";
import { planFor } from "#app/plans/access.server.ts";
import { forkPlan } from "#app/plans/fork.server.ts";
import { ActPage } from "#app/preps/act-page.tsx";
import { Button } from "#app/ui/button.tsx";
import { pageTitle } from "#app/ui/title.ts";

export const meta: MetaFunction = ({ matches }) => pageTitle(matches, "做成我的教案", "Make it my own plan");

export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const viewer = await requireViewer(context, request);
  const plan = await planFor(context.db, viewer, "fork", params.planId);
  return { plan: { lessonId: plan.lessonId, title: plan.title } };
}

/** POST begins the second prep. */
export async function action({ request, params, context }: ActionFunctionArgs) {
  const viewer = await requireViewer(context, request);
  const plan = await planFor(context.db, viewer, "fork", params.planId);
  throw redirect(`/plans/${await forkPlan(context.db, context.documents, viewer, plan)}`);
}

export default function Fork() {
  const { t } = useTranslation("plans");
  const { plan } = useLoaderData<typeof loader>();
  return (
    <ActPage prep={plan} title={t("fork.title")} help={t("fork.help")}>
      <Form method="post"><Button weight="go">{t("fork.title")}</Button></Form>
    </ActPage>
  );
}

export { RefusalPage as ErrorBoundary } from "#app/ui/refusal-page.tsx";
