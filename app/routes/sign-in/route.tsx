import { type ActionFunctionArgs, data, type LoaderFunctionArgs, redirect } from "@remix-run/node";
import { Form, Link, useActionData, useLoaderData, useNavigation } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import * as z from "zod";
import { demoPeople } from "#app/people/demo-people.server.ts";
import { readForm, tooMany, unprocessable } from "#app/http/form.server.ts";
import { safeReturn } from "#app/http/viewer.server.ts";
import { words } from "#app/http/words.server.ts";
import { afterPassword } from "#app/people/sessions.ts";
import { Button } from "#app/ui/button.tsx";
import { Face } from "#app/ui/face.tsx";
import { Field, FormProblem } from "#app/ui/field.tsx";
import type { Freeze } from "#db/freezes.ts";

export async function loader({ request, context }: LoaderFunctionArgs) {
  const back = safeReturn(new URL(request.url).searchParams.get("back"));
  if (await context.viewer()) throw redirect(back);
  return { back, demo: context.site.demo ? await demoPeople(context.db) : [] };
}

/** In the language of whose account it is, whatever the page is in. */
function frozenSaid({ locale, reason }: Freeze): { locale: string; title: string; lead: string; reason: string } {
  const t = words[locale].getFixedT(null, "people");
  return { locale, title: t("signIn.frozen"), lead: t("signIn.frozenLead"), reason };
}

const form = z.object({ login: z.string().min(1).max(254), password: z.string().min(1).max(128), back: z.string().optional() });

export async function action({ request, context }: ActionFunctionArgs) {
  const { values, problems, typed } = await readForm(request.clone() as Request, form);
  if (problems) return unprocessable(problems, typed);
  if (!context.spend("signIn")) return tooMany(typed);
  const outcome = await context.sessions.signIn(request, values.login, values.password);
  if ("freeze" in outcome) return data({ problems: {}, typed, frozen: frozenSaid(outcome.freeze) }, { status: 403 });
  if ("refused" in outcome) return data({ problems: { form: { key: `people:signIn.${outcome.refused}` } }, typed }, { status: 422 });
  throw redirect(afterPassword(outcome, safeReturn(values.back)), { headers: outcome.headers });
}

export default function SignIn() {
  const { t } = useTranslation("people");
  const { back, demo } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const frozen = answer && "frozen" in answer ? answer.frozen : undefined;
  const busy = useNavigation().state !== "idle";
  return (
    <div className="page">
      <div className="mx-auto grid max-w-[26rem] gap-6">
        <h1>{t("signIn.title")}</h1>
        {frozen && (
          <div role="alert" lang={frozen.locale} className="rounded-round bg-cinnabar-wash px-4 py-3">
            <p className="font-medium text-cinnabar">{frozen.title}</p>
            <p className="my-2 [overflow-wrap:anywhere] whitespace-pre-line">{frozen.reason}</p>
            <p className="text-small text-ink-2">{frozen.lead}</p>
          </div>
        )}
        <Form method="post" className="grid gap-5">
          <FormProblem problems={answer?.problems} />
          <input type="hidden" name="back" value={back} />
          <Field name="login" label={t("signIn.login")} problems={answer?.problems} defaultValue={answer?.typed.login} autoComplete="username" required autoFocus />
          <Field name="password" type="password" label={t("signIn.password")} problems={answer?.problems} autoComplete="current-password" required />
          <Button weight="go" disabled={busy}>{t("signIn.go")}</Button>
        </Form>
        <p className="flex justify-between text-small">
          <Link to={`/register?back=${encodeURIComponent(back)}`}>{t("signIn.register")}</Link>
          <Link to="/password/forgot">{t("signIn.forgot")}</Link>
        </p>
        {demo.length > 0 && (
          <section className="border-t border-hairline pt-5">
            <h2>{t("signIn.demo")}</h2>
            <ul className="mt-3 grid gap-1">
              {demo.map((person) => (
                <li key={person.id}>
                  <Form method="post" action="/demo/sign-in">
                    <input type="hidden" name="personId" value={person.id} />
                    <input type="hidden" name="back" value={back} />
                    <button type="submit" className="flex min-h-touch w-full cursor-pointer items-center gap-3 rounded-round px-2 text-left hover:bg-well">
                      <Face name={person.name} id={person.id} />
                      <span>
                        {person.name} <span className="text-small text-ink-3">{person.note}</span>
                      </span>
                    </button>
                  </Form>
                </li>
              ))}
            </ul>
          </section>
        )}
      </div>
    </div>
  );
}

export { RefusalPage as ErrorBoundary } from "#app/ui/refusal-page.tsx";
