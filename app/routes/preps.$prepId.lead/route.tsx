import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { Form, useActionData, useLoaderData } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import * as z from "zod";
import { readForm, unprocessable } from "#app/http/form.server.ts";
import { line } from "#app/http/text.server.ts";
import { requireViewer } from "#app/http/viewer.server.ts";
import { prepFor } from "#app/preps/access.server.ts";
import { ActPage, briefly } from "#app/preps/act-page.tsx";
import { replaceLead } from "#app/preps/change-people.server.ts";
import { WRITING_ROLES } from "#app/preps/policy.ts";
import { Button } from "#app/ui/button.tsx";
import { Check, Field, FormProblem, Select } from "#app/ui/field.tsx";
import { pageTitle } from "#app/ui/title.ts";
import { listSeatHolders } from "#db/prep-people.ts";

export const meta: MetaFunction = ({ matches }) => pageTitle(matches, "换主备人", "Replace the lead preparer");

export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const viewer = await requireViewer(context, request);
  const prep = await prepFor(context.db, viewer, "replaceLead", params.prepId);
  const lead = prep.participants.find((one) => one.part === "lead_preparer")?.personId;
  const people = (await listSeatHolders(context.db, prep.studioId, { roles: WRITING_ROLES })).filter((one) => one.personId !== lead);
  const taking = new Set(prep.participants.map((one) => one.personId));
  return { prep: briefly(prep), people: people.sort((a, b) => Number(taking.has(b.personId)) - Number(taking.has(a.personId))).map(({ personId, name }) => ({ personId, name })) };
}

const form = z.object({ leadId: z.string().min(1), stays: z.string().optional(), reason: line(200, 2) });

/** POST puts another lead preparer in the place of the one there is. */
export async function action({ request, params, context }: ActionFunctionArgs) {
  const viewer = await requireViewer(context, request);
  const prep = await prepFor(context.db, viewer, "replaceLead", params.prepId);
  const { values, problems, typed } = await readForm(request, form);
  if (problems) return unprocessable(problems, typed);
  const problem = await replaceLead(context.db, viewer, prep, { leadId: values.leadId, stays: values.stays !== undefined, reason: values.reason });
  if (problem) return unprocessable({ leadId: problem }, typed);
  throw redirect(`/lessons/${prep.lessonId}`);
}

export default function ReplaceLead() {
  const { t } = useTranslation("preps");
  const { prep, people } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  return (
    <ActPage prep={prep} title={t("lead.title")}>
      <Form method="post" className="grid gap-4">
        <FormProblem problems={answer?.problems} />
        <Select name="leadId" label={t("lead.who")} problems={answer?.problems} defaultValue={answer?.typed.leadId}>
          {people.map((one) => <option key={one.personId} value={one.personId}>{one.name}</option>)}
        </Select>
        <Check name="stays" label={t("lead.stays")} />
        <Field name="reason" label={t("lead.reason")} problems={answer?.problems} defaultValue={answer?.typed.reason} maxLength={200} required />
        <div><Button weight="go">{t("lead.go")}</Button></div>
      </Form>
    </ActPage>
  );
}

export { RefusalPage as ErrorBoundary } from "#app/ui/refusal-page.tsx";
