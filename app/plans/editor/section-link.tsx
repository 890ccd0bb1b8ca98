import { useLexicalComposerContext } from "@lexical/react/LexicalComposerContext";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { bindSection, type SectionBinding } from "./held-binding.ts";
import type { PlanDocument } from "./plan-document.ts";
import { sectionAwareness } from "./section-awareness.ts";
import { watchHealth } from "./section-health.ts";

interface SectionLinkProps {
  plan: PlanDocument;
  section: string;
  writes: boolean;
  /** A positioned element over the editor. */
  carets: HTMLElement | null;
  onBound(binding: SectionBinding | null): void;
  onSick(): void;
}

/** Joins the editor around it to its section of the plan, for as long as it is mounted. */
export function SectionLink({ plan, section, writes, carets, onBound, onSick }: SectionLinkProps) {
  const [editor] = useLexicalComposerContext();
  const { t } = useTranslation("editor");
  useEffect(() => {
    if (!carets) return;
    const words = { writing: (name: string) => t("presence.composing", { name }) };
    const awareness = sectionAwareness(plan.awareness, section, words);
    const binding = bindSection({ editor, plan: plan.doc, section, awareness, writes, me: plan.options.me, carets });
    const stopWatching = watchHealth(editor, binding, onSick);
    editor.setEditable(writes);
    onBound(binding);
    return () => {
      stopWatching();
      onBound(null);
      binding.destroy();
    };
  }, [editor, plan, section, writes, carets, onBound, onSick, t]);
  return null;
}
