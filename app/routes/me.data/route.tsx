import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Link, useLoaderData } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { ownLogins } from "#app/people/own-data.server.ts";
import { requireViewer } from "#app/http/viewer.server.ts";
import { pageTitle } from "#app/ui/title.ts";

export const meta: MetaFunction = ({ matches }) => pageTitle(matches, "我的数据", "My data");

export async function loader({ request, context }: LoaderFunctionArgs) {
  const viewer = await requireViewer(context, request);
  return { logins: await ownLogins(context.db, context.sessions, viewer.id) };
}

export default function MyData() {
  const { t } = useTranslation("people");
  const { logins } = useLoaderData<typeof loader>();
  return (
    <div className="page">
      <div className="mx-auto grid max-w-[34rem] gap-5">
        <h1>{t("data.title")}</h1>
        <p className="text-ink-2">{t("data.lead")}</p>
        <dl className="grid grid-cols-[6rem_1fr] gap-y-2">
          {(["email", "phone", "employee_no"] as const).map((kind) => (
            <div key={kind} className="contents">
              <dt className="text-ink-3">{t(`data.${kind}`)}</dt>
              <dd>{logins[kind] ?? <span className="text-ink-3">{t("data.none")}</span>}</dd>
            </div>
          ))}
        </dl>
        <p className="flex flex-wrap gap-5">
          <Link to="/me/profile">{t("data.correct")}</Link>
          <Link to="/me/logins">{t("logins.title")}</Link>
          <Link to="/me/password">{t("logins.passwordTitle")}</Link>
          <Link to="/me/second-factor">{t("second.title")}</Link>
          <Link to="/me/sessions">{t("sessions.title")}</Link>
          <a href="/me/data.json" download>{t("data.download")}</a>
        </p>
      </div>
    </div>
  );
}

export { RefusalPage as ErrorBoundary } from "#app/ui/refusal-page.tsx";
