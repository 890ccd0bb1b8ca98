import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect } from "@remix-run/node";
import { Form, useActionData, useNavigation } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import * as z from "zod";
import { readForm, unprocessable } from "#app/http/form.server.ts";
import { localeOf } from "#app/http/locale.server.ts";
import { refuse } from "#app/http/refusals.ts";
import { line } from "#app/http/text.server.ts";
import { makeFirstOperator, setupLinkWorks } from "#app/people/first-operator.server.ts";
import { LoginFields } from "#app/people/login-fields.tsx";
import { newPassword, weakness } from "#app/people/weak-password.server.ts";
import { readLoginName } from "#app/people/login-name.ts";
import { Button } from "#app/ui/button.tsx";
import { Check, Field, FormProblem } from "#app/ui/field.tsx";

/** The address that an empty installation prints: it makes the first system operator, once. */
export async function loader({ params, context }: LoaderFunctionArgs) {
  if (!(await setupLinkWorks(context.db, params.token ?? ""))) throw refuse("notThere");
  return null;
}

const form = z.object({ name: line(40), login: z.string().min(1).max(254), password: newPassword, service: z.literal("on", { error: "consent" }) });

export async function action({ request, params, context }: ActionFunctionArgs) {
  const { values, problems, typed } = await readForm(request.clone() as Request, form);
  if (problems) return unprocessable({ ...problems, ...(problems.service && { service: { key: "people:register.consentNeeded" } }) }, typed);
  const login = readLoginName(values.login);
  if (!login) return unprocessable({ login: { key: "people:register.loginUnknown" } }, typed);
  const weak = weakness(values.password, [values.name, login.normalised]);
  if (weak) return unprocessable({ password: weak }, typed);
  const next = context.sessions.secondFactorDemanded ? "/me/second-factor" : "/operations/people";
  const made = await makeFirstOperator(context.db, context.sessions, params.token ?? "", { name: values.name, login, password: values.password, locale: localeOf(request, null) });
  if (made === "gone") {
    // The same form sent twice: the first has used the link, and this is who sent it.
    const again = await context.sessions.signIn(request, login.normalised, values.password);
    if ("refused" in again) throw refuse("notThere");
    throw redirect(next, { headers: again.headers });
  }
  if (made === "taken") return unprocessable({ login: { key: "people:register.taken" } }, typed);
  throw redirect(next, { headers: await context.sessions.open(request, made.personId) });
}

export default function Setup() {
  const { t } = useTranslation("people");
  const answer = useActionData<typeof action>();
  const busy = useNavigation().state !== "idle";
  return (
    <div className="page">
      <div className="mx-auto grid max-w-[26rem] gap-6">
        <h1>{t("setup.title")}</h1>
        <p className="text-ink-2">{t("setup.lead")}</p>
        <Form method="post" className="grid gap-5">
          <FormProblem problems={answer?.problems} />
          <Field name="name" label={t("register.name")} problems={answer?.problems} defaultValue={answer?.typed.name} autoComplete="name" required />
          <LoginFields problems={answer?.problems} login={answer?.typed.login} />
          <div>
            <Check name="service" required defaultChecked={answer?.typed.service === "on"} label={t("consent.serviceAndEvidence")} />
            {answer?.problems.service && <p className="text-small text-cinnabar">{t("register.consentNeeded")}</p>}
          </div>
          <Button weight="go" disabled={busy}>{t("setup.go")}</Button>
        </Form>
      </div>
    </div>
  );
}

export { RefusalPage as ErrorBoundary } from "#app/ui/refusal-page.tsx";
