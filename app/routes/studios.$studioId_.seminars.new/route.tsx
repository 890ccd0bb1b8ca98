import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { Form, useActionData, useLoaderData, useNavigation } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import * as z from "zod";
import { readForm, unprocessable } from "#app/http/form.server.ts";
import { requireViewer } from "#app/http/viewer.server.ts";
import { scheduleSeminar, studioForSeminar } from "#app/seminars/schedule.server.ts";
import { fromSchoolTime } from "#app/seminars/school-time.ts";
import { TimeFields } from "#app/seminars/time-fields.tsx";
import { AboutFields, WishFields } from "#app/seminars/wish-fields.tsx";
import { choicesFor, readWish, wishFields } from "#app/seminars/wish-form.server.ts";
import { Button } from "#app/ui/button.tsx";
import { FormProblem, Select } from "#app/ui/field.tsx";
import { pageTitle } from "#app/ui/title.ts";
import { isId, newId } from "#db/ids.ts";
import { findPrepOfLesson } from "#db/preps.ts";

const KINDS = ["prep_discussion", "theme", "topic", "master_live", "review"] as const;

export const meta: MetaFunction = ({ matches }) => pageTitle(matches, "约一场研修", "Call a seminar");

export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const viewer = await requireViewer(context, request);
  const studio = await studioForSeminar(context.db, viewer, params.studioId);
  const lessonId = new URL(request.url).searchParams.get("lesson");
  const found = isId(lessonId) ? await findPrepOfLesson(context.db, viewer, lessonId) : undefined;
  const prep = found?.studioId === studio.id ? found : undefined;
  const choices = await choicesFor(context.db, studio.id, prep);
  return { id: newId(), me: viewer.id, studio: { name: studio.name }, prep: prep ? { lessonId: prep.lessonId, title: prep.title } : null, ...choices };
}

const form = z.object({ id: z.string().refine(isId), lessonId: z.string().optional(), kind: z.enum(KINDS), start: z.string(), end: z.string(), ...wishFields });

export async function action({ request, params, context }: ActionFunctionArgs) {
  const viewer = await requireViewer(context, request);
  const studio = await studioForSeminar(context.db, viewer, params.studioId);
  const { values, problems, typed } = await readForm(request, form);
  if (problems) return unprocessable(problems, typed);
  const { id, kind, lessonId, start, end } = values;
  const answer = await scheduleSeminar(context.db, viewer, studio, { ...readWish(values), id, kind, lessonId: lessonId || null, startsAt: fromSchoolTime(start), endsAt: fromSchoolTime(end) });
  if ("problems" in answer) return unprocessable(answer.problems, typed);
  throw redirect(`/seminars/${answer.id}`);
}

export default function NewSeminar() {
  const { t } = useTranslation("seminars");
  const { id, me, studio, prep, people, sections } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const typed: Partial<Record<string, string>> = answer?.typed ?? { hostId: me, ...(prep && { title: prep.title }) };
  const problems = answer?.problems;
  const busy = useNavigation().formMethod === "POST";
  return (
    <div className="page">
      <div className="mx-auto max-w-[46rem]">
        <p className="kick">{studio.name}{prep && ` · ${prep.title}`}</p>
        <h1 className="mb-6">{t("new.title")}</h1>
        <Form method="post" className="grid gap-5">
          <FormProblem problems={problems} />
          <input type="hidden" name="id" value={typed.id ?? id} />
          <input type="hidden" name="lessonId" value={typed.lessonId ?? prep?.lessonId ?? ""} />
          <AboutFields typed={typed} problems={problems} />
          <Select name="kind" label={t("form.kind")} problems={problems} defaultValue={typed.kind ?? (prep ? "prep_discussion" : "theme")}>{KINDS.map((kind) => <option key={kind} value={kind}>{t(`kind.${kind}`)}</option>)}</Select>
          <TimeFields start={typed.start} end={typed.end} problems={problems} />
          <WishFields typed={typed} problems={problems} people={people} sections={sections} withPrep={prep !== null} />
          <div><Button weight="go" disabled={busy}>{t("new.go")}</Button></div>
        </Form>
      </div>
    </div>
  );
}

export { RefusalPage as ErrorBoundary } from "#app/ui/refusal-page.tsx";
