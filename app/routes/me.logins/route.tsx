import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import * as z from "zod";
import { readForm, unprocessable } from "#app/http/form.server.ts";
import { requireViewer } from "#app/http/viewer.server.ts";
import { changeLogins } from "#app/people/change-logins.server.ts";
import { ownLogins } from "#app/people/own-data.server.ts";
import { Field } from "#app/ui/field.tsx";
import { FormPage } from "#app/ui/form-page.tsx";
import { pageTitle } from "#app/ui/title.ts";

export const meta: MetaFunction = ({ matches }) => pageTitle(matches, "登录账号", "Logins");

export async function loader({ request, context }: LoaderFunctionArgs) {
  const viewer = await requireViewer(context, request);
  return { logins: await ownLogins(context.db, context.sessions, viewer.id) };
}

const typedLogin = z.string().max(254).optional().transform((typed) => typed ?? "");
const form = z.object({ email: typedLogin, phone: typedLogin, employee_no: typedLogin, password: z.string().min(1).max(128) });

/** POST changes what somebody signs in with. */
export async function action({ request, context }: ActionFunctionArgs) {
  const viewer = await requireViewer(context, request);
  const { values, problems, typed } = await readForm(request, form);
  if (problems) return unprocessable(problems, typed);
  const { password, ...logins } = values;
  const wrong = await changeLogins(context.db, context.sessions, viewer.id, logins, password);
  if (wrong) return unprocessable(wrong, typed);
  throw redirect("/me/data");
}

export default function Logins() {
  const { t } = useTranslation("people");
  const { logins } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const field = (kind: "email" | "phone" | "employee_no") => ({ name: kind, label: t(`data.${kind}`), problems: answer?.problems, defaultValue: answer?.typed[kind] ?? logins[kind] ?? "", autoComplete: "off", maxLength: 254, optional: true });
  return (
    <FormPage title={t("logins.title")} lead={t("logins.lead")} go={t("logins.go")} problems={answer?.problems}>
      <Field {...field("email")} inputMode="email" />
      <Field {...field("phone")} inputMode="tel" />
      <Field {...field("employee_no")} />
      <Field name="password" type="password" label={t("logins.password")} help={t("logins.passwordHelp")} problems={answer?.problems} autoComplete="current-password" required />
    </FormPage>
  );
}

export { RefusalPage as ErrorBoundary } from "#app/ui/refusal-page.tsx";
