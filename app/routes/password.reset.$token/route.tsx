import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect } from "@remix-run/node";
import { Form, Link, useActionData, useLoaderData } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import * as z from "zod";
import { readForm, unprocessable } from "#app/http/form.server.ts";
import { ownLogins } from "#app/people/own-data.server.ts";
import { newPassword, weakness } from "#app/people/weak-password.server.ts";
import { afterPassword } from "#app/people/sessions.ts";
import { readPasswordLink, setPasswordByLink } from "#app/people/one-time-link.server.ts";
import { Button } from "#app/ui/button.tsx";
import { Field, FormProblem } from "#app/ui/field.tsx";

export async function loader({ params, context }: LoaderFunctionArgs) {
  const found = await readPasswordLink(context.db, params.token ?? "");
  return { name: found?.name ?? null };
}

const form = z.object({ password: newPassword });

export async function action({ request, params, context }: ActionFunctionArgs) {
  const { values, problems, typed } = await readForm(request.clone() as Request, form);
  if (problems) return unprocessable(problems, typed);
  const found = await readPasswordLink(context.db, params.token ?? "");
  if (!found) return unprocessable({ form: { key: "people:reset.gone" } }, {});
  const weak = weakness(values.password, [found.name, ...Object.values(await ownLogins(context.db, context.sessions, found.personId))]);
  if (weak) return unprocessable({ password: weak }, typed);
  const personId = await setPasswordByLink(context.db, params.token ?? "", await context.sessions.hash(values.password));
  if (!personId) return unprocessable({ form: { key: "people:reset.gone" } }, {});
  const entered = await context.sessions.enter(request, personId);
  throw redirect(afterPassword(entered, "/"), { headers: entered.headers });
}

export default function ResetPassword() {
  const { t } = useTranslation("people");
  const { name } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  return (
    <div className="page">
      <div className="mx-auto grid max-w-[26rem] gap-6">
        <h1>{t("reset.title")}</h1>
        {name === null ? (
          <p>
            {t("reset.gone")} <Link to="/password/forgot">{t("reset.again")}</Link>
          </p>
        ) : (
          <Form method="post" className="grid gap-5">
            <FormProblem problems={answer?.problems} />
            <p className="text-ink-2">{t("reset.lead", { name })}</p>
            <Field name="password" type="password" label={t("reset.password")} help={t("register.passwordHelp")} problems={answer?.problems} autoComplete="new-password" minLength={8} required />
            <Button weight="go">{t("reset.go")}</Button>
          </Form>
        )}
      </div>
    </div>
  );
}

export { RefusalPage as ErrorBoundary } from "#app/ui/refusal-page.tsx";
