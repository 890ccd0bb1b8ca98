import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { Form, Link, useActionData, useLoaderData } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import * as z from "zod";
import { readForm, unprocessable } from "#app/http/form.server.ts";
import { refuse } from "#app/http/refusals.ts";
import { line, prose } from "#app/http/text.server.ts";
import { requireViewer } from "#app/http/viewer.server.ts";
import { planSeenBy } from "#app/plans/access.server.ts";
import { licencesFor } from "#app/resources/derived-licence.ts";
import { LICENCES } from "#app/resources/licences.ts";
import { decidersFor, maySubmit, missingFor, needsOwner, submitResource } from "#app/resources/submit.server.ts";
import { Button } from "#app/ui/button.tsx";
import { Check, Field, FormProblem, TextArea } from "#app/ui/field.tsx";
import { useSay } from "#app/ui/say.ts";
import { findNames } from "#db/people.ts";
import { findUpstream } from "#db/resources.ts";
import { pageTitle } from "#app/ui/title.ts";

export const meta: MetaFunction = ({ matches }) => pageTitle(matches, "发表", "Publish");

/** So many of those who decide are named; there are seldom more. */
const NAMED = 6;

export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const viewer = await requireViewer(context, request);
  const plan = await planSeenBy(context.db, viewer, params.planId);
  if (!maySubmit(viewer, plan)) throw refuse("notAllowed");
  if (!viewer.verified) throw refuse("unverified");
  const deciders = await decidersFor(context.db, viewer, plan);
  const names = await findNames(context.db, deciders.slice(0, NAMED));
  return { title: plan.title, lessonId: plan.lessonId, stuck: deciders.length === 0 && needsOwner(plan, viewer), deciders: [...names.values()], inStudio: plan.studioId !== null, licences: licencesFor(plan.studioId, await findUpstream(context.db, plan.id)), missing: { lesson_plan: await missingFor(context.db, viewer, plan, "lesson_plan"), teaching_case: await missingFor(context.db, viewer, plan, "teaching_case") } };
}

const form = z.object({ kind: z.enum(["lesson_plan", "teaching_case"]), title: line(80), abstract: prose(300), licence: z.enum(LICENCES), givesReflection: z.string().optional() });

/** POST offers a plan for publication. */
export async function action({ request, params, context }: ActionFunctionArgs) {
  const viewer = await requireViewer(context, request);
  const plan = await planSeenBy(context.db, viewer, params.planId);
  if (!maySubmit(viewer, plan)) throw refuse("notAllowed");
  if (!viewer.verified) throw refuse("unverified");
  const { values, problems, typed } = await readForm(request, form);
  if (problems) return unprocessable(problems, typed);
  const made = await submitResource(context.db, context.documents, viewer, plan, { ...values, givesReflection: values.givesReflection === "on" });
  if ("problems" in made) return unprocessable(made.problems, typed);
  throw redirect(`/resources/${made.resourceId}`);
}

export default function Publish() {
  const { t } = useTranslation("resources");
  const say = useSay();
  const { title, lessonId, deciders, inStudio, licences, missing, stuck } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const typed: Partial<Record<string, string>> = answer?.typed ?? {};
  const ready = missing.teaching_case.length === 0 ? "teaching_case" : "lesson_plan";
  return (
    <div className="page">
      <div className="mx-auto grid max-w-[36rem] gap-6">
        <div>
          <p className="kick"><Link to={`/lessons/${lessonId}`}>{title}</Link></p>
          <h1>{t("publish.title")}</h1>
          <p className="mt-2 text-ink-2">{deciders.length > 0 ? t("publish.leadBy", { who: deciders.join(t("publish.or")) }) : t(inStudio ? "publish.lead" : "publish.leadAlone")}</p>
        </div>
        {stuck ? <p className="rounded-round bg-amber-wash px-4 py-2 text-amber">{t("missing.decider")}</p> : (
          <Form method="post" className="grid gap-5">
            <FormProblem problems={answer?.problems} />
            <fieldset className="grid gap-2">
              <legend className="mb-1 font-medium">{t("publish.kind")}</legend>
              {(["teaching_case", "lesson_plan"] as const).map((kind) => (
                <label key={kind} className="flex items-start gap-3">
                  <input type="radio" name="kind" value={kind} defaultChecked={(typed.kind ?? ready) === kind} disabled={missing[kind].length > 0} className="mt-1.5 accent-cinnabar" />
                  <span>
                    {t(`kind.${kind}`)}
                    {missing[kind].length > 0 && <span className="block text-small text-ink-3">{missing[kind].map((key) => say(key)).join(" ")}</span>}
                  </span>
                </label>
              ))}
            </fieldset>
            <Field name="title" label={t("publish.name")} help={t("publish.nameHelp")} problems={answer?.problems} defaultValue={typed.title ?? title} maxLength={80} required />
            <TextArea name="abstract" label={t("publish.abstract")} help={t("publish.abstractHelp")} problems={answer?.problems} defaultValue={typed.abstract} maxLength={300} rows={3} optional />
            <fieldset className="grid gap-2">
              <legend className="mb-1 font-medium">{t("publish.licence")}</legend>
              {licences.map((licence) => (
                <label key={licence} className="flex items-start gap-3">
                  <input type="radio" name="licence" value={licence} defaultChecked={(typed.licence ?? (licences.includes("cc_by") ? "cc_by" : licences[0])) === licence} className="mt-1.5 accent-cinnabar" />
                  <span>{t(`licence.${licence}.short`)}<span className="block text-small text-ink-3">{t(`licence.${licence}.long`)}</span></span>
                </label>
              ))}
            </fieldset>
            <Check name="givesReflection" label={t("publish.reflection")} defaultChecked={typed.givesReflection === "on"} />
            <div><Button weight="go">{t("publish.go")}</Button></div>
          </Form>
        )}
      </div>
    </div>
  );
}

export { RefusalPage as ErrorBoundary } from "#app/ui/refusal-page.tsx";
