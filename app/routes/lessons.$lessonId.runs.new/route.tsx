import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { Form, Link, useActionData, useLoaderData } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import * as z from "zod";
import { readForm, unprocessable } from "#app/http/form.server.ts";
import { line, prose } from "#app/http/text.server.ts";
import { requireViewer } from "#app/http/viewer.server.ts";
import { lessonSeenBy } from "#app/lessons/access.server.ts";
import { recordRun } from "#app/lessons/record-run.server.ts";
import { planFor } from "#app/plans/access.server.ts";
import { canOnPlan } from "#app/plans/policy.ts";
import { Button } from "#app/ui/button.tsx";
import { Field, FormProblem, Select, TextArea } from "#app/ui/field.tsx";
import { pageTitle } from "#app/ui/title.ts";
import { isId, newId } from "#db/ids.ts";
import { listPlansOfLesson } from "#db/plans.ts";
import { schoolDay } from "#db/school-day.ts";

export const meta: MetaFunction = ({ matches }) => pageTitle(matches, "我上过了", "I taught it");

export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const viewer = await requireViewer(context, request);
  const lesson = await lessonSeenBy(context.db, viewer, params.lessonId);
  const plans = (await listPlansOfLesson(context.db, viewer, lesson.id)).filter((plan) => canOnPlan(viewer, "teach", plan));
  return { lesson: { id: lesson.id, title: lesson.title }, runId: newId(), today: schoolDay(new Date()), plans: plans.sort((a, b) => Number(a.kind === "common") - Number(b.kind === "common")).map(({ id, kind, title }) => ({ id, kind, title })) };
}

const form = z.object({
  runId: z.string().refine(isId),
  planId: z.string().min(1),
  classLabel: line(40),
  day: z.iso.date().superRefine((day, ctx) => {
    if (day > schoolDay(new Date())) ctx.addIssue({ code: "custom", params: { key: "lessons:run.future" } });
    else if (day < "2000-01-01") ctx.addIssue({ code: "custom", params: { key: "lessons:run.tooOld" } });
  }),
  changed: prose(1000),
});

/** POST notes that the lesson was given, to which class and when. */
export async function action({ request, params, context }: ActionFunctionArgs) {
  const viewer = await requireViewer(context, request);
  const lesson = await lessonSeenBy(context.db, viewer, params.lessonId);
  const { values, problems, typed } = await readForm(request, form);
  if (problems) return unprocessable(problems, typed);
  const plan = await planFor(context.db, viewer, "teach", values.planId);
  if (plan.lessonId !== lesson.id) return unprocessable({ planId: { key: "common:form.invalid" } }, typed);
  await recordRun(context.db, context.documents, viewer, plan, values);
  throw redirect(`/lessons/${lesson.id}`);
}

export default function NewRun() {
  const { t } = useTranslation("lessons");
  const { t: plansWords } = useTranslation("plans");
  const { lesson, runId, today, plans } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const typed: Partial<Record<string, string>> = answer?.typed ?? {};
  return (
    <div className="page">
      <div className="mx-auto max-w-[42rem]">
        <p className="kick"><Link to={`/lessons/${lesson.id}`}>{lesson.title}</Link></p>
        <h1>{t("run.title")}</h1>
        <p className="mt-1 mb-5 text-ink-2">{t("run.help")}</p>
        {plans.length === 0 ? <p>{t("run.noPlan")}</p> : (
          <Form method="post" className="grid gap-4">
            <FormProblem problems={answer?.problems} />
            <input type="hidden" name="runId" value={typed.runId ?? runId} />
            <Select name="planId" label={t("run.plan")} problems={answer?.problems} defaultValue={typed.planId}>
              {plans.map((plan) => <option key={plan.id} value={plan.id}>{`${plansWords(`kind.${plan.kind}`)} · ${plan.title}`}</option>)}
            </Select>
            <Field name="classLabel" label={t("run.class")} help={t("run.classHelp")} problems={answer?.problems} defaultValue={typed.classLabel} maxLength={40} required />
            <Field name="day" type="date" label={t("run.day")} problems={answer?.problems} defaultValue={typed.day ?? today} max={today} required />
            <TextArea name="changed" label={t("run.changed")} help={t("run.changedHelp")} problems={answer?.problems} defaultValue={typed.changed} maxLength={1000} />
            <div><Button weight="go">{t("run.go")}</Button></div>
          </Form>
        )}
      </div>
    </div>
  );
}

export { RefusalPage as ErrorBoundary } from "#app/ui/refusal-page.tsx";
