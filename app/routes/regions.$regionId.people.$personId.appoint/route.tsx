import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import * as z from "zod";
import { readForm, unprocessable } from "#app/http/form.server.ts";
import type { Problem } from "#app/http/problems.ts";
import { optionalLine } from "#app/http/text.server.ts";
import { requireViewer } from "#app/http/viewer.server.ts";
import { grantFor, grantRole, personToAppoint } from "#app/people/grants.server.ts";
import { regionFor } from "#app/regions/access.server.ts";
import { Field, Select } from "#app/ui/field.tsx";
import { FormPage } from "#app/ui/form-page.tsx";
import { pageTitle } from "#app/ui/title.ts";
import { listSchools } from "#db/schools.ts";
import type { Db } from "#db/types.ts";

const ROLES = ["school_coordinator", "teaching_researcher"] as const;

export const meta: MetaFunction = ({ matches }) => pageTitle(matches, "任命", "Appoint");

export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const viewer = await requireViewer(context, request);
  const region = await regionFor(context.db, viewer, "administer", params.regionId);
  return { person: await personToAppoint(context.db, params.personId, region.id), region: region.name };
}

export async function action({ request, params, context }: ActionFunctionArgs) {
  const viewer = await requireViewer(context, request);
  const region = await regionFor(context.db, viewer, "administer", params.regionId);
  const person = await personToAppoint(context.db, params.personId, region.id);
  const { values, problems, typed } = await readForm(request, z.object({ role: z.enum(ROLES), school: optionalLine(60) }));
  if (problems) return unprocessable(problems, typed);
  if (values.role === "teaching_researcher") await grantRole(context.db, viewer, person.id, await grantFor(context.db, viewer, "teaching_researcher", "region", region.id));
  else {
    const school = await oneSchool(context.db, region.id, values.school);
    if ("key" in school) return unprocessable({ school }, typed);
    await grantRole(context.db, viewer, person.id, await grantFor(context.db, viewer, "school_coordinator", "school", school.id));
  }
  throw redirect(`/regions/${region.id}`);
}

/** The one school that a few characters mean, or what to say when there is none or more. */
async function oneSchool(db: Db, regionId: string, name: string): Promise<{ id: string } | Problem> {
  if (!name) return { key: "common:form.missing" };
  const found = await listSchools(db, regionId, { name, limit: 6 });
  const exact = found.find((school) => school.name === name) ?? (found.length === 1 ? found[0] : undefined);
  if (exact) return exact;
  return found.length === 0 ? { key: "regions:grants.schoolNone" } : { key: "regions:grants.schoolMany", params: { names: found.slice(0, 5).map((school) => school.name).join("、") } };
}

export default function AppointInRegion() {
  const { t } = useTranslation("regions");
  const { person, region } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  return (
    <FormPage title={t("grants.appointTitle", { name: person.name })} lead={<>{[person.county, person.school].filter(Boolean).join(" · ")}<br />{t("grants.confirmNote")}</>} go={t("grants.grant")} problems={answer?.problems}>
      <Select name="role" label={t("grants.roleLabel")} problems={answer?.problems} defaultValue={answer?.typed.role}>
        {ROLES.map((role) => <option key={role} value={role}>{role === "teaching_researcher" ? `${t(`grants.role.${role}`)} · ${region}` : t(`grants.role.${role}`)}</option>)}
      </Select>
      <Field name="school" label={t("grants.school")} help={t("grants.schoolHelp")} problems={answer?.problems} defaultValue={answer?.typed.school ?? person.school} maxLength={60} />
    </FormPage>
  );
}

export { RefusalPage as ErrorBoundary } from "#app/ui/refusal-page.tsx";
