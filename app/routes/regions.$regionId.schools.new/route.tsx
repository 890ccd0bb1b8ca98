import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { conflict, readForm, unprocessable } from "#app/http/form.server.ts";
import { requireViewer } from "#app/http/viewer.server.ts";
import { regionFor } from "#app/regions/access.server.ts";
import { saveSchool } from "#app/regions/save-school.server.ts";
import { SchoolFields } from "#app/regions/school-fields.tsx";
import { factsOf, schoolForm } from "#app/regions/school-form.server.ts";
import { FormPage } from "#app/ui/form-page.tsx";
import { pageTitle } from "#app/ui/title.ts";
import { listCountiesOf } from "#db/regions.ts";

export const meta: MetaFunction = ({ matches }) => pageTitle(matches, "登记一所学校", "Enter a school");

export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const region = await regionFor(context.db, await requireViewer(context, request), "editSchools", params.regionId);
  return { counties: await listCountiesOf(context.db, region.id) };
}

export async function action({ request, params, context }: ActionFunctionArgs) {
  const viewer = await requireViewer(context, request);
  const region = await regionFor(context.db, viewer, "editSchools", params.regionId);
  const { values, problems, typed } = await readForm(request, schoolForm);
  if (problems) return unprocessable(problems, typed);
  const saved = await saveSchool(context.db, viewer, region, factsOf(values), null);
  if ("refused" in saved) return conflict(saved.refused === "twice" ? { name: { key: "regions:school.twice" } } : { regionId: { key: "regions:school.countyOutside" } }, typed);
  throw redirect(`/regions/${region.id}`);
}

export default function NewSchool() {
  const { t } = useTranslation("regions");
  const { counties } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  return (
    <FormPage title={t("school.newTitle")} go={t("school.save")} problems={answer?.problems}>
      <SchoolFields counties={counties} typed={answer?.typed ?? {}} problems={answer?.problems} />
    </FormPage>
  );
}

export { RefusalPage as ErrorBoundary } from "#app/ui/refusal-page.tsx";
