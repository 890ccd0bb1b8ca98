import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { useActionData } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { readForm, unprocessable } from "#app/http/form.server.ts";
import { requireViewer } from "#app/http/viewer.server.ts";
import { passwordForm, requireSecondFactor } from "#app/people/own-second-factor.server.ts";
import { turnOffSecondFactor } from "#app/people/second-factor.server.ts";
import { Field } from "#app/ui/field.tsx";
import { FormPage } from "#app/ui/form-page.tsx";
import { pageTitle } from "#app/ui/title.ts";

export const meta: MetaFunction = ({ matches }) => pageTitle(matches, "关闭两步登录", "Turn off two steps");

export async function loader(args: LoaderFunctionArgs) {
  await requireSecondFactor(args);
  return null;
}

/** POST takes one's own second factor away. */
export async function action({ request, context }: ActionFunctionArgs) {
  const viewer = await requireViewer(context, request);
  const { values, problems, typed } = await readForm(request.clone() as Request, passwordForm);
  if (problems) return unprocessable(problems, typed);
  const wrong = await turnOffSecondFactor(context.db, context.sessions, viewer.id, values.password, await context.sessions.sessionOf(request));
  if (wrong) return unprocessable(wrong, typed);
  throw redirect("/me/second-factor");
}

export default function TurnOff() {
  const { t } = useTranslation("people");
  const answer = useActionData<typeof action>();
  return (
    <FormPage title={t("second.turnOff")} lead={t("second.offLead")} go={t("second.turnOff")} weight="danger" problems={answer?.problems}>
      <Field name="password" type="password" label={t("logins.password")} help={t("second.passwordHelp")} problems={answer?.problems} autoComplete="current-password" required />
    </FormPage>
  );
}

export { RefusalPage as ErrorBoundary } from "#app/ui/refusal-page.tsx";
