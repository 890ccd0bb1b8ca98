import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { useActionData } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import * as z from "zod";
import { readForm, unprocessable } from "#app/http/form.server.ts";
import { requireViewer } from "#app/http/viewer.server.ts";
import { RecoveryCodes } from "#app/people/recovery-codes.tsx";
import { renewRecoveryCodes } from "#app/people/second-factor.server.ts";
import { Field } from "#app/ui/field.tsx";
import { FormPage } from "#app/ui/form-page.tsx";
import { pageTitle } from "#app/ui/title.ts";
import { findSecondFactor } from "#db/second-factors.ts";

export const meta: MetaFunction = ({ matches }) => pageTitle(matches, "恢复码", "Recovery codes");

export async function loader({ request, context }: LoaderFunctionArgs) {
  const viewer = await requireViewer(context, request);
  if (!(await findSecondFactor(context.db, viewer.id))) throw redirect("/me/second-factor");
  return null;
}

const form = z.object({ password: z.string().min(1).max(128) });

/** POST makes other recovery codes, and shows them once. */
export async function action({ request, context }: ActionFunctionArgs) {
  const viewer = await requireViewer(context, request);
  if (!(await findSecondFactor(context.db, viewer.id))) throw redirect("/me/second-factor");
  const { values, problems, typed } = await readForm(request, form);
  if (problems) return unprocessable(problems, typed);
  const done = await renewRecoveryCodes(context.db, context.sessions, viewer.id, values.password);
  return "problems" in done ? unprocessable(done.problems, typed) : { problems: {}, typed: {}, codes: done.codes };
}

export default function RenewCodes() {
  const { t } = useTranslation("people");
  const answer = useActionData<typeof action>();
  if (answer && "codes" in answer) return <RecoveryCodes codes={answer.codes} />;
  return (
    <FormPage title={t("second.renew")} lead={t("second.renewLead")} go={t("second.renew")} problems={answer?.problems}>
      <Field name="password" type="password" label={t("logins.password")} help={t("second.passwordHelp")} problems={answer?.problems} autoComplete="current-password" required />
    </FormPage>
  );
}

export { RefusalPage as ErrorBoundary } from "#app/ui/refusal-page.tsx";
