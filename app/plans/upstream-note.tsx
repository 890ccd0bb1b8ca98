import { Link } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import type { Upstream } from "./upstream.server.ts";

/** Under the head of a plan that was made from something: from what, by whom, how far it has gone from there. */
export function UpstreamNote({ planId, upstream }: { planId: string; upstream: Upstream | null }) {
  const { t } = useTranslation("plans");
  const { t: licences } = useTranslation("resources");
  if (!upstream) return null;
  const { kind, source, changed } = upstream;
  return (
    <p className="no-print mt-4 flex flex-wrap justify-center gap-x-3 text-center text-small text-ink-2">
      {source ? (
        <>
          <span>{t(`upstream.${kind}`)} <Link to={source.href}>{source.title}</Link></span>
          <span>{t("upstream.by", { name: source.by })}</span>
          {source.licence && <span className="text-pine">{licences(`licence.${source.licence}.short`)}</span>}
        </>
      ) : (
        <span>{t(kind === "resource" ? "upstream.gone" : "upstream.goneCommon")}</span>
      )}
      {changed !== undefined && <span>{changed > 0 ? t("upstream.changed", { count: changed }) : t("upstream.unchanged")}</span>}
      {source && changed !== undefined && changed > 0 && <Link to={`/plans/${planId}/changes`}>{t("upstream.see")}</Link>}
    </p>
  );
}
