import { isBlank } from "../content.ts";
import { PlanBody } from "../plan-body.tsx";
import type { PlanSection } from "./section-editor.tsx";

export interface ReadSection extends PlanSection {
  /** What the section held when the page was made. */
  nodes: readonly unknown[];
}

/** A section as long as its editor is not there. */
export function SectionReading({ section }: { section: ReadSection }) {
  return isBlank(section.nodes) ? <p className="plan-help">{section.help}</p> : <PlanBody nodes={section.nodes} />;
}
