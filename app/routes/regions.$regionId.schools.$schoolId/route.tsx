import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import * as z from "zod";
import { conflict, readForm, unprocessable } from "#app/http/form.server.ts";
import { requireViewer } from "#app/http/viewer.server.ts";
import { regionFor, schoolFor } from "#app/regions/access.server.ts";
import { saveSchool, seenOf } from "#app/regions/save-school.server.ts";
import { SchoolFields } from "#app/regions/school-fields.tsx";
import { factsOf, schoolForm } from "#app/regions/school-form.server.ts";
import { FormPage } from "#app/ui/form-page.tsx";
import { BesideWhatIsKept } from "#app/ui/stale.tsx";
import { pageTitle } from "#app/ui/title.ts";
import { listCountiesOf } from "#db/regions.ts";

export const meta: MetaFunction = ({ matches }) => pageTitle(matches, "修改学校", "Edit the school");

export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const viewer = await requireViewer(context, request);
  const school = await schoolFor(context.db, viewer, params.regionId, params.schoolId);
  const { name, regionId, kind, locale, remote, smallRural } = school;
  const kept = { name, regionId, kind, locale, ...(remote && { remote: "on" }), ...(smallRural && { smallRural: "on" }) };
  return { kept, seen: seenOf(school), counties: await listCountiesOf(context.db, params.regionId ?? "") };
}

export async function action({ request, params, context }: ActionFunctionArgs) {
  const viewer = await requireViewer(context, request);
  const school = await schoolFor(context.db, viewer, params.regionId, params.schoolId);
  const region = await regionFor(context.db, viewer, "editSchools", params.regionId);
  const { values, problems, typed } = await readForm(request, schoolForm.extend({ seen: z.string().max(500) }));
  if (problems) return unprocessable(problems, typed);
  const saved = await saveSchool(context.db, viewer, region, factsOf(values), { id: school.id, seen: values.seen });
  if ("refused" in saved && saved.refused === "stale") return conflict({ form: { key: "common:form.stale" } }, typed);
  if ("refused" in saved) return conflict(saved.refused === "twice" ? { name: { key: "regions:school.twice" } } : { regionId: { key: "regions:school.countyOutside" } }, typed);
  throw redirect(`/regions/${region.id}`);
}

export default function EditSchool() {
  const { t } = useTranslation("regions");
  const { kept, seen, counties } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  return (
    <FormPage title={t("school.editTitle")} go={t("school.save")} problems={answer?.problems}>
      <input type="hidden" name="seen" value={seen} />
      <BesideWhatIsKept problems={answer?.problems} kept={kept}><SchoolFields counties={counties} typed={answer?.typed ?? kept} problems={answer?.problems} /></BesideWhatIsKept>
    </FormPage>
  );
}

export { lookAgainWhenStale as shouldRevalidate } from "#app/ui/stale.tsx";
export { RefusalPage as ErrorBoundary } from "#app/ui/refusal-page.tsx";
