import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { useActionData } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import * as z from "zod";
import { readForm, unprocessable } from "#app/http/form.server.ts";
import { requireViewer } from "#app/http/viewer.server.ts";
import { changePassword } from "#app/people/change-logins.server.ts";
import { ownLogins } from "#app/people/own-data.server.ts";
import { newPassword, weakness } from "#app/people/weak-password.server.ts";
import { Field } from "#app/ui/field.tsx";
import { FormPage } from "#app/ui/form-page.tsx";
import { pageTitle } from "#app/ui/title.ts";

export const meta: MetaFunction = ({ matches }) => pageTitle(matches, "换密码", "Change the password");

export async function loader({ request, context }: LoaderFunctionArgs) {
  await requireViewer(context, request);
  return null;
}

const form = z.object({ oldPassword: z.string().min(1).max(128), password: newPassword });

/** POST sets another password and goes on in a session of its own; those on other devices end. */
export async function action({ request, context }: ActionFunctionArgs) {
  const viewer = await requireViewer(context, request);
  const { values, problems, typed } = await readForm(request.clone() as Request, form);
  if (problems) return unprocessable(problems, typed);
  const weak = weakness(values.password, [viewer.name, ...Object.values(await ownLogins(context.db, context.sessions, viewer.id))]);
  if (weak) return unprocessable({ password: weak }, typed);
  const wrong = await changePassword(context.db, context.sessions, viewer.id, { old: values.oldPassword, fresh: values.password });
  if (wrong) return unprocessable(wrong, typed);
  throw redirect("/me/data", { headers: await context.sessions.open(request, viewer.id) });
}

export default function ChangePassword() {
  const { t } = useTranslation("people");
  const answer = useActionData<typeof action>();
  return (
    <FormPage title={t("logins.passwordTitle")} lead={t("logins.passwordLead")} go={t("logins.passwordGo")} problems={answer?.problems}>
      <Field name="oldPassword" type="password" label={t("logins.old")} help={t("logins.oldHelp")} problems={answer?.problems} autoComplete="current-password" required />
      <Field name="password" type="password" label={t("reset.password")} help={t("register.passwordHelp")} problems={answer?.problems} autoComplete="new-password" minLength={8} required />
    </FormPage>
  );
}

export { RefusalPage as ErrorBoundary } from "#app/ui/refusal-page.tsx";
