import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { Form, Link, useActionData, useLoaderData } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import * as z from "zod";
import { conflict, readForm, unprocessable } from "#app/http/form.server.ts";
import { line, optionalLine } from "#app/http/text.server.ts";
import { requireViewer } from "#app/http/viewer.server.ts";
import { planFor } from "#app/plans/access.server.ts";
import { saveHead } from "#app/plans/save-head.server.ts";
import { Button } from "#app/ui/button.tsx";
import { Field, FormProblem } from "#app/ui/field.tsx";
import { BesideWhatIsKept } from "#app/ui/stale.tsx";
import { pageTitle } from "#app/ui/title.ts";

export const meta: MetaFunction = ({ matches }) => pageTitle(matches, "教案表头", "Head of the plan");

export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const viewer = await requireViewer(context, request);
  const { id, title, header, version } = await planFor(context.db, viewer, "write", params.planId);
  return { plan: { id, title, header, version } };
}

const form = z.object({ title: line(100), teacher: optionalLine(40), className: optionalLine(40), taughtOn: optionalLine(40), lessonType: optionalLine(20), version: z.coerce.number().int() });

/** POST sets the head. */
export async function action({ request, params, context }: ActionFunctionArgs) {
  const viewer = await requireViewer(context, request);
  const plan = await planFor(context.db, viewer, "write", params.planId);
  const { values, problems, typed } = await readForm(request, form);
  if (problems) return unprocessable(problems, typed);
  const { title, version, ...header } = values;
  if (!(await saveHead(context.db, plan, { title, header, version }))) return conflict({ form: { key: "common:form.stale" } }, typed);
  throw redirect(`/plans/${plan.id}`);
}

export default function Head() {
  const { t } = useTranslation("plans");
  const { t: lessons } = useTranslation("lessons");
  const { t: common } = useTranslation();
  const { plan } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const typed: Partial<Record<string, string>> = answer?.typed ?? {};
  return (
    <div className="page">
      <div className="mx-auto max-w-[42rem]">
        <p className="kick"><Link to={`/plans/${plan.id}`}>{plan.title}</Link></p>
        <h1>{t("header.title")}</h1>
        <p className="mt-1 mb-5 text-ink-2">{t("header.help")}</p>
        <Form method="post" className="grid gap-4">
          <FormProblem problems={answer?.problems} />
          <input type="hidden" name="version" value={plan.version} />
          <BesideWhatIsKept problems={answer?.problems} kept={{ title: plan.title, ...plan.header }}>
            <Field name="title" label={lessons("new.name")} problems={answer?.problems} defaultValue={typed.title ?? plan.title} maxLength={100} required />
            {(["teacher", "className", "taughtOn", "lessonType"] as const).map((name) => <Field key={name} name={name} label={t(`header.${name}`)} problems={answer?.problems} defaultValue={typed[name] ?? plan.header[name]} maxLength={40} optional />)}
          </BesideWhatIsKept>
          <div><Button weight="go">{common("act.save")}</Button></div>
        </Form>
      </div>
    </div>
  );
}

export { lookAgainWhenStale as shouldRevalidate } from "#app/ui/stale.tsx";
export { RefusalPage as ErrorBoundary } from "#app/ui/refusal-page.tsx";
