import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Form, useActionData, useLoaderData } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { personFor } from "#app/people/access.server.ts";
import { issuePasswordLink } from "#app/people/one-time-link.server.ts";
import { requireViewer } from "#app/http/viewer.server.ts";
import { Button } from "#app/ui/button.tsx";
import { pageTitle } from "#app/ui/title.ts";

export const meta: MetaFunction = ({ matches }) => pageTitle(matches, "一次性链接", "One-time link");

export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const viewer = await requireViewer(context, request);
  const person = await personFor(context.db, viewer, "helpSignIn", params.personId);
  return { name: person.name, byMail: person.hasEmail, mail: context.site.mail };
}

/** POST makes a link with which a colleague sets a new password; it is shown here and nowhere else. */
export async function action({ request, params, context }: ActionFunctionArgs) {
  const viewer = await requireViewer(context, request);
  const person = await personFor(context.db, viewer, "issueLink", params.personId);
  const token = await issuePasswordLink(context.db, viewer, person);
  return { link: `${context.site.publicUrl}/password/reset/${token}` };
}

export default function PasswordLink() {
  const { t } = useTranslation("people");
  const { name, byMail, mail } = useLoaderData<typeof loader>();
  const made = useActionData<typeof action>();
  return (
    <div className="page">
      <div className="mx-auto grid max-w-[34rem] gap-5">
        <h1>{t("teachers.linkTitle", { name })}</h1>
        <p className="text-ink-2">{t(byMail ? "teachers.byMail" : "teachers.linkHelp")}</p>
        {byMail ? !mail && <p className="rounded-round bg-amber-wash px-4 py-2 text-amber">{t("forgot.noMail")}</p> : made ? <p role="status" className="card font-mono select-all">{made.link}</p> : <Form method="post"><Button weight="go">{t("teachers.link")}</Button></Form>}
      </div>
    </div>
  );
}

export { RefusalPage as ErrorBoundary } from "#app/ui/refusal-page.tsx";
