import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { Form, useActionData, useLoaderData } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import * as z from "zod";
import { conflict, readForm, unprocessable } from "#app/http/form.server.ts";
import { prose } from "#app/http/text.server.ts";
import { requireViewer } from "#app/http/viewer.server.ts";
import { prepFor } from "#app/preps/access.server.ts";
import { ActPage, briefly } from "#app/preps/act-page.tsx";
import { factsOf } from "#app/preps/facts.server.ts";
import { guardOf, movesFrom } from "#app/preps/guards.ts";
import { LEAST_WRITTEN, movePrep } from "#app/preps/move.server.ts";
import { Button } from "#app/ui/button.tsx";
import { FormProblem, TextArea } from "#app/ui/field.tsx";
import { useSay } from "#app/ui/say.ts";
import { pageTitle } from "#app/ui/title.ts";

export const meta: MetaFunction = ({ matches }) => pageTitle(matches, "往前走", "Go on");

/** Shows what the move does and what is still missing. A move that the prep no longer knows leads back to the lesson. */
export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const viewer = await requireViewer(context, request);
  const prep = await prepFor(context.db, viewer, "move", params.prepId);
  const wanted = new URL(request.url).searchParams.get("to");
  const move = movesFrom(prep.state).find((one) => one.to === wanted) ?? movesFrom(prep.state)[0];
  if (!move) throw redirect(`/lessons/${prep.lessonId}`);
  // As the text is now: what the projection does not know yet must not close the way.
  const { sections } = await context.documents.read(prep.commonDocId);
  return { prep: briefly(prep), move, guard: guardOf(prep.state, move.to, await factsOf(context.db, prep, viewer, sections), new Date()) };
}

const form = z.object({ to: z.enum(["individual_draft", "discussion", "revision", "finalised", "reflecting", "archived"]), written: prose(4000) });

export async function action({ request, params, context }: ActionFunctionArgs) {
  const viewer = await requireViewer(context, request);
  const prep = await prepFor(context.db, viewer, "move", params.prepId);
  const { values, problems, typed } = await readForm(request, form);
  if (problems) return unprocessable(problems, typed);
  const outcome = await movePrep(context.db, context.documents, viewer, prep, values.to, values.written);
  if (outcome.outcome === "moved") throw redirect(`/lessons/${prep.lessonId}`);
  if (outcome.outcome === "stale") return conflict({ form: { key: "preps:move.stale" } }, typed);
  const [first] = outcome.guard.missing;
  if (first) return unprocessable({ form: first }, typed);
  return unprocessable({ written: { key: "preps:move.write", params: { min: LEAST_WRITTEN[outcome.guard.asks ?? "reason"] } } }, typed);
}

export default function MovePrep() {
  const { t } = useTranslation("preps");
  const say = useSay();
  const { prep, move, guard } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const to = move.to as "discussion"; // one of the keys of the dictionary: only these are moved to by hand
  const title = move.kind === "round" ? t("move.roundTo") : move.kind === "back" ? t(`move.backTo.${to}`) : t(`move.to.${to}`);
  const asks = guard.asks === "minutes" ? t("move.minutes") : move.kind === "forward" ? t("move.reasonFew") : t("move.reason");
  return (
    <ActPage prep={prep} title={title} help={t(`move.says.${to}`)}>
      {guard.missing.length > 0 && (
        <div className="rounded-round bg-amber-wash px-4 py-3">
          <p className="font-medium">{t("move.still")}</p>
          <ul className="mt-1 grid gap-1">{guard.missing.map((one) => <li key={one.key}>○ {say(one.key, one.params)}</li>)}</ul>
        </div>
      )}
      <Form method="post" className="grid gap-4">
        <FormProblem problems={answer?.problems} />
        <input type="hidden" name="to" value={move.to} />
        {guard.asks && <TextArea name="written" label={asks} help={guard.asks === "minutes" ? t("move.minutesHelp") : undefined} problems={answer?.problems} defaultValue={answer?.typed.written} required maxLength={4000} />}
        <div><Button weight="go" disabled={guard.missing.length > 0}>{title}</Button></div>
      </Form>
    </ActPage>
  );
}

export { lookAgainWhenStale as shouldRevalidate } from "#app/ui/stale.tsx";
export { RefusalPage as ErrorBoundary } from "#app/ui/refusal-page.tsx";
