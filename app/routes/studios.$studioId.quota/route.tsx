import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import * as z from "zod";
import { conflict, readForm, unprocessable } from "#app/http/form.server.ts";
import { requireViewer } from "#app/http/viewer.server.ts";
import { studioFor } from "#app/studios/access.server.ts";
import { setQuota } from "#app/studios/set-quota.server.ts";
import { quotaFields } from "#app/studios/studio-form.server.ts";
import { QuotaFields } from "#app/studios/studio-fields.tsx";
import { FormPage } from "#app/ui/form-page.tsx";
import { BesideWhatIsKept } from "#app/ui/stale.tsx";
import { pageTitle } from "#app/ui/title.ts";

export const meta: MetaFunction = ({ matches }) => pageTitle(matches, "调整席位", "Change seats");

export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const { name, quota, version } = await studioFor(context.db, await requireViewer(context, request), "setQuota", params.studioId);
  return { name, version, kept: { subjectLead: String(quota.subjectLead), youngTeacher: String(quota.youngTeacher), trainee: quota.trainee === null ? "" : String(quota.trainee) } };
}

export async function action({ request, params, context }: ActionFunctionArgs) {
  const viewer = await requireViewer(context, request);
  const studio = await studioFor(context.db, viewer, "setQuota", params.studioId);
  const { values, problems, typed } = await readForm(request, z.object({ ...quotaFields, version: z.coerce.number().int() }));
  if (problems) return unprocessable(problems, typed);
  const { version, ...quota } = values;
  if (!(await setQuota(context.db, viewer, studio, version, quota))) return conflict({ form: { key: "common:form.stale" } }, typed);
  throw redirect(`/studios/${studio.id}`);
}

export default function Quota() {
  const { t } = useTranslation("studios");
  const { name, version, kept } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  return (
    <FormPage title={t("quota.title")} lead={<><b className="font-song">{name}</b><br />{t("quota.lead")}</>} go={t("quota.go")} problems={answer?.problems}>
      <input type="hidden" name="version" value={version} />
      <BesideWhatIsKept problems={answer?.problems} kept={kept}><QuotaFields typed={{ ...kept, ...answer?.typed }} problems={answer?.problems} /></BesideWhatIsKept>
    </FormPage>
  );
}

export { lookAgainWhenStale as shouldRevalidate } from "#app/ui/stale.tsx";
export { RefusalPage as ErrorBoundary } from "#app/ui/refusal-page.tsx";
