import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { Form, useLoaderData } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import * as z from "zod";
import { readForm, unprocessable } from "#app/http/form.server.ts";
import { requireViewer } from "#app/http/viewer.server.ts";
import { prepFor, prepSeenBy } from "#app/preps/access.server.ts";
import { ActPage, briefly } from "#app/preps/act-page.tsx";
import { answerInvitation } from "#app/preps/answer.server.ts";
import { canOnPrep } from "#app/preps/policy.ts";
import { Button } from "#app/ui/button.tsx";
import { pageTitle } from "#app/ui/title.ts";
import { findOwnNote } from "#db/preps.ts";

export const meta: MetaFunction = ({ matches }) => pageTitle(matches, "邀请", "Invitation");

export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const viewer = await requireViewer(context, request);
  const prep = await prepSeenBy(context.db, viewer, params.prepId);
  if (!canOnPrep(viewer, "answer", prep)) throw redirect(`/lessons/${prep.lessonId}`);
  const part = prep.participants.find((one) => one.personId === viewer.id)?.part ?? "observer";
  return { prep: briefly(prep), part, by: prep.participants.find((one) => one.personId === prep.createdBy)?.name ?? prep.studioName };
}

const form = z.object({ answer: z.enum(["accepted", "declined"]) });

/** POST answers. Who has answered already comes back to the lesson. */
export async function action({ request, params, context }: ActionFunctionArgs) {
  const viewer = await requireViewer(context, request);
  const seen = await prepSeenBy(context.db, viewer, params.prepId);
  if (seen.participants.some((one) => one.personId === viewer.id && one.answer !== "waiting")) throw redirect(`/lessons/${seen.lessonId}`);
  const prep = await prepFor(context.db, viewer, "answer", params.prepId);
  const { values, problems, typed } = await readForm(request, form);
  if (problems) return unprocessable(problems, typed);
  await answerInvitation(context.db, context.documents, viewer, prep, values.answer);
  const note = values.answer === "accepted" ? await findOwnNote(context.db, viewer.id, prep) : undefined;
  throw redirect(note ? `/plans/${note.planId}` : `/lessons/${prep.lessonId}`);
}

export default function Answer() {
  const { t } = useTranslation("preps");
  const { prep, part, by } = useLoaderData<typeof loader>();
  return (
    <ActPage prep={prep} title={t("answer.title", { title: prep.title })} help={t(`answer.${part}`, { by })}>
      <Form method="post" className="flex flex-wrap gap-3">
        <Button weight="go" name="answer" value="accepted">{t("answer.accept")}</Button>
        <Button name="answer" value="declined">{t("answer.decline")}</Button>
      </Form>
    </ActPage>
  );
}

export { RefusalPage as ErrorBoundary } from "#app/ui/refusal-page.tsx";
