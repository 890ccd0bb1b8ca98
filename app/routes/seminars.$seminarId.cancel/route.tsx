import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { Form, useActionData, useLoaderData } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import * as z from "zod";
import { readForm, unprocessable } from "#app/http/form.server.ts";
import { line } from "#app/http/text.server.ts";
import { requireViewer } from "#app/http/viewer.server.ts";
import { seminarFor } from "#app/seminars/access.server.ts";
import { SeminarAct } from "#app/seminars/act-page.tsx";
import { cancelSeminar } from "#app/seminars/cancel.server.ts";
import { Button } from "#app/ui/button.tsx";
import { Field, FormProblem } from "#app/ui/field.tsx";
import { pageTitle } from "#app/ui/title.ts";

export const meta: MetaFunction = ({ matches }) => pageTitle(matches, "取消研修", "Cancel a seminar");

export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const viewer = await requireViewer(context, request);
  const { id, title } = await seminarFor(context.db, viewer, "cancel", params.seminarId ?? "");
  return { seminar: { id, title } };
}

const form = z.object({ reason: line(200, 2) });

export async function action({ request, params, context }: ActionFunctionArgs) {
  const viewer = await requireViewer(context, request);
  const seminar = await seminarFor(context.db, viewer, "cancel", params.seminarId ?? "");
  const { values, problems, typed } = await readForm(request, form);
  if (problems) return unprocessable(problems, typed);
  await cancelSeminar(context.db, viewer, seminar, values.reason);
  throw redirect(`/seminars/${seminar.id}`);
}

export default function Cancel() {
  const { t } = useTranslation("seminars");
  const { seminar } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  return (
    <SeminarAct seminar={seminar} title={t("cancel.title")}>
      <Form method="post" className="grid gap-4">
        <FormProblem problems={answer?.problems} />
        <Field name="reason" label={t("form.reason")} help={t("form.reasonHelp")} problems={answer?.problems} defaultValue={answer?.typed.reason} maxLength={200} required />
        <div><Button weight="danger">{t("cancel.go")}</Button></div>
      </Form>
    </SeminarAct>
  );
}

export { RefusalPage as ErrorBoundary } from "#app/ui/refusal-page.tsx";
