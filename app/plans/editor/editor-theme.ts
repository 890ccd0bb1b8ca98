import type { EditorThemeClasses } from "lexical";

/** Only what elements alone do not say; everything else is styled by `.plan-text`, as in the reading view. */
export const editorTheme: EditorThemeClasses = {
  text: { underline: "plan-underline", strikethrough: "plan-strike", underlineStrikethrough: "plan-underline-strike" },
  list: { nested: { listitem: "plan-nested-item" } },
  table: "plan-table",
  tableScrollableWrapper: "plan-table-scroll",
  tableCellSelected: "plan-cell-selected",
  tableSelection: "plan-table-selection",
  collaboration: { cursor: "plan-caret", cursorName: "plan-caret-name", selection: "plan-remote-selection" },
};
