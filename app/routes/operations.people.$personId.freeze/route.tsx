import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import * as z from "zod";
import { conflict, readForm, unprocessable } from "#app/http/form.server.ts";
import { prose } from "#app/http/text.server.ts";
import { requireViewer } from "#app/http/viewer.server.ts";
import { personFor } from "#app/people/access.server.ts";
import { freeze } from "#app/people/freeze.server.ts";
import { TextArea } from "#app/ui/field.tsx";
import { FormPage } from "#app/ui/form-page.tsx";
import { pageTitle } from "#app/ui/title.ts";

export const meta: MetaFunction = ({ matches }) => pageTitle(matches, "冻结账号", "Freeze an account");

export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const { name, region, school } = await personFor(context.db, await requireViewer(context, request), "freeze", params.personId);
  return { name, from: [region, school].filter(Boolean).join(" · ") };
}

/** POST closes the account until somebody lifts it: routes/operations.people.$personId.lift. */
export async function action({ request, params, context }: ActionFunctionArgs) {
  const viewer = await requireViewer(context, request);
  const person = await personFor(context.db, viewer, "freeze", params.personId);
  const { values, problems, typed } = await readForm(request, z.object({ reason: prose(500, 1) }));
  if (problems) return unprocessable(problems, typed);
  if ((await freeze(context.db, viewer, person, values.reason)) === "last") return conflict({ form: { key: "operations:frozen.last" } }, typed);
  throw redirect("/operations/people");
}

export default function FreezeAccount() {
  const { t } = useTranslation("operations");
  const { name, from } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  return (
    <FormPage title={t("frozen.freezeTitle", { name })} lead={<>{from && <>{from}<br /></>}{t("frozen.freezeLead")}</>} go={t("frozen.freeze")} weight="danger" problems={answer?.problems}>
      <TextArea name="reason" label={t("frozen.reason")} help={t("frozen.reasonHelp")} problems={answer?.problems} defaultValue={answer?.typed.reason} maxLength={500} required />
    </FormPage>
  );
}

export { RefusalPage as ErrorBoundary } from "#app/ui/refusal-page.tsx";
