import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { Form, useActionData, useLoaderData } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import * as z from "zod";
import { readForm, unprocessable } from "#app/http/form.server.ts";
import { refuse } from "#app/http/refusals.ts";
import { line } from "#app/http/text.server.ts";
import { requireViewer } from "#app/http/viewer.server.ts";
import { prepFor } from "#app/preps/access.server.ts";
import { ActPage, briefly } from "#app/preps/act-page.tsx";
import { removeParticipant } from "#app/preps/change-people.server.ts";
import { Button } from "#app/ui/button.tsx";
import { Field, FormProblem } from "#app/ui/field.tsx";
import { pageTitle } from "#app/ui/title.ts";

export const meta: MetaFunction = ({ matches }) => pageTitle(matches, "移出", "Take out");

export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const viewer = await requireViewer(context, request);
  const prep = await prepFor(context.db, viewer, "changeParticipants", params.prepId);
  const person = prep.participants.find((one) => one.personId === new URL(request.url).searchParams.get("person"));
  if (!person) throw refuse("notThere");
  return { prep: briefly(prep), person: { id: person.personId, name: person.name } };
}

const form = z.object({ personId: z.string().min(1), reason: line(200, 2) });

/** POST takes somebody out. */
export async function action({ request, params, context }: ActionFunctionArgs) {
  const viewer = await requireViewer(context, request);
  const prep = await prepFor(context.db, viewer, "changeParticipants", params.prepId);
  const { values, problems, typed } = await readForm(request, form);
  if (problems) return unprocessable(problems, typed);
  const problem = await removeParticipant(context.db, viewer, prep, values);
  if (problem) return unprocessable({ form: problem }, typed);
  throw redirect(`/lessons/${prep.lessonId}`);
}

export default function RemoveParticipant() {
  const { t } = useTranslation("preps");
  const { prep, person } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  return (
    <ActPage prep={prep} title={`${t("participants.remove")} · ${person.name}`}>
      <Form method="post" className="grid gap-4">
        <FormProblem problems={answer?.problems} />
        <input type="hidden" name="personId" value={person.id} />
        <Field name="reason" label={t("participants.reason")} problems={answer?.problems} defaultValue={answer?.typed.reason} maxLength={200} required />
        <div><Button weight="danger">{t("participants.remove")}</Button></div>
      </Form>
    </ActPage>
  );
}

export { RefusalPage as ErrorBoundary } from "#app/ui/refusal-page.tsx";
