import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { Form, useActionData, useLoaderData } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import * as z from "zod";
import { conflict, readForm, unprocessable } from "#app/http/form.server.ts";
import { line } from "#app/http/text.server.ts";
import { requireViewer } from "#app/http/viewer.server.ts";
import { seminarFor } from "#app/seminars/access.server.ts";
import { SeminarAct } from "#app/seminars/act-page.tsx";
import { postponeSeminar } from "#app/seminars/postpone.server.ts";
import { fromSchoolTime, toSchoolTime } from "#app/seminars/school-time.ts";
import { TimeFields } from "#app/seminars/time-fields.tsx";
import { Button } from "#app/ui/button.tsx";
import { Field, FormProblem } from "#app/ui/field.tsx";
import { BesideWhatIsKept } from "#app/ui/stale.tsx";
import { pageTitle } from "#app/ui/title.ts";

export const meta: MetaFunction = ({ matches }) => pageTitle(matches, "改时间", "Change the time");

export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const viewer = await requireViewer(context, request);
  const { id, title, version, startsAt, endsAt } = await seminarFor(context.db, viewer, "edit", params.seminarId ?? "");
  return { seminar: { id, title }, version, start: toSchoolTime(startsAt), end: toSchoolTime(endsAt) };
}

const form = z.object({ start: z.string(), end: z.string(), reason: line(200, 2), version: z.coerce.number().int() });

export async function action({ request, params, context }: ActionFunctionArgs) {
  const viewer = await requireViewer(context, request);
  const seminar = await seminarFor(context.db, viewer, "edit", params.seminarId ?? "");
  const { values, problems, typed } = await readForm(request, form);
  if (problems) return unprocessable(problems, typed);
  const answer = await postponeSeminar(context.db, viewer, seminar, { startsAt: fromSchoolTime(values.start), endsAt: fromSchoolTime(values.end), reason: values.reason, version: values.version });
  if (answer.saved) throw redirect(`/seminars/${seminar.id}`);
  return "stale" in answer ? conflict({ form: { key: "common:form.stale" } }, typed) : unprocessable(answer.problems, typed);
}

export default function Postpone() {
  const { t } = useTranslation("seminars");
  const { seminar, version, start, end } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  return (
    <SeminarAct seminar={seminar} title={t("postpone.title")}>
      <Form method="post" className="grid gap-4">
        <FormProblem problems={answer?.problems} />
        <input type="hidden" name="version" value={version} />
        <BesideWhatIsKept problems={answer?.problems} kept={{ start, end }}><TimeFields start={answer?.typed.start ?? start} end={answer?.typed.end ?? end} problems={answer?.problems} /></BesideWhatIsKept>
        <Field name="reason" label={t("form.reason")} help={t("form.reasonHelp")} problems={answer?.problems} defaultValue={answer?.typed.reason} maxLength={200} required />
        <div><Button weight="go">{t("postpone.go")}</Button></div>
      </Form>
    </SeminarAct>
  );
}

export { lookAgainWhenStale as shouldRevalidate } from "#app/ui/stale.tsx";
export { RefusalPage as ErrorBoundary } from "#app/ui/refusal-page.tsx";
