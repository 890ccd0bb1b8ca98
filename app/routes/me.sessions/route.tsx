import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import * as z from "zod";
import { readForm, unprocessable } from "#app/http/form.server.ts";
import { requireViewer } from "#app/http/viewer.server.ts";
import { endOwnSessions, ownSessions } from "#app/people/own-sessions.server.ts";
import { SessionChoice } from "#app/people/session-choice.tsx";
import { Field } from "#app/ui/field.tsx";
import { FormPage } from "#app/ui/form-page.tsx";
import { pageTitle } from "#app/ui/title.ts";

export const meta: MetaFunction = ({ matches }) => pageTitle(matches, "登录着的设备", "Where you are signed in");

export async function loader({ request, context }: LoaderFunctionArgs) {
  const viewer = await requireViewer(context, request);
  return { sessions: await ownSessions(context.db, viewer.id, await context.sessions.sessionOf(request)) };
}

const form = z.object({ which: z.string().min(1).max(64), password: z.string().min(1).max(128) });

/** POST ends one of one's own sessions, or all but this one. */
export async function action({ request, context }: ActionFunctionArgs) {
  const viewer = await requireViewer(context, request);
  const { values, problems, typed } = await readForm(request.clone() as Request, form);
  if (problems) return unprocessable(problems, typed);
  const which = values.which === "others" ? { except: (await context.sessions.sessionOf(request)) ?? "" } : { only: values.which };
  const wrong = await endOwnSessions(context.db, context.sessions, viewer.id, which, values.password);
  if (wrong) return unprocessable(wrong, typed);
  throw redirect("/me/sessions");
}

export default function OwnSessions() {
  const { t } = useTranslation("people");
  const { sessions } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  return (
    <FormPage title={t("sessions.title")} lead={t("sessions.lead")} go={t("sessions.go")} problems={answer?.problems}>
      <SessionChoice sessions={sessions} chosen={answer?.typed.which ?? "others"} />
      <Field name="password" type="password" label={t("logins.password")} help={t("sessions.passwordHelp")} problems={answer?.problems} autoComplete="current-password" required />
    </FormPage>
  );
}

export { RefusalPage as ErrorBoundary } from "#app/ui/refusal-page.tsx";
