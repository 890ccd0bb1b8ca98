import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { Form, useActionData, useLoaderData } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import * as z from "zod";
import { personSeenBy } from "#app/people/access.server.ts";
import { saveProfile } from "#app/people/profile.server.ts";
import { schoolChoices } from "#app/people/school-choices.server.ts";
import { SchoolPicker } from "#app/people/school-picker.tsx";
import { STAGES, SUBJECTS } from "#app/people/teaching.ts";
import { conflict, readForm, unprocessable } from "#app/http/form.server.ts";
import { line, optionalLine, prose } from "#app/http/text.server.ts";
import { requireViewer } from "#app/http/viewer.server.ts";
import { Button } from "#app/ui/button.tsx";
import { Field, FormProblem, Select, TextArea } from "#app/ui/field.tsx";
import { BesideWhatIsKept } from "#app/ui/stale.tsx";
import { pageTitle } from "#app/ui/title.ts";

export const meta: MetaFunction = ({ matches }) => pageTitle(matches, "资料", "Profile");

export async function loader({ request, context }: LoaderFunctionArgs) {
  const viewer = await requireViewer(context, request);
  const person = await personSeenBy(context.db, viewer, viewer.id);
  return { person, ...(await schoolChoices(context.db, new URL(request.url).searchParams.get("county") ?? person.regionId)) };
}

const form = z.object({
  version: z.coerce.number().int(),
  name: line(40),
  school: z.string().optional(),
  stage: z.enum(STAGES),
  subject: z.enum(SUBJECTS),
  titleRank: optionalLine(20),
  started: z.union([z.literal(""), z.iso.date()]).optional(),
  intro: prose(1000),
});

export async function action({ request, context }: ActionFunctionArgs) {
  const viewer = await requireViewer(context, request);
  const { values, problems, typed } = await readForm(request, form);
  if (problems) return unprocessable(problems, typed);
  const saved = await saveProfile(context.db, viewer, values.version, {
    name: values.name,
    schoolId: values.school || null,
    stages: [values.stage],
    subjects: [values.subject],
    titleRank: values.titleRank || null,
    startedTeachingOn: values.started || null,
    intro: values.intro,
  });
  if (!saved) return conflict({ form: { key: "common:form.stale" } }, typed);
  throw redirect("/me");
}

export default function Profile() {
  const { t } = useTranslation("people");
  const { t: common } = useTranslation();
  const { person, ...choices } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const typed: Partial<Record<string, string>> = answer?.typed ?? {};
  return (
    <div className="page">
      <div className="mx-auto grid max-w-[34rem] gap-6">
        <h1>{t("profile.title")}</h1>
        <Form method="post" className="grid gap-5">
          <FormProblem problems={answer?.problems} />
          <input type="hidden" name="version" value={person.version} />
          <BesideWhatIsKept problems={answer?.problems} kept={{ name: person.name, stage: person.stages[0], subject: person.subjects[0], titleRank: person.titleRank, started: person.startedTeachingOn, intro: person.intro }}>
            <Field name="name" label={t("register.name")} problems={answer?.problems} defaultValue={typed.name ?? person.name} maxLength={40} required help={person.verified ? t("profile.again") : undefined} />
            <SchoolPicker {...choices} school={typed.school ?? person.schoolId} />
            <div className="grid grid-cols-2 gap-4">
              <Select name="stage" label={t("register.stage")} problems={answer?.problems} defaultValue={typed.stage ?? person.stages[0] ?? "primary"}>
                {STAGES.map((stage) => <option key={stage} value={stage}>{common(`stage.${stage}`)}</option>)}
              </Select>
              <Select name="subject" label={t("register.subject")} problems={answer?.problems} defaultValue={typed.subject ?? person.subjects[0] ?? "mathematics"}>
                {SUBJECTS.map((subject) => <option key={subject} value={subject}>{common(`subject.${subject}`)}</option>)}
              </Select>
            </div>
            <div className="grid grid-cols-2 gap-4">
              <Field name="titleRank" label={t("profile.titleRank")} problems={answer?.problems} defaultValue={typed.titleRank ?? person.titleRank ?? ""} optional maxLength={20} />
              <Field name="started" type="date" label={t("profile.started")} problems={answer?.problems} defaultValue={typed.started ?? person.startedTeachingOn ?? ""} optional />
            </div>
            <TextArea name="intro" label={t("profile.intro")} help={t("profile.introHelp")} problems={answer?.problems} defaultValue={typed.intro ?? person.intro} rows={5} optional maxLength={1000} />
          </BesideWhatIsKept>
          <Button weight="go">{common("act.save")}</Button>
        </Form>
      </div>
    </div>
  );
}

export { lookAgainWhenStale as shouldRevalidate } from "#app/ui/stale.tsx";
export { RefusalPage as ErrorBoundary } from "#app/ui/refusal-page.tsx";
