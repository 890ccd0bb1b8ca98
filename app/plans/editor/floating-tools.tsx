import { useLexicalComposerContext } from "@lexical/react/LexicalComposerContext";
import { type CSSProperties, useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { LinkField } from "./link-field.tsx";
import { type ToolActs, type ToolName, toolsOn } from "./text-tools.ts";
import { ToolButtons } from "./tool-buttons.tsx";

const TOOLS: readonly ToolName[] = ["bold", "italic", "underline", "strike", "heading", "bullets", "numbers", "link", "comment"];
const READERS_TOOLS: readonly ToolName[] = ["comment"];

interface Shown {
  on: ReadonlySet<ToolName>;
  at: CSSProperties;
}

/** A small row beside the selection; nothing as long as nothing is selected. */
export function FloatingTools({ acts, writes }: { acts: ToolActs; writes: boolean }) {
  const [editor] = useLexicalComposerContext();
  const { t } = useTranslation("editor");
  const [shown, setShown] = useState<Shown | null>(null);
  const [linking, setLinking] = useState(false);

  useEffect(() => {
    let frame = 0;
    const look = () => {
      frame = 0;
      const root = editor.getRootElement();
      const selection = window.getSelection();
      const inField = document.activeElement?.closest(".plan-floating");
      if (inField) return;
      const range = root && selection && !selection.isCollapsed && root.contains(selection.anchorNode) && root.contains(selection.focusNode) ? selection.getRangeAt(0) : null;
      // One selects and composes in the same stroke: the input method's own window comes first.
      if (!root || !range || editor.isComposing() || range.toString().trim() === "") return setShown(null);
      setShown({ on: editor.getEditorState().read(toolsOn, { editor }), at: placeBeside(range, root) });
    };
    const soon = () => {
      frame ||= requestAnimationFrame(look);
    };
    document.addEventListener("selectionchange", soon);
    const stop = editor.registerUpdateListener(soon);
    return () => {
      cancelAnimationFrame(frame);
      document.removeEventListener("selectionchange", soon);
      stop();
    };
  }, [editor]);

  if (!shown || (!writes && !acts.comment)) return null;
  return (
    <div className="plan-floating" role="toolbar" aria-label={t("tool.label")} style={shown.at}>
      {linking ? <LinkField onDone={() => setLinking(false)} /> : <ToolButtons tools={writes ? TOOLS : READERS_TOOLS} acts={acts} on={shown.on} onLink={() => setLinking(true)} />}
    </div>
  );
}

/** As in editor.css: where a finger selects, the system's own menu stands above the selection, and its handles hang below. */
const TOUCHED = "(max-width: 700px), (pointer: coarse)";
const HANDLES_PX = 30;

/** Above the first line of the selection, inside the text's column, or below its last on a touched screen; the row is placed within the section's body. */
function placeBeside(range: Range, root: HTMLElement): CSSProperties {
  const body = (root.closest(".plan-section-body") ?? root).getBoundingClientRect();
  const lines = [...range.getClientRects()];
  const whole = range.getBoundingClientRect();
  if (window.matchMedia(TOUCHED).matches) return { left: 0, top: (lines.at(-1) ?? whole).bottom - body.top + HANDLES_PX };
  const first = lines[0] ?? whole;
  return { left: Math.min(Math.max(0, first.left - body.left), Math.max(0, body.width - 330)), top: first.top - body.top };
}
