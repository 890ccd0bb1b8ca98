import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { Form, Link, useActionData, useLoaderData } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import * as z from "zod";
import { readForm, unprocessable } from "#app/http/form.server.ts";
import { line } from "#app/http/text.server.ts";
import { requireViewer } from "#app/http/viewer.server.ts";
import { planFor, planSeenBy } from "#app/plans/access.server.ts";
import { nameVersion } from "#app/plans/name-version.server.ts";
import { canOnPlan } from "#app/plans/policy.ts";
import { useVersionName } from "#app/plans/version-name.ts";
import { Button } from "#app/ui/button.tsx";
import { Field } from "#app/ui/field.tsx";
import { pageTitle } from "#app/ui/title.ts";
import { When } from "#app/ui/when.tsx";
import { listVersions } from "#db/plans.ts";

export const meta: MetaFunction = ({ matches }) => pageTitle(matches, "版本", "Versions");

export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const viewer = await requireViewer(context, request);
  const plan = await planSeenBy(context.db, viewer, params.planId);
  return { plan: { id: plan.id, title: plan.title }, mayName: canOnPlan(viewer, "write", plan), versions: await listVersions(context.db, plan.docId) };
}

const form = z.object({ name: line(60) });

/** POST keeps a version under a name. */
export async function action({ request, params, context }: ActionFunctionArgs) {
  const viewer = await requireViewer(context, request);
  const plan = await planFor(context.db, viewer, "write", params.planId);
  const { values, problems, typed } = await readForm(request, form);
  if (problems) return unprocessable(problems, typed);
  await nameVersion(context.db, context.documents, viewer, plan, values.name);
  throw redirect(`/plans/${plan.id}/versions`);
}

export default function Versions() {
  const { t } = useTranslation("plans");
  const { plan, mayName, versions } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const nameOf = useVersionName();
  return (
    <div className="page">
      <div className="mx-auto grid max-w-[42rem] gap-6">
        <div><p className="kick"><Link to={`/plans/${plan.id}`}>{plan.title}</Link></p><h1>{t("version.title")}</h1></div>
        {mayName && (
          <Form key={versions.length} method="post" className="flex flex-wrap items-end gap-3">
            <div className="min-w-0 flex-1 basis-60"><Field name="name" label={t("version.name")} problems={answer?.problems} defaultValue={answer?.typed.name} maxLength={60} required /></div>
            <Button>{t("version.go")}</Button>
          </Form>
        )}
        {versions.length === 0 ? <p className="text-ink-2">{t("version.none")}</p> : (
          <ol className="rows">
            {versions.map((version) => (
              <li key={version.id}>
                <span className="w-8 shrink-0 font-song text-ink-3">{version.no}</span>
                <div className="min-w-0 flex-1"><Link to={`/plans/${plan.id}/versions/${version.no}`} className="font-semibold">{nameOf(version)}</Link><div className="text-small text-ink-2"><When at={version.at} /> · {version.by ? t("version.by", { name: version.by }) : t("version.platform")}</div></div>
              </li>
            ))}
          </ol>
        )}
      </div>
    </div>
  );
}

export { RefusalPage as ErrorBoundary } from "#app/ui/refusal-page.tsx";
