import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { Form, useLoaderData } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import * as z from "zod";
import { CONSENT_PURPOSES, CONSENT_VERSION, REQUIRED_PURPOSES } from "#app/people/consent.ts";
import { readForm, unprocessable } from "#app/http/form.server.ts";
import { requireViewer } from "#app/http/viewer.server.ts";
import { Button } from "#app/ui/button.tsx";
import { pageTitle } from "#app/ui/title.ts";
import { sayWhen } from "#app/ui/when.tsx";
import { giveConsent, listConsents, withdrawConsent } from "#db/consents.ts";

export const meta: MetaFunction = ({ matches }) => pageTitle(matches, "同意与撤回", "Consents");

export async function loader({ request, context }: LoaderFunctionArgs) {
  const viewer = await requireViewer(context, request);
  return { consents: await listConsents(context.db, viewer.id) };
}

/** All can be given, the text of the day; what the platform does at all is not withdrawn here. */
const form = z.object({ purpose: z.enum(CONSENT_PURPOSES), answer: z.enum(["give", "withdraw"]) }).refine(({ purpose, answer }) => answer === "give" || !REQUIRED_PURPOSES.includes(purpose), { path: ["purpose"] });

export async function action({ request, context }: ActionFunctionArgs) {
  const viewer = await requireViewer(context, request);
  const { values, problems, typed } = await readForm(request, form);
  if (problems) return unprocessable(problems, typed);
  if (values.answer === "give") await giveConsent(context.db, viewer.id, values.purpose, CONSENT_VERSION, new Date());
  else await withdrawConsent(context.db, viewer.id, values.purpose, new Date());
  throw redirect("/me/consents");
}

export default function Consents() {
  const { t, i18n } = useTranslation("people");
  const { consents } = useLoaderData<typeof loader>();
  return (
    <div className="page">
      <div className="mx-auto grid max-w-[34rem] gap-5">
        <h1>{t("consent.title")}</h1>
        <p className="text-ink-2">{t("consent.lead")}</p>
        <ul className="rows">
          {CONSENT_PURPOSES.map((purpose) => {
            const history = consents.filter((one) => one.purpose === purpose);
            const open = history.find((one) => one.withdrawnAt === null);
            const required = REQUIRED_PURPOSES.includes(purpose);
            const toRead = required && open?.textVersion !== CONSENT_VERSION;
            return (
              <li key={purpose}>
                <div className="min-w-0 flex-1">
                  <p className="font-medium">{t(`consent.${purpose}`)}</p>
                  {history.length === 0 && <p className="text-small text-ink-3">{t("consent.none")}</p>}
                  {toRead && history.length > 0 && <p className="text-small text-amber">{t("consent.changed")}</p>}
                  {history.map((one) => (
                    <p key={one.id} className="text-small text-ink-3">
                      {t("consent.given", { at: sayWhen(one.givenAt, i18n.language, "full"), version: one.textVersion })}
                      {one.withdrawnAt && ` · ${t("consent.withdrawn", { at: sayWhen(one.withdrawnAt, i18n.language, "full") })}`}
                    </p>
                  ))}
                </div>
                {(!required || toRead) && (
                  <Form method="post">
                    <input type="hidden" name="purpose" value={purpose} />
                    <Button name="answer" value={open && !required ? "withdraw" : "give"}>{t(open && !required ? "consent.withdraw" : "consent.give")}</Button>
                  </Form>
                )}
              </li>
            );
          })}
        </ul>
      </div>
    </div>
  );
}

export { RefusalPage as ErrorBoundary } from "#app/ui/refusal-page.tsx";
