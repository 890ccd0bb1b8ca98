import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import * as z from "zod";
import { readForm, unprocessable } from "#app/http/form.server.ts";
import { prose } from "#app/http/text.server.ts";
import { requireViewer } from "#app/http/viewer.server.ts";
import { seatIn } from "#app/people/standing.ts";
import { studioFor, studioSeenBy } from "#app/studios/access.server.ts";
import { applyTo } from "#app/studios/apply.server.ts";
import { TextArea } from "#app/ui/field.tsx";
import { FormPage } from "#app/ui/form-page.tsx";
import { pageTitle } from "#app/ui/title.ts";

export const meta: MetaFunction = ({ matches }) => pageTitle(matches, "申请加入", "Apply");

export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const viewer = await requireViewer(context, request);
  // Whoever came back by a link after signing in may sit there already.
  const seen = await studioSeenBy(context.db, viewer, params.studioId);
  if (seatIn(viewer, seen.id)) throw redirect(`/studios/${seen.id}`);
  const studio = await studioFor(context.db, viewer, "apply", params.studioId);
  return { name: studio.name, open: studio.recruitPolicy === "open", verified: viewer.verified };
}

export async function action({ request, params, context }: ActionFunctionArgs) {
  const viewer = await requireViewer(context, request);
  const seen = await studioSeenBy(context.db, viewer, params.studioId);
  if (seatIn(viewer, seen.id)) throw redirect(`/studios/${seen.id}`);
  const studio = await studioFor(context.db, viewer, "apply", params.studioId);
  const { values, problems, typed } = await readForm(request, z.object({ message: prose(500) }));
  if (problems) return unprocessable(problems, typed);
  await applyTo(context.db, viewer, studio, values.message);
  throw redirect(`/studios/${studio.id}`);
}

export default function Apply() {
  const { t } = useTranslation("studios");
  const { name, open, verified } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  return (
    <FormPage title={t("apply.title", { studio: name })} lead={!verified ? t("apply.unverified") : t(open ? "apply.lead.open" : "apply.lead.approve")} go={t("apply.go")} problems={answer?.problems}>
      <TextArea name="message" label={t("apply.message")} help={t("apply.messageHelp")} problems={answer?.problems} defaultValue={answer?.typed.message} maxLength={500} optional />
    </FormPage>
  );
}

export { RefusalPage as ErrorBoundary } from "#app/ui/refusal-page.tsx";
