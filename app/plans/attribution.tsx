import { useTranslation } from "react-i18next";
import type { Upstream } from "./upstream.server.ts";

/** What the licence asks for of whoever hands a plan on: from what it was made, by whom, under which licence. It goes onto paper as well. */
export function Attribution({ kind, source: { title, by, licence } }: { kind: Upstream["kind"]; source: NonNullable<Upstream["source"]> }) {
  const { t } = useTranslation("plans");
  const { t: licences } = useTranslation("resources");
  return (
    <p className="mt-8 break-inside-avoid border-t border-rule pt-3 text-small text-ink-2">
      {t(`upstream.${kind}`)} {t("upstream.named", { title })} {t("upstream.by", { name: by })} {licence && licences(`licence.${licence}.long`)}
    </p>
  );
}
