import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { Form, useActionData, useLoaderData } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import * as z from "zod";
import { conflict, readForm, unprocessable } from "#app/http/form.server.ts";
import { line } from "#app/http/text.server.ts";
import { requireViewer } from "#app/http/viewer.server.ts";
import { prepFor } from "#app/preps/access.server.ts";
import { ActPage, briefly } from "#app/preps/act-page.tsx";
import { DeadlineFields } from "#app/preps/deadline-fields.tsx";
import { deadlineFields, readDeadlines } from "#app/preps/deadlines.server.ts";
import { moveDeadlines } from "#app/preps/move-deadlines.server.ts";
import { Button } from "#app/ui/button.tsx";
import { Field, FormProblem } from "#app/ui/field.tsx";
import { BesideWhatIsKept } from "#app/ui/stale.tsx";
import { pageTitle } from "#app/ui/title.ts";
import { schoolDay } from "#db/school-day.ts";

export const meta: MetaFunction = ({ matches }) => pageTitle(matches, "改时间", "Move deadlines");

export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const viewer = await requireViewer(context, request);
  const prep = await prepFor(context.db, viewer, "moveDeadlines", params.prepId);
  const days = Object.fromEntries(Object.entries(prep.deadlines).map(([stage, at]) => [stage, schoolDay(new Date(at))]));
  return { prep: briefly(prep), version: prep.version, days };
}

const form = z.object({ ...deadlineFields, version: z.coerce.number().int(), reason: line(200, 2) });

/** POST sets the deadlines anew. */
export async function action({ request, params, context }: ActionFunctionArgs) {
  const viewer = await requireViewer(context, request);
  const prep = await prepFor(context.db, viewer, "moveDeadlines", params.prepId);
  const { values, problems, typed } = await readForm(request, form);
  if (problems) return unprocessable(problems, typed);
  const { deadlines, problems: wrong } = readDeadlines(values);
  if (Object.keys(wrong).length > 0) return unprocessable(wrong, typed);
  const saved = await moveDeadlines(context.db, viewer, prep, { deadlines, reason: values.reason, version: values.version });
  if (!saved) return conflict({ form: { key: "common:form.stale" } }, typed);
  throw redirect(`/lessons/${prep.lessonId}`);
}

export default function Deadlines() {
  const { t } = useTranslation("preps");
  const { prep, version, days } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  return (
    <ActPage prep={prep} title={t("deadlines.title")}>
      <Form method="post" className="grid gap-4">
        <FormProblem problems={answer?.problems} />
        <input type="hidden" name="version" value={version} />
        <BesideWhatIsKept problems={answer?.problems} kept={days}><DeadlineFields days={{ ...days, ...answer?.typed }} problems={answer?.problems} /></BesideWhatIsKept>
        <Field name="reason" label={t("deadlines.reason")} problems={answer?.problems} defaultValue={answer?.typed.reason} maxLength={200} required />
        <div><Button weight="go">{t("deadlines.go")}</Button></div>
      </Form>
    </ActPage>
  );
}

export { lookAgainWhenStale as shouldRevalidate } from "#app/ui/stale.tsx";
export { RefusalPage as ErrorBoundary } from "#app/ui/refusal-page.tsx";
