import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { Link, useActionData, useLoaderData } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import * as z from "zod";
import { readForm, tooMany, unprocessable } from "#app/http/form.server.ts";
import { safeReturn } from "#app/http/viewer.server.ts";
import { Field } from "#app/ui/field.tsx";
import { FormPage } from "#app/ui/form-page.tsx";
import { pageTitle } from "#app/ui/title.ts";

export const meta: MetaFunction = ({ matches }) => pageTitle(matches, "验证码", "Code");

export async function loader({ request, context }: LoaderFunctionArgs) {
  const back = safeReturn(new URL(request.url).searchParams.get("back"));
  if (await context.viewer()) throw redirect(back);
  return { back };
}

const form = z.object({ code: z.string().min(1).max(64), back: z.string().optional() });

/** POST gives the code that was asked for after the password. */
export async function action({ request, context }: ActionFunctionArgs) {
  const { values, problems, typed } = await readForm(request.clone() as Request, form);
  if (problems) return unprocessable(problems, typed);
  if (!context.spend("signIn")) return tooMany(typed);
  const back = safeReturn(values.back);
  const outcome = await context.sessions.finish(request, values.code);
  if (!("refused" in outcome)) throw redirect(back, { headers: outcome.headers });
  if (outcome.refused === "gone") throw redirect(`/sign-in?back=${encodeURIComponent(back)}`);
  return unprocessable({ code: { key: `people:second.${outcome.refused}` } }, {});
}

export default function GiveCode() {
  const { t } = useTranslation("people");
  const { back } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  return (
    <FormPage title={t("second.codeTitle")} lead={t("second.codeLead")} go={t("signIn.go")} problems={answer?.problems}>
      <input type="hidden" name="back" value={back} />
      <Field name="code" label={t("second.code")} help={t("second.codeHelp")} problems={answer?.problems} autoComplete="one-time-code" autoCapitalize="none" maxLength={64} required autoFocus />
      <p className="text-small text-ink-2">{t("second.lost")} <Link to={`/sign-in?back=${encodeURIComponent(back)}`}>{t("second.startAgain")}</Link></p>
    </FormPage>
  );
}

export { RefusalPage as ErrorBoundary } from "#app/ui/refusal-page.tsx";
