import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { Form, Link, useActionData, useLoaderData } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import * as z from "zod";
import { readForm, unprocessable } from "#app/http/form.server.ts";
import { refuse } from "#app/http/refusals.ts";
import { requireViewer } from "#app/http/viewer.server.ts";
import { planSeenBy } from "#app/plans/access.server.ts";
import { prepFor } from "#app/preps/access.server.ts";
import { ActPage, briefly } from "#app/preps/act-page.tsx";
import { bringPlan } from "#app/preps/bring-plan.server.ts";
import { Button } from "#app/ui/button.tsx";
import { FormProblem, Select } from "#app/ui/field.tsx";
import { pageTitle } from "#app/ui/title.ts";
import { listOwnPlans } from "#db/plans.ts";
import { findOwnNote } from "#db/preps.ts";

export const meta: MetaFunction = ({ matches }) => pageTitle(matches, "用已有的教案作初备", "Use a plan of mine");

export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const viewer = await requireViewer(context, request);
  const prep = await prepFor(context.db, viewer, "bring", params.prepId);
  const note = await findOwnNote(context.db, viewer.id, prep);
  const plans = await listOwnPlans(context.db, viewer, { limit: 100, kinds: ["standalone", "personal"] });
  return { prep: briefly(prep), plans: plans.map(({ id, title }) => ({ id, title })), handedIn: note?.state !== "draft", draftId: note?.planId };
}

const form = z.object({ planId: z.string().min(1) });

/** POST takes a plan of one's own as one's draft. */
export async function action({ request, params, context }: ActionFunctionArgs) {
  const viewer = await requireViewer(context, request);
  const prep = await prepFor(context.db, viewer, "bring", params.prepId);
  const { values, problems, typed } = await readForm(request, form);
  if (problems) return unprocessable(problems, typed);
  const own = await planSeenBy(context.db, viewer, values.planId);
  if (own.ownerId !== viewer.id || own.kind === "common") throw refuse("notThere");
  const planId = await bringPlan(context.db, context.documents, viewer, prep, own);
  if (!planId) return unprocessable({ form: { key: "preps:bring.gone" } }, typed);
  throw redirect(`/plans/${planId}`);
}

export default function Bring() {
  const { t } = useTranslation("preps");
  const { prep, plans, handedIn, draftId } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  if (handedIn) {
    return (
      <ActPage prep={prep} title={t("bring.title")}>
        <p>{t("bring.gone")}{draftId && <> <Link to={`/plans/${draftId}`}>{t("bring.read")}</Link></>}</p>
      </ActPage>
    );
  }
  return (
    <ActPage prep={prep} title={t("bring.title")} help={t("bring.help")}>
      {plans.length === 0 ? <p>{t("bring.none")}</p> : (
        <Form method="post" className="grid gap-4">
          <FormProblem problems={answer?.problems} />
          <Select name="planId" label={t("bring.which")} problems={answer?.problems}>
            {plans.map((plan) => <option key={plan.id} value={plan.id}>{plan.title}</option>)}
          </Select>
          <div><Button weight="go">{t("bring.go")}</Button></div>
        </Form>
      )}
    </ActPage>
  );
}

export { RefusalPage as ErrorBoundary } from "#app/ui/refusal-page.tsx";
