import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useActionData } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { readForm, unprocessable } from "#app/http/form.server.ts";
import { passwordForm, requireSecondFactor } from "#app/people/own-second-factor.server.ts";
import { RecoveryCodes } from "#app/people/recovery-codes.tsx";
import { renewRecoveryCodes } from "#app/people/second-factor.server.ts";
import { Field } from "#app/ui/field.tsx";
import { FormPage } from "#app/ui/form-page.tsx";
import { pageTitle } from "#app/ui/title.ts";

export const meta: MetaFunction = ({ matches }) => pageTitle(matches, "恢复码", "Recovery codes");

export async function loader(args: LoaderFunctionArgs) {
  await requireSecondFactor(args);
  return null;
}

/** POST makes other recovery codes, and shows them once. */
export async function action({ request, context }: ActionFunctionArgs) {
  const viewer = await requireSecondFactor({ request, context });
  const { values, problems, typed } = await readForm(request, passwordForm);
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
