import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { Form, useActionData, useLoaderData, useNavigation } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import * as z from "zod";
import { readForm, unprocessable } from "#app/http/form.server.ts";
import { line } from "#app/http/text.server.ts";
import { requireViewer } from "#app/http/viewer.server.ts";
import { ChosenLesson, LessonPicker } from "#app/lessons/lesson-picker.tsx";
import { pickLesson } from "#app/lessons/picker.server.ts";
import { TemplateFields } from "#app/plans/template-fields.tsx";
import { DeadlineFields } from "#app/preps/deadline-fields.tsx";
import { deadlineFields, proposedDays, readDeadlines } from "#app/preps/deadlines.server.ts";
import { studioForPrep } from "#app/preps/new-prep.server.ts";
import { PeopleFields } from "#app/preps/people-fields.tsx";
import { startPrep } from "#app/preps/start.server.ts";
import { Button } from "#app/ui/button.tsx";
import { Field, FormProblem, Select } from "#app/ui/field.tsx";
import { pageTitle } from "#app/ui/title.ts";
import { isId, newId } from "#db/ids.ts";
import { listTemplates } from "#db/plan-templates.ts";

export const meta: MetaFunction = ({ matches }) => pageTitle(matches, "发起集体备课", "Start a lesson prep");

export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const viewer = await requireViewer(context, request);
  const studio = await studioForPrep(context.db, viewer, params.studioId);
  const picked = await pickLesson(context.db, new URL(request.url));
  const templates = await listTemplates(context.db, { subject: studio.subject });
  return { me: viewer.id, lessonId: newId(), studio, picked, templates: templates.map(({ id, name }) => ({ id, name })), days: proposedDays(new Date()) };
}

const form = z.object({
  lessonId: z.string().refine(isId),
  lessonNodeId: z.string().optional(),
  groupId: z.string().optional(),
  title: line(100),
  templateId: z.string().min(1),
  periods: z.coerce.number().int().min(1).max(12),
  leadId: z.string().min(1),
  coIds: z.array(z.string()),
  observerIds: z.array(z.string()),
  ...deadlineFields,
});

export async function action({ request, params, context }: ActionFunctionArgs) {
  const viewer = await requireViewer(context, request);
  const studio = await studioForPrep(context.db, viewer, params.studioId);
  const { values, problems, typed } = await readForm(request, form);
  if (problems) return unprocessable(problems, typed);
  const { deadlines, problems: wrongDays } = readDeadlines(values);
  if (Object.keys(wrongDays).length > 0) return unprocessable(wrongDays, typed);
  const coIds = values.coIds.filter((id) => id !== values.leadId);
  const observerIds = values.observerIds.filter((id) => id !== values.leadId && !coIds.includes(id));
  const started = await startPrep(context.db, context.documents, viewer, { ...values, coIds, observerIds, studioId: studio.id, groupId: values.groupId || null, lessonNodeId: values.lessonNodeId || null, deadlines });
  if (started.problems) return unprocessable(started.problems, typed);
  throw redirect(`/lessons/${started.lessonId}`);
}

export default function NewPrep() {
  const { t } = useTranslation("preps");
  const { t: lessons } = useTranslation("lessons");
  const { me, lessonId, studio, picked, templates, days } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const typed: Partial<Record<string, string>> = answer?.typed ?? {};
  const busy = useNavigation().formMethod === "POST";
  const { node, free } = picked;
  return (
    <div className="page">
      <div className="mx-auto max-w-[52rem]">
        <p className="kick">{studio.name}</p>
        <h1 className="mb-6">{t("new.title")}</h1>
        {!node && !free ? <><h2 className="mb-4">{lessons("picker.title")}</h2><LessonPicker {...picked} /></> : (
          <Form method="post" className="grid gap-6">
            <FormProblem problems={answer?.problems} />
            <input type="hidden" name="lessonId" value={typed.lessonId ?? lessonId} />
            <input type="hidden" name="lessonNodeId" value={node?.id ?? ""} />
            <ChosenLesson node={node} />
            <Field name="title" label={lessons("new.name")} help={lessons("new.nameHelp")} problems={answer?.problems} defaultValue={typed.title ?? node?.title} maxLength={100} required />
            <TemplateFields templates={templates} problems={answer?.problems} templateId={typed.templateId} periods={typed.periods ?? String(node?.periods ?? 1)} />
            {studio.groups.length > 0 && (
              <Select name="groupId" label={t("new.group")} problems={answer?.problems} defaultValue={typed.groupId ?? studio.myGroupId ?? ""}>
                <option value="">{t("new.noGroup")}</option>
                {studio.groups.map((group) => <option key={group.id} value={group.id}>{group.name}</option>)}
              </Select>
            )}
            <PeopleFields writers={studio.writers} others={studio.others} leadId={typed.leadId ?? me} coIds={typed.coIds?.split("\n") ?? []} observerIds={typed.observerIds?.split("\n") ?? []} problems={answer?.problems} />
            <DeadlineFields days={{ ...days, ...typed }} problems={answer?.problems} />
            <div><Button weight="go" disabled={busy}>{t("new.go")}</Button></div>
          </Form>
        )}
      </div>
    </div>
  );
}

export { RefusalPage as ErrorBoundary } from "#app/ui/refusal-page.tsx";
