import { LexicalComposer } from "@lexical/react/LexicalComposer";
import { ContentEditable } from "@lexical/react/LexicalContentEditable";
import { LexicalErrorBoundary } from "@lexical/react/LexicalErrorBoundary";
import { ListPlugin } from "@lexical/react/LexicalListPlugin";
import { LinkPlugin } from "@lexical/react/LexicalLinkPlugin";
import { RichTextPlugin } from "@lexical/react/LexicalRichTextPlugin";
import { TablePlugin } from "@lexical/react/LexicalTablePlugin";
import type { LexicalEditor } from "lexical";
import { type ReactNode, useCallback, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { editorTheme } from "./editor-theme.ts";
import type { SectionBinding } from "./held-binding.ts";
import { drawImagesWith, sectionNodes } from "./nodes.ts";
import type { PlanDocument } from "./plan-document.ts";
import { isSafeLink } from "../safe-link.ts";
import { PlanImage } from "./plan-image.tsx";
import { SectionLink } from "./section-link.tsx";

// Readers see pictures, too: set before the first editor of the page is made.
drawImagesWith((image) => <PlanImage nodeKey={image.getKey()} attachmentId={image.attachmentId} alt={image.alt} width={image.width} />);

export interface PlanSection {
  /** Name of the section's root in the document. */
  key: string;
  title: string;
  /** What the template says belongs here; shown while the section is empty. */
  help: string;
  required: boolean;
}

export interface SectionEditorProps {
  plan: PlanDocument;
  section: PlanSection;
  writes: boolean;
  /** Tools and layers; they find the editor by Lexical's context. */
  children?: (binding: SectionBinding | null) => ReactNode;
}

/** Mounted anew so often, it is not an accident any more. */
const MOST_LIVES = 5;

/** The editor of one section. When it fails or parts from its document, it is thrown away and mounted again from the document. */
export function SectionEditor({ plan, section, writes, children }: SectionEditorProps) {
  const { t } = useTranslation("editor");
  const [life, setLife] = useState(1);
  const [carets, setCarets] = useState<HTMLElement | null>(null);
  const [binding, setBinding] = useState<SectionBinding | null>(null);
  const current = useRef<SectionBinding | null>(null);
  const bound = useCallback((now: SectionBinding | null) => {
    current.current = now;
    setBinding(now);
  }, []);
  const liveAgain = useCallback(() => {
    // At once, not when React comes to it: the next key must not write what the broken editor shows.
    current.current?.abandon();
    setLife((before) => before + 1);
  }, []);
  if (life > MOST_LIVES) return <p className="plan-section-broken" role="alert">{t("section.broken")}</p>;
  return (
    <div className="plan-section-body">
      <LexicalComposer key={life} initialConfig={configOf(section.key, liveAgain)}>
        <RichTextPlugin
          contentEditable={
            <ContentEditable
              className="plan-text"
              aria-label={section.title}
              aria-multiline
              aria-placeholder={section.help}
              placeholder={<p className="plan-placeholder">{section.help}</p>}
              spellCheck={false}
            />
          }
          ErrorBoundary={LexicalErrorBoundary}
        />
        <div className="plan-carets" ref={setCarets} aria-hidden />
        <ListPlugin />
        <LinkPlugin validateUrl={isSafeLink} />
        <TablePlugin hasCellBackgroundColor={false} hasHorizontalScroll />
        <SectionLink plan={plan} section={section.key} writes={writes} carets={carets} onBound={bound} onSick={liveAgain} />
        {children?.(binding)}
      </LexicalComposer>
    </div>
  );
}

function configOf(section: string, liveAgain: () => void) {
  return {
    namespace: `plan-${section}`,
    // The document owns the content: an editor that made its first paragraph itself would double it.
    editorState: null,
    editable: false,
    nodes: sectionNodes,
    theme: editorTheme,
    onError: (error: Error, _editor: LexicalEditor) => {
      console.warn("a section's editor failed and is mounted again", error);
      liveAgain();
    },
  };
}
