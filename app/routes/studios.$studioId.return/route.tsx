import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { useActionData } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import * as z from "zod";
import { readForm, unprocessable } from "#app/http/form.server.ts";
import { prose } from "#app/http/text.server.ts";
import { requireViewer } from "#app/http/viewer.server.ts";
import { studioFor } from "#app/studios/access.server.ts";
import { returnStudio } from "#app/studios/return.server.ts";
import { TextArea } from "#app/ui/field.tsx";
import { FormPage } from "#app/ui/form-page.tsx";
import { pageTitle } from "#app/ui/title.ts";

export const meta: MetaFunction = ({ matches }) => pageTitle(matches, "退回方案", "Send the draft back");

export async function loader({ request, params, context }: LoaderFunctionArgs) {
  await studioFor(context.db, await requireViewer(context, request), "return", params.studioId);
  return null;
}

export async function action({ request, params, context }: ActionFunctionArgs) {
  const viewer = await requireViewer(context, request);
  const studio = await studioFor(context.db, viewer, "return", params.studioId);
  const { values, problems, typed } = await readForm(request, z.object({ reason: prose(500, 1) }));
  if (problems) return unprocessable(problems, typed);
  await returnStudio(context.db, viewer, studio, values.reason);
  throw redirect(`/studios/${studio.id}`);
}

export default function Return() {
  const { t } = useTranslation("studios");
  const answer = useActionData<typeof action>();
  return (
    <FormPage title={t("return.title")} lead={t("return.lead")} go={t("return.go")} problems={answer?.problems}>
      <TextArea name="reason" label={t("return.reason")} problems={answer?.problems} defaultValue={answer?.typed.reason} maxLength={500} required />
    </FormPage>
  );
}

export { RefusalPage as ErrorBoundary } from "#app/ui/refusal-page.tsx";
