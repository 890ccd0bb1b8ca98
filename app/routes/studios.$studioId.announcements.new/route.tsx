import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { useActionData } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import * as z from "zod";
import { readForm, unprocessable } from "#app/http/form.server.ts";
import { prose } from "#app/http/text.server.ts";
import { requireViewer } from "#app/http/viewer.server.ts";
import { studioFor } from "#app/studios/access.server.ts";
import { announce } from "#app/studios/announce.server.ts";
import { TextArea } from "#app/ui/field.tsx";
import { FormPage } from "#app/ui/form-page.tsx";
import { pageTitle } from "#app/ui/title.ts";

export const meta: MetaFunction = ({ matches }) => pageTitle(matches, "发公告", "Announce");

export async function loader({ request, params, context }: LoaderFunctionArgs) {
  await studioFor(context.db, await requireViewer(context, request), "announce", params.studioId);
  return null;
}

export async function action({ request, params, context }: ActionFunctionArgs) {
  const viewer = await requireViewer(context, request);
  const studio = await studioFor(context.db, viewer, "announce", params.studioId);
  const { values, problems, typed } = await readForm(request, z.object({ body: prose(1000, 1) }));
  if (problems) return unprocessable(problems, typed);
  await announce(context.db, viewer, studio, values.body);
  throw redirect(`/studios/${studio.id}`);
}

export default function Announce() {
  const { t } = useTranslation("studios");
  const answer = useActionData<typeof action>();
  return (
    <FormPage title={t("announce.title")} lead={t("announce.lead")} go={t("announce.go")} problems={answer?.problems}>
      <TextArea name="body" label={t("announce.body")} problems={answer?.problems} defaultValue={answer?.typed.body} rows={6} maxLength={1000} required />
    </FormPage>
  );
}

export { RefusalPage as ErrorBoundary } from "#app/ui/refusal-page.tsx";
