import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { Form, useActionData, useLoaderData, useNavigation } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import * as z from "zod";
import { readForm, unprocessable } from "#app/http/form.server.ts";
import { line } from "#app/http/text.server.ts";
import { requireViewer } from "#app/http/viewer.server.ts";
import { ChosenLesson, LessonPicker } from "#app/lessons/lesson-picker.tsx";
import { pickLesson } from "#app/lessons/picker.server.ts";
import { startLesson } from "#app/lessons/start-alone.server.ts";
import { TemplateFields } from "#app/plans/template-fields.tsx";
import { Button } from "#app/ui/button.tsx";
import { Field, FormProblem } from "#app/ui/field.tsx";
import { pageTitle } from "#app/ui/title.ts";
import { isId, newId } from "#db/ids.ts";
import { listTemplates } from "#db/plan-templates.ts";

export const meta: MetaFunction = ({ matches }) => pageTitle(matches, "自己备一节课", "Prepare a lesson alone");

export async function loader({ request, context }: LoaderFunctionArgs) {
  await requireViewer(context, request);
  const picked = await pickLesson(context.db, new URL(request.url));
  const templates = await listTemplates(context.db, picked.node ? { subject: picked.node.subject, stage: picked.node.stage } : {});
  return { lessonId: newId(), picked, templates: templates.map(({ id, name }) => ({ id, name })) };
}

const form = z.object({
  lessonId: z.string().refine(isId),
  lessonNodeId: z.string().optional(),
  title: line(100),
  templateId: z.string().min(1),
  periods: z.coerce.number().int().min(1).max(12),
});

export async function action({ request, context }: ActionFunctionArgs) {
  const viewer = await requireViewer(context, request);
  const { values, problems, typed } = await readForm(request, form);
  if (problems) return unprocessable(problems, typed);
  const started = await startLesson(context.db, context.documents, viewer, { ...values, lessonNodeId: values.lessonNodeId || null });
  if (started.problems) return unprocessable(started.problems, typed);
  throw redirect(started.planId ? `/plans/${started.planId}` : `/lessons/${values.lessonId}`);
}

export default function NewLesson() {
  const { t } = useTranslation("lessons");
  const { lessonId, picked, templates } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const typed: Partial<Record<string, string>> = answer?.typed ?? {};
  const busy = useNavigation().formMethod === "POST";
  const { node, free } = picked;
  return (
    <div className="page">
      <div className="mx-auto max-w-[46rem]">
        <h1>{t("new.title")}</h1>
        <p className="mt-1 mb-6 text-ink-2">{t("new.help")}</p>
        {!node && !free ? <LessonPicker {...picked} /> : (
          <Form method="post" className="grid gap-5">
            <FormProblem problems={answer?.problems} />
            <input type="hidden" name="lessonId" value={typed.lessonId ?? lessonId} />
            <input type="hidden" name="lessonNodeId" value={node?.id ?? ""} />
            <ChosenLesson node={node} />
            <Field name="title" label={t("new.name")} help={t("new.nameHelp")} problems={answer?.problems} defaultValue={typed.title ?? node?.title} maxLength={100} required />
            <TemplateFields templates={templates} problems={answer?.problems} templateId={typed.templateId} periods={typed.periods ?? String(node?.periods ?? 1)} />
            <div><Button weight="go" disabled={busy}>{t("new.go")}</Button></div>
          </Form>
        )}
      </div>
    </div>
  );
}

export { RefusalPage as ErrorBoundary } from "#app/ui/refusal-page.tsx";
