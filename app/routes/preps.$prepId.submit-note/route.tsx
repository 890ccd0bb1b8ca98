import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { Form, useActionData, useLoaderData } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { unprocessable } from "#app/http/form.server.ts";
import { requireViewer } from "#app/http/viewer.server.ts";
import { prepFor } from "#app/preps/access.server.ts";
import { ActPage, briefly } from "#app/preps/act-page.tsx";
import { submitNote } from "#app/preps/submit-note.server.ts";
import { Button, LinkButton } from "#app/ui/button.tsx";
import { FormProblem } from "#app/ui/field.tsx";
import { pageTitle } from "#app/ui/title.ts";
import { findOwnNote } from "#db/preps.ts";

export const meta: MetaFunction = ({ matches }) => pageTitle(matches, "交初备", "Hand in the draft");

export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const viewer = await requireViewer(context, request);
  const prep = await prepFor(context.db, viewer, "submit", params.prepId);
  const note = await findOwnNote(context.db, viewer.id, prep);
  return { prep: briefly(prep), planId: note?.planId ?? null, handedIn: note?.state === "submitted" };
}

/** POST hands one's draft in. */
export async function action({ request, params, context }: ActionFunctionArgs) {
  const viewer = await requireViewer(context, request);
  const prep = await prepFor(context.db, viewer, "submit", params.prepId);
  const outcome = await submitNote(context.db, context.documents, viewer, prep);
  if (outcome !== "submitted") return unprocessable({ form: { key: `preps:submit.${outcome}` } }, {});
  throw redirect(`/lessons/${prep.lessonId}`);
}

export default function SubmitNote() {
  const { t } = useTranslation("preps");
  const { t: lessons } = useTranslation("lessons");
  const { prep, planId, handedIn } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  return (
    <ActPage prep={prep} title={t("submit.title")} help={handedIn ? t("submit.done") : t("submit.help")}>
      <Form method="post" className="grid gap-4">
        <FormProblem problems={answer?.problems} />
        <div className="flex flex-wrap gap-3">
          {!handedIn && <Button weight="go">{t("submit.go")}</Button>}
          {planId && <LinkButton to={`/plans/${planId}`}>{lessons("one.mine")}</LinkButton>}
        </div>
      </Form>
    </ActPage>
  );
}

export { RefusalPage as ErrorBoundary } from "#app/ui/refusal-page.tsx";
