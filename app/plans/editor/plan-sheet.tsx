import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { PlanSection } from "./section-editor.tsx";

interface PlanSheetProps<Section extends PlanSection> {
  head: ReactNode;
  sections: readonly Section[];
  /** Above the sheet: who is here, what is saved. */
  bar?: ReactNode;
  beside?: (section: Section) => ReactNode;
  body: (section: Section) => ReactNode;
}

/** The page that one would hand in. Each section can be linked to by its key. */
export function PlanSheet<Section extends PlanSection>({ head, sections, bar, beside, body }: PlanSheetProps<Section>) {
  const { t } = useTranslation("editor");
  return (
    <div className="plan-desk">
      <div className="plan-bar">{bar}</div>
      <article className="plan-sheet" aria-label={t("title")}>
        {head}
        {sections.map((section) => (
          <section key={section.key} id={section.key} className="plan-section">
            <h2>{section.title}{beside?.(section)}</h2>
            {body(section)}
          </section>
        ))}
      </article>
    </div>
  );
}
