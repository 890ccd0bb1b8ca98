import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import { Form, useActionData, useLoaderData } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import * as z from "zod";
import { readForm, tooMany, unprocessable } from "#app/http/form.server.ts";
import { askForPasswordLink } from "#app/people/one-time-link.server.ts";
import { Button } from "#app/ui/button.tsx";
import { Field, FormProblem } from "#app/ui/field.tsx";

export function loader({ context }: LoaderFunctionArgs) {
  return { mail: context.site.mail };
}

const form = z.object({ login: z.string().trim().min(1).max(254) });

/** The answer is the same for accounts that are and that are not there. */
export async function action({ request, context }: ActionFunctionArgs) {
  const { values, problems, typed } = await readForm(request, form);
  if (problems) return unprocessable(problems, typed);
  if (!context.spend("passwordLetter")) return tooMany(typed);
  await askForPasswordLink(context.db, context.sessions, values.login);
  return { problems: undefined, typed: undefined };
}

export default function ForgotPassword() {
  const { t } = useTranslation("people");
  const { mail } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const sent = answer && !answer.problems;
  return (
    <div className="page">
      <div className="mx-auto grid max-w-[26rem] gap-6">
        <h1>{t("forgot.title")}</h1>
        {sent ? (
          <div role="status" className="grid gap-3">
            <p>{t("forgot.sent")}</p>
            <p className="text-small text-ink-2">{t("forgot.noEmail")}</p>
            {!mail && <p className="rounded-round bg-amber-wash px-4 py-2 text-amber">{t("forgot.noMail")}</p>}
          </div>
        ) : (
          <Form method="post" className="grid gap-5">
            <FormProblem problems={answer?.problems} />
            <Field name="login" label={t("signIn.login")} problems={answer?.problems} defaultValue={answer?.typed?.login} autoComplete="username" required />
            <Button weight="go">{t("forgot.go")}</Button>
            <p className="text-small text-ink-2">{t("forgot.noEmail")}</p>
          </Form>
        )}
      </div>
    </div>
  );
}

export { RefusalPage as ErrorBoundary } from "#app/ui/refusal-page.tsx";
