import { useLexicalComposerContext } from "@lexical/react/LexicalComposerContext";
import { $getSelection, $isParagraphNode, $isRangeSelection, $isRootNode } from "lexical";
import { Plus } from "lucide-react";
import { useCallback, useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { PopupMenu } from "./popup-menu.tsx";
import { applyTool, TOOL_ICONS, type ToolActs } from "./text-tools.ts";

const INSERTS = ["heading", "bullets", "numbers", "table", "image"] as const;

/** At an empty line: a small plus in the margin, by mouse or by Alt+Insert. */
export function InsertMenu({ acts }: { acts: ToolActs }) {
  const [editor] = useLexicalComposerContext();
  const { t } = useTranslation("editor");
  const [top, setTop] = useState<number | null>(null);
  const [open, setOpen] = useState(false);

  useEffect(() => {
    const place = () => setTop(editor.getEditorState().read($emptyLine) === null ? null : lineTop());
    const lineTop = (): number | null => {
      const root = editor.getRootElement();
      const line = editor.getElementByKey(editor.getEditorState().read($emptyLine) ?? "");
      return root && line && document.activeElement === root ? line.getBoundingClientRect().top - (root.closest(".plan-section-body") ?? root).getBoundingClientRect().top : null;
    };
    const keys = (event: KeyboardEvent) => {
      if (event.altKey && event.key === "Insert" && lineTop() !== null) setOpen(true);
    };
    const stop = editor.registerUpdateListener(place);
    const stopRoot = editor.registerRootListener((root, before) => {
      before?.removeEventListener("keydown", keys);
      root?.addEventListener("keydown", keys);
    });
    return () => {
      stop();
      stopRoot();
    };
  }, [editor]);

  const close = useCallback(() => {
    setOpen(false);
    editor.focus();
  }, [editor]);

  if (top === null && !open) return null;
  const items = INSERTS.filter((tool) => tool !== "image" || acts.pickImage).map((tool) => {
    const Icon = TOOL_ICONS[tool];
    return { name: tool, label: t(`tool.${tool}`), icon: <Icon size={16} aria-hidden />, act: () => applyTool(editor, tool, acts) };
  });
  return (
    <div className="plan-insert" style={{ top: top ?? 0 }}>
      <button type="button" aria-label={t("tool.insert")} aria-haspopup="menu" aria-expanded={open} onMouseDown={(event) => event.preventDefault()} onClick={() => setOpen(!open)}><Plus size={16} aria-hidden /></button>
      {open && <PopupMenu label={t("tool.insert")} items={items} onClose={close} />}
    </div>
  );
}

/** The key of the empty top-level paragraph in which the caret is, or null. */
function $emptyLine(): string | null {
  const selection = $getSelection();
  if (!$isRangeSelection(selection) || !selection.isCollapsed()) return null;
  const node = selection.anchor.getNode();
  return $isParagraphNode(node) && node.isEmpty() && $isRootNode(node.getParent()) ? node.getKey() : null;
}
