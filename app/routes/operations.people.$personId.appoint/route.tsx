import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import * as z from "zod";
import { readForm, unprocessable } from "#app/http/form.server.ts";
import { refuse } from "#app/http/refusals.ts";
import { requireViewer } from "#app/http/viewer.server.ts";
import { OPERATOR_ROLES } from "#app/people/grant-policy.ts";
import { grantFor, grantRole, personToAppoint } from "#app/people/grants.server.ts";
import { holds } from "#app/people/standing.ts";
import { RegionOptions } from "#app/regions/region-options.tsx";
import { Select } from "#app/ui/field.tsx";
import { FormPage } from "#app/ui/form-page.tsx";
import { pageTitle } from "#app/ui/title.ts";
import { listRegions } from "#db/regions.ts";

const ROLES = ["region_admin", "moderator", "system_operator"] as const satisfies readonly (keyof typeof OPERATOR_ROLES)[];

export const meta: MetaFunction = ({ matches }) => pageTitle(matches, "任命", "Appoint");

export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const viewer = await requireViewer(context, request);
  if (!holds(viewer, "system_operator")) throw refuse("notThere");
  const person = await personToAppoint(context.db, params.personId, null);
  return { person, regions: (await listRegions(context.db)).map(({ id, name, level }) => ({ id, name, level })) };
}

export async function action({ request, params, context }: ActionFunctionArgs) {
  const viewer = await requireViewer(context, request);
  if (!holds(viewer, "system_operator")) throw refuse("notThere");
  const person = await personToAppoint(context.db, params.personId, null);
  const { values, problems, typed } = await readForm(request, z.object({ role: z.enum(ROLES), regionId: z.string().optional() }));
  if (problems) return unprocessable(problems, typed);
  const scopeType = OPERATOR_ROLES[values.role];
  if (scopeType === "region" && !values.regionId) return unprocessable({ regionId: { key: "regions:grants.unknownPlace" } }, typed);
  await grantRole(context.db, viewer, person.id, await grantFor(context.db, viewer, values.role, scopeType, scopeType === "region" ? (values.regionId ?? "") : ""));
  throw redirect("/operations/people");
}

export default function Appoint() {
  const { t } = useTranslation("regions");
  const { person, regions } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  return (
    <FormPage title={t("grants.appointTitle", { name: person.name })} lead={<>{[person.county, person.school].filter(Boolean).join(" · ") || t("grants.noSchool")}<br />{t("grants.confirmNote")}</>} go={t("grants.grant")} problems={answer?.problems}>
      <Select name="role" label={t("grants.roleLabel")} problems={answer?.problems} defaultValue={answer?.typed.role}>
        {ROLES.map((role) => <option key={role} value={role}>{t(`grants.role.${role}`)}</option>)}
      </Select>
      <Select name="regionId" label={t("grants.place")} help={t("grants.placeHelp")} problems={answer?.problems} defaultValue={answer?.typed.regionId ?? ""}>
        <option value="">—</option>
        <RegionOptions regions={regions} />
      </Select>
    </FormPage>
  );
}

export { RefusalPage as ErrorBoundary } from "#app/ui/refusal-page.tsx";
