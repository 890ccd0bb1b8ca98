import { Link } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import type { PlanShown } from "./thread-list.tsx";

interface Props {
  page: PlanShown;
  sections: PlanShown["sections"];
}

/** The sections with how far each is, as one writes, and what can be done with the plan as a whole: beside it, on a phone folded away above it. */
export function PlanContents(props: Props) {
  const { t } = useTranslation("plans");
  return (
    <nav id="contents" aria-label={t("contents")} className="no-print lg:sticky lg:top-0 lg:max-h-dvh lg:self-start lg:overflow-y-auto lg:py-4">
      <details className="lg:hidden">
        <summary className="flex min-h-touch cursor-pointer items-center gap-2 border-y border-hairline text-small text-ink-2"><span aria-hidden="true" className="text-ink-3">≡</span>{t("contentsAndMore")}</summary>
        <div className="pt-3"><Outline {...props} /></div>
      </details>
      <div className="max-lg:hidden"><Outline {...props} /></div>
    </nav>
  );
}

function Outline({ page: { plan, may }, sections }: Props) {
  const { t } = useTranslation("plans");
  const act = "inline-flex min-h-touch items-center lg:min-h-8";
  return (
    <>
      <ol className="border-l border-rule text-small">
        {sections.map((section) => {
          const done = section.charCount > 0 && section.charCount >= section.minChars;
          return (
            <li key={section.key}>
              <a href={`#${section.key}`} className="flex min-h-touch items-center justify-between gap-2 py-1 pl-3 text-ink-2 no-underline lg:min-h-8">
                {section.title}
                <span className={done ? "text-pine" : "text-ink-3"}><span aria-hidden="true">{done ? "●" : section.required ? "○" : ""}</span><span className="sr-only">{done ? t("done") : section.required ? t("todo") : ""}</span></span>
              </a>
            </li>
          );
        })}
      </ol>
      <ul className="mt-4 grid gap-1 text-small">
        <li><Link to={`/plans/${plan.id}/read`} className={act}>{t("read")}</Link></li>
        {may.write && <li><Link to={`/plans/${plan.id}/head`} className={act}>{t("head")}</Link></li>}
        {may.write && <li><Link to={`/plans/${plan.id}/import`} className={act}>{t("importWord")}</Link></li>}
        <li><a href={`/plans/${plan.id}/export.docx`} download className={act}>{t("exportWord")}</a></li>
        {may.publish && <li><Link to={`/plans/${plan.id}/publish`} className={act}>{t("publish")}</Link></li>}
        <li><Link to={`/plans/${plan.id}/versions`} className={act}>{t("versions")}</Link></li>
      </ul>
    </>
  );
}
