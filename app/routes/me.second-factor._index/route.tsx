import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Link, useLoaderData } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { requireViewer } from "#app/http/viewer.server.ts";
import { LinkButton } from "#app/ui/button.tsx";
import { Tag } from "#app/ui/tag.tsx";
import { pageTitle } from "#app/ui/title.ts";
import { When } from "#app/ui/when.tsx";
import { countRecoveryCodes, findSecondFactor } from "#db/second-factors.ts";

export const meta: MetaFunction = ({ matches }) => pageTitle(matches, "两步登录", "Signing in by two steps");

export async function loader({ request, context }: LoaderFunctionArgs) {
  const viewer = await requireViewer(context, request);
  const factor = await findSecondFactor(context.db, viewer.id);
  return { since: factor?.createdAt ?? null, codesLeft: factor ? await countRecoveryCodes(context.db, viewer.id) : 0, withheld: (viewer.withheld ?? []).length > 0 };
}

export default function SecondFactor() {
  const { t } = useTranslation("people");
  const { since, codesLeft, withheld } = useLoaderData<typeof loader>();
  return (
    <div className="page">
      <div className="mx-auto grid max-w-[38rem] gap-5">
        <h1>{t("second.title")}</h1>
        {withheld && <p className="rounded-round bg-amber-wash px-4 py-2 text-amber">{t("second.withheld")}</p>}
        <p className="text-ink-2">{t("second.lead")}</p>
        {since === null ? <p><LinkButton to="/me/second-factor/new" weight="go">{t("second.turnOn")}</LinkButton></p> : (
          <>
            <p className="flex flex-wrap items-center gap-3"><Tag tone="done">{t("second.on")}</Tag><span className="text-small text-ink-2">{t("second.since")} <When at={since} as="full" /> · {t("second.codesLeft", { count: codesLeft })}</span></p>
            <p className="flex flex-wrap gap-5">
              <Link to="/me/second-factor/codes">{t("second.renew")}</Link>
              <Link to="/me/second-factor/off">{t("second.turnOff")}</Link>
            </p>
          </>
        )}
      </div>
    </div>
  );
}

export { RefusalPage as ErrorBoundary } from "#app/ui/refusal-page.tsx";
