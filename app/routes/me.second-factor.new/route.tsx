import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import * as z from "zod";
import { readCookie, writeCookie } from "#app/http/cookie.ts";
import { readForm, unprocessable } from "#app/http/form.server.ts";
import { requireViewer } from "#app/http/viewer.server.ts";
import { qrOf } from "#app/people/qr.server.ts";
import { RecoveryCodes } from "#app/people/recovery-codes.tsx";
import { OFFER_MS, offerSecret, readOffer, turnOnSecondFactor } from "#app/people/second-factor.server.ts";
import { SecretShown } from "#app/people/secret-shown.tsx";
import { Field } from "#app/ui/field.tsx";
import { FormPage } from "#app/ui/form-page.tsx";
import { pageTitle } from "#app/ui/title.ts";

export const meta: MetaFunction = ({ matches }) => pageTitle(matches, "开启两步登录", "Turn on two steps");

/** The secret waits sealed with the browser, and is nobody's until its device has shown a code. */
const OFFER_COOKIE = "second-factor";

export async function loader({ request, context }: LoaderFunctionArgs) {
  const viewer = await requireViewer(context, request);
  const offer = readOffer(context.sessions, readCookie(request, OFFER_COOKIE), viewer);
  return { offer: offer ? { ...offer, qr: qrOf(offer.address) } : null };
}

const asked = z.object({ password: z.string().min(1).max(128) });
const shown = z.object({ code: z.string().min(1).max(64) });

/** POST takes the next step: the password shows a secret, a code of it turns the second factor on. */
export async function action({ request, context }: ActionFunctionArgs) {
  const viewer = await requireViewer(context, request);
  const { db, sessions, site } = context;
  const offer = readOffer(sessions, readCookie(request, OFFER_COOKIE), viewer);
  if (!offer) {
    const { values, problems, typed } = await readForm(request.clone() as Request, asked);
    if (problems) return unprocessable(problems, typed);
    const checked = await sessions.check(viewer.id, values.password);
    if (checked !== "right") return unprocessable({ password: { key: `people:logins.${checked}` } }, typed);
    throw redirect("/me/second-factor/new", { headers: { "set-cookie": writeCookie(site.publicUrl, OFFER_COOKIE, offerSecret(sessions, viewer.id), OFFER_MS / 1000) } });
  }
  const { values, problems } = await readForm(request.clone() as Request, shown);
  if (problems) return unprocessable(problems, {});
  const done = await turnOnSecondFactor(db, sessions, viewer.id, offer.secret, values.code, await sessions.sessionOf(request));
  if ("problems" in done) return unprocessable(done.problems, {});
  return data({ problems: {}, typed: {}, codes: done.codes }, { headers: { "set-cookie": writeCookie(site.publicUrl, OFFER_COOKIE, "", 0) } });
}

export default function TurnOn() {
  const { t } = useTranslation("people");
  const { offer } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  if (answer && "codes" in answer) return <RecoveryCodes codes={answer.codes} />;
  if (!offer) {
    return (
      <FormPage key="password" title={t("second.turnOn")} lead={t("second.lead")} go={t("second.next")} problems={answer?.problems}>
        <Field name="password" type="password" label={t("logins.password")} help={t("second.passwordHelp")} problems={answer?.problems} autoComplete="current-password" required />
      </FormPage>
    );
  }
  // Of another key than the form before: its field must not go on holding the password, readable.
  return (
    <FormPage key="code" title={t("second.turnOn")} lead={t("second.scan")} go={t("second.turnOn")} problems={answer?.problems} before={<SecretShown {...offer} />}>
      <Field name="code" label={t("second.code")} help={t("second.firstCode")} problems={answer?.problems} autoComplete="one-time-code" inputMode="numeric" maxLength={64} required />
    </FormPage>
  );
}

export { RefusalPage as ErrorBoundary } from "#app/ui/refusal-page.tsx";
