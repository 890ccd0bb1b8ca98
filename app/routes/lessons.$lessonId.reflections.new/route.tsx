import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { Form, Link, useActionData, useLoaderData } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import * as z from "zod";
import { conflict, readForm, unprocessable } from "#app/http/form.server.ts";
import { refuse } from "#app/http/refusals.ts";
import { prose } from "#app/http/text.server.ts";
import { requireViewer } from "#app/http/viewer.server.ts";
import { lessonSeenBy } from "#app/lessons/access.server.ts";
import { promptIn } from "#app/lessons/prompt-words.server.ts";
import { PROMPTS } from "#app/lessons/prompts.ts";
import { saveReflection } from "#app/lessons/reflect.server.ts";
import { Button } from "#app/ui/button.tsx";
import { FormProblem, Select, TextArea } from "#app/ui/field.tsx";
import { pageTitle } from "#app/ui/title.ts";
import { sayWhen } from "#app/ui/when.tsx";
import { listRuns, listVisibleReflections } from "#db/lessons.ts";

export const meta: MetaFunction = ({ matches }) => pageTitle(matches, "课后反思", "Post-lesson reflection");

/** The prompts for one of the viewer's own runs, with what she wrote before. */
export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const viewer = await requireViewer(context, request);
  const lesson = await lessonSeenBy(context.db, viewer, params.lessonId);
  const runs = (await listRuns(context.db, lesson.id)).filter((run) => run.teacherId === viewer.id);
  const asked = new URL(request.url).searchParams.get("run");
  const run = runs.find((one) => one.id === asked) ?? runs[0];
  if (!run) throw redirect(`/lessons/${lesson.id}/runs/new`);
  const known = (await listVisibleReflections(context.db, viewer, lesson.id)).find((one) => one.personId === viewer.id && one.lessonRunId === run.id);
  const words = Object.fromEntries(PROMPTS.map(({ key, sectionKey }) => [key, known?.answers.find((answer) => answer.sectionKey === sectionKey)?.text ?? ""]));
  return { lesson: { id: lesson.id, title: lesson.title }, run: { id: run.id, classLabel: run.classLabel, taughtAt: run.taughtAt }, runs: runs.map(({ id, classLabel, taughtAt }) => ({ id, classLabel, taughtAt })), words, visibility: known?.visibility ?? "private", version: known?.version ?? 0, grouped: lesson.studioId !== null };
}

const form = z.object({
  runId: z.string().min(1),
  version: z.coerce.number().int().min(0),
  visibility: z.enum(["private", "mentor", "group", "studio"]),
  objectives: prose(2000),
  difficult: prose(2000),
  moment: prose(2000),
  homework: prose(2000),
  again: prose(2000),
});

/** POST keeps the reflection. */
export async function action({ request, params, context }: ActionFunctionArgs) {
  const viewer = await requireViewer(context, request);
  const lesson = await lessonSeenBy(context.db, viewer, params.lessonId);
  const { values, problems, typed } = await readForm(request, form);
  if (problems) return unprocessable(problems, typed);
  const run = (await listRuns(context.db, lesson.id)).find((one) => one.id === values.runId && one.teacherId === viewer.id);
  if (!run) throw refuse("notThere");
  const answers = PROMPTS.flatMap(({ key, sectionKey }) => (values[key] ? [{ prompt: promptIn(viewer.locale, key), ...(sectionKey && { sectionKey }), text: values[key] }] : []));
  if (answers.length === 0) return unprocessable({ form: { key: "lessons:reflection.one" } }, typed);
  const saved = await saveReflection(context.db, context.documents, viewer, lesson, { run, answers, visibility: values.visibility, version: values.version });
  if (!saved) return conflict({ form: { key: "lessons:reflection.stale" } }, typed);
  throw redirect(`/lessons/${lesson.id}`);
}

export default function NewReflection() {
  const { t, i18n } = useTranslation("lessons");
  const { lesson, run, runs, words, visibility, version, grouped } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const typed: Partial<Record<string, string>> = answer?.typed ?? {};
  return (
    <div className="page">
      <div className="mx-auto max-w-[42rem]">
        <p className="kick"><Link to={`/lessons/${lesson.id}`}>{lesson.title}</Link> · {run.classLabel} · {sayWhen(run.taughtAt, i18n.language, "full")}</p>
        <h1>{t("reflection.title")}</h1>
        <p className="mt-1 mb-5 text-ink-2">{t("reflection.help")}</p>
        {runs.length > 1 && <p className="mb-5 flex flex-wrap gap-3 text-small">{t("reflection.which")}: {runs.map((one) => <Link key={one.id} to={`?run=${one.id}`} aria-current={one.id === run.id ? "true" : undefined}>{one.classLabel}</Link>)}</p>}
        <Form key={run.id} method="post" className="grid gap-5">
          <FormProblem problems={answer?.problems} />
          <input type="hidden" name="runId" value={run.id} />
          <input type="hidden" name="version" value={version} />
          {PROMPTS.map(({ key }) => <TextArea key={key} name={key} label={t(`reflection.prompts.${key}`)} problems={answer?.problems} defaultValue={typed[key] ?? words[key]} maxLength={2000} rows={3} optional />)}
          <Select name="visibility" label={t("reflection.visibility")} problems={answer?.problems} defaultValue={typed.visibility ?? visibility}>
            {(grouped ? (["private", "mentor", "group", "studio"] as const) : (["private"] as const)).map((one) => <option key={one} value={one}>{t(`reflection.${one}`)}</option>)}
          </Select>
          <div><Button weight="go">{t("reflection.go")}</Button></div>
        </Form>
      </div>
    </div>
  );
}

export { lookAgainWhenStale as shouldRevalidate } from "#app/ui/stale.tsx";
export { RefusalPage as ErrorBoundary } from "#app/ui/refusal-page.tsx";
