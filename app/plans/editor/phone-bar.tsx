import { useLexicalComposerContext } from "@lexical/react/LexicalComposerContext";
import { type CSSProperties, useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { type ToolActs, type ToolName, toolsOn } from "./text-tools.ts";
import { ToolButtons } from "./tool-buttons.tsx";

const TOOLS: readonly ToolName[] = ["bold", "underline", "heading", "bullets", "numbers", "table", "image", "comment", "undo", "redo"];

/** On a phone: the tools in a row above the keyboard, while this section is written in. Shown by CSS on small and touched screens only. */
export function PhoneBar({ acts }: { acts: ToolActs }) {
  const [editor] = useLexicalComposerContext();
  const { t } = useTranslation("editor");
  const [focused, setFocused] = useState(false);
  const [on, setOn] = useState("");
  const [above, setAbove] = useState<CSSProperties>({});

  useEffect(() => {
    const focus = () => setFocused(document.activeElement === editor.getRootElement());
    const place = () => {
      const view = window.visualViewport;
      if (view) setAbove({ bottom: Math.max(0, window.innerHeight - view.height - view.offsetTop) });
    };
    const stop = editor.registerRootListener((root, before) => {
      for (const type of ["focus", "blur"]) {
        before?.removeEventListener(type, focus);
        root?.addEventListener(type, focus);
      }
    });
    // A text of the names: the same one renders nothing, however often it is set.
    const stopUpdates = editor.registerUpdateListener(({ editorState }) => setOn(editorState.read(() => [...toolsOn()].join())));
    window.visualViewport?.addEventListener("resize", place);
    window.visualViewport?.addEventListener("scroll", place);
    return () => {
      stop();
      stopUpdates();
      window.visualViewport?.removeEventListener("resize", place);
      window.visualViewport?.removeEventListener("scroll", place);
    };
  }, [editor]);

  if (!focused) return null;
  return (
    <div className="plan-phone-bar" role="toolbar" aria-label={t("tool.label")} style={above}>
      <ToolButtons tools={TOOLS} acts={acts} on={new Set(TOOLS.filter((tool) => on.split(",").includes(tool)))} />
    </div>
  );
}
