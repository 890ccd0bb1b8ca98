import { useLexicalComposerContext } from "@lexical/react/LexicalComposerContext";
import { $deleteTableColumnAtSelection, $deleteTableRowAtSelection, $getTableCellNodeFromLexicalNode, $getTableNodeFromLexicalNodeOrThrow, $insertTableColumnAtSelection, $insertTableRowAtSelection } from "@lexical/table";
import { $getSelection, $isRangeSelection } from "lexical";
import { Ellipsis } from "lucide-react";
import { useCallback, useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { PopupMenu } from "./popup-menu.tsx";

const ACTS = {
  rowAbove: () => $insertTableRowAtSelection(false),
  rowBelow: () => $insertTableRowAtSelection(true),
  columnLeft: () => $insertTableColumnAtSelection(false),
  columnRight: () => $insertTableColumnAtSelection(true),
  removeRow: () => $deleteTableRowAtSelection(),
  removeColumn: () => $deleteTableColumnAtSelection(),
  remove: () => {
    const cell = $cellHere();
    if (cell) $getTableNodeFromLexicalNodeOrThrow(cell).remove();
  },
};

const NAMES = ["rowAbove", "rowBelow", "columnLeft", "columnRight", "removeRow", "removeColumn", "remove"] as const;

/** At the corner of the table in which the caret is: rows and columns to add and to take away. */
export function TableMenu() {
  const [editor] = useLexicalComposerContext();
  const { t } = useTranslation("editor");
  const [table, setTable] = useState<string | null>(null);
  const [top, setTop] = useState(0);
  const [open, setOpen] = useState(false);

  useEffect(() => {
    const place = () => {
      const key = editor.getEditorState().read(() => {
        const cell = $cellHere();
        return cell && $getTableNodeFromLexicalNodeOrThrow(cell).getKey();
      });
      const element = key === null ? null : editor.getElementByKey(key);
      const body = editor.getRootElement()?.closest(".plan-section-body");
      const isHere = body?.contains(document.activeElement) === true;
      setTable(isHere ? key : null);
      if (element && body) setTop(element.getBoundingClientRect().top - body.getBoundingClientRect().top);
    };
    // The focus may be on its way into the menu.
    const later = () => setTimeout(place, 0);
    const stop = editor.registerUpdateListener(place);
    const stopRoot = editor.registerRootListener((root, before) => {
      before?.removeEventListener("blur", later);
      root?.addEventListener("blur", later);
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

  if (table === null) return null;
  const items = NAMES.map((name) => ({ name, label: t(`table.${name}`), act: () => editor.update(ACTS[name]) }));
  return (
    <div className="plan-table-menu" style={{ top }}>
      <button type="button" aria-label={t("table.menu")} aria-haspopup="menu" aria-expanded={open} onMouseDown={(event) => event.preventDefault()} onClick={() => setOpen(!open)}><Ellipsis size={16} aria-hidden /></button>
      {open && <PopupMenu label={t("table.menu")} items={items} onClose={close} />}
    </div>
  );
}

function $cellHere() {
  const selection = $getSelection();
  return $isRangeSelection(selection) ? $getTableCellNodeFromLexicalNode(selection.anchor.getNode()) : null;
}
