import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { Form, useActionData, useLoaderData } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import * as z from "zod";
import { readForm, unprocessable } from "#app/http/form.server.ts";
import { line } from "#app/http/text.server.ts";
import { requireViewer } from "#app/http/viewer.server.ts";
import { prepFor } from "#app/preps/access.server.ts";
import { ActPage, briefly } from "#app/preps/act-page.tsx";
import { cancelPrep } from "#app/preps/cancel.server.ts";
import { Button } from "#app/ui/button.tsx";
import { Field, FormProblem } from "#app/ui/field.tsx";
import { pageTitle } from "#app/ui/title.ts";

export const meta: MetaFunction = ({ matches }) => pageTitle(matches, "取消备课", "Cancel the lesson prep");

export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const viewer = await requireViewer(context, request);
  return { prep: briefly(await prepFor(context.db, viewer, "cancel", params.prepId)) };
}

const form = z.object({ reason: line(200, 2) });

/** POST ends the prep. */
export async function action({ request, params, context }: ActionFunctionArgs) {
  const viewer = await requireViewer(context, request);
  const prep = await prepFor(context.db, viewer, "cancel", params.prepId);
  const { values, problems, typed } = await readForm(request, form);
  if (problems) return unprocessable(problems, typed);
  await cancelPrep(context.db, viewer, prep, values.reason);
  throw redirect(`/lessons/${prep.lessonId}`);
}

export default function CancelPrep() {
  const { t } = useTranslation("preps");
  const { prep } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  return (
    <ActPage prep={prep} title={t("cancel.title")} help={t("cancel.help")}>
      <Form method="post" className="grid gap-4">
        <FormProblem problems={answer?.problems} />
        <Field name="reason" label={t("cancel.reason")} problems={answer?.problems} defaultValue={answer?.typed.reason} maxLength={200} required />
        <div><Button weight="danger">{t("cancel.go")}</Button></div>
      </Form>
    </ActPage>
  );
}

export { RefusalPage as ErrorBoundary } from "#app/ui/refusal-page.tsx";
