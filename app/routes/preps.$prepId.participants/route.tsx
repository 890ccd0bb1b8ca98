import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { Form, Link, useActionData, useLoaderData } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import * as z from "zod";
import { readForm, unprocessable } from "#app/http/form.server.ts";
import { line } from "#app/http/text.server.ts";
import { requireViewer } from "#app/http/viewer.server.ts";
import { prepFor } from "#app/preps/access.server.ts";
import { ActPage, briefly } from "#app/preps/act-page.tsx";
import { addParticipant } from "#app/preps/change-people.server.ts";
import { Button } from "#app/ui/button.tsx";
import { Field, FormProblem, Select } from "#app/ui/field.tsx";
import { pageTitle } from "#app/ui/title.ts";
import { listSeatHolders } from "#db/prep-people.ts";

export const meta: MetaFunction = ({ matches }) => pageTitle(matches, "增减参备的人", "Change participants");

/** Who takes part, and, found by name, who could be asked: a studio has thousands of trainees. */
export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const viewer = await requireViewer(context, request);
  const prep = await prepFor(context.db, viewer, "changeParticipants", params.prepId);
  const words = (new URL(request.url).searchParams.get("q") ?? "").trim().slice(0, 40);
  const taking = new Set(prep.participants.filter((one) => one.answer !== "declined").map((one) => one.personId));
  const found = await listSeatHolders(context.db, prep.studioId, words ? { name: words } : { roles: ["master", "subject_lead", "young_teacher", "guest_expert"] }, 60);
  return {
    prep: briefly(prep),
    words,
    people: prep.participants.filter((one) => one.part !== "lead_preparer").map(({ personId, name, part }) => ({ personId, name, part })),
    found: found.filter((one) => !taking.has(one.personId)).map(({ personId, name, role, school }) => ({ personId, name, role, school })),
  };
}

const form = z.object({ personId: z.string().min(1), part: z.enum(["co_preparer", "observer"]), reason: line(200, 2) });

/** POST asks somebody to take part. */
export async function action({ request, params, context }: ActionFunctionArgs) {
  const viewer = await requireViewer(context, request);
  const prep = await prepFor(context.db, viewer, "changeParticipants", params.prepId);
  const { values, problems, typed } = await readForm(request, form);
  if (problems) return unprocessable(problems, typed);
  const problem = await addParticipant(context.db, viewer, prep, values);
  if (problem) return unprocessable({ personId: problem }, typed);
  throw redirect(`/lessons/${prep.lessonId}`);
}

export default function Participants() {
  const { t } = useTranslation("preps");
  const { t: common } = useTranslation();
  const { prep, words, people, found } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  return (
    <ActPage prep={prep} title={t("participants.title")}>
      <section>
        <h2 className="mb-2">{t("participants.now")}</h2>
        <ul className="rows">
          {people.map((one) => (
            <li key={one.personId}>
              <span className="min-w-0 flex-1">{one.name} <span className="text-small text-ink-2">{t(`part.${one.part}`)}</span></span>
              <Link to={`/preps/${prep.id}/participants/remove?person=${one.personId}`} className="inline-flex min-h-touch items-center text-small">{t("participants.remove")}</Link>
            </li>
          ))}
        </ul>
      </section>
      <section className="grid gap-4">
        <h2>{t("participants.add")}</h2>
        <Form method="get" role="search" className="flex items-end gap-3">
          <div className="flex-1"><Field name="q" type="search" label={t("participants.find")} defaultValue={words} key={words} maxLength={40} /></div>
          <Button>{common("search.go")}</Button>
        </Form>
        {found.length === 0 ? <p className="text-ink-2">{t("participants.none")}</p> : (
          <Form method="post" className="grid gap-4">
            <FormProblem problems={answer?.problems} />
            <Select name="personId" label={t("participants.add")} problems={answer?.problems} defaultValue={answer?.typed.personId}>
              {found.map((one) => <option key={one.personId} value={one.personId}>{[one.name, common(`role.${one.role}`), one.school].filter(Boolean).join(" · ")}</option>)}
            </Select>
            <Select name="part" label={t("participants.asPart")} problems={answer?.problems} defaultValue={answer?.typed.part}>
              <option value="co_preparer">{t("part.co_preparer")}</option>
              <option value="observer">{t("part.observer")}</option>
            </Select>
            <Field name="reason" label={t("participants.reason")} problems={answer?.problems} defaultValue={answer?.typed.reason} maxLength={200} required />
            <div><Button weight="go">{t("participants.go")}</Button></div>
          </Form>
        )}
      </section>
    </ActPage>
  );
}

export { RefusalPage as ErrorBoundary } from "#app/ui/refusal-page.tsx";
