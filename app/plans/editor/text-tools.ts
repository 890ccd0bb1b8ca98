import { $isLinkNode, $toggleLink } from "@lexical/link";
import { $isListNode, INSERT_ORDERED_LIST_COMMAND, INSERT_UNORDERED_LIST_COMMAND, REMOVE_LIST_COMMAND } from "@lexical/list";
import { $createHeadingNode, $isHeadingNode } from "@lexical/rich-text";
import { $setBlocksType } from "@lexical/selection";
import { INSERT_TABLE_COMMAND } from "@lexical/table";
import { $createParagraphNode, $findMatchingParent, $getSelection, $isRangeSelection, FORMAT_TEXT_COMMAND, REDO_COMMAND, UNDO_COMMAND, type LexicalEditor } from "lexical";
import { Bold, Heading, Image, Italic, Link, List, ListOrdered, type LucideIcon, MessageSquarePlus, Redo2, Strikethrough, Table, Underline, Undo2 } from "lucide-react";

/** What lies outside the text: given by whoever shows the tools, missing where it may not be done. */
export interface ToolActs {
  pickImage?: (() => void) | undefined;
  comment?: (() => void) | undefined;
}

export type ToolName = "bold" | "italic" | "underline" | "strike" | "heading" | "bullets" | "numbers" | "table" | "image" | "link" | "comment" | "undo" | "redo";

export const TOOL_ICONS: Record<ToolName, LucideIcon> = {
  bold: Bold, italic: Italic, underline: Underline, strike: Strikethrough, heading: Heading, bullets: List, numbers: ListOrdered,
  table: Table, image: Image, link: Link, comment: MessageSquarePlus, undo: Undo2, redo: Redo2,
};

const FORMATS = { bold: "bold", italic: "italic", underline: "underline", strike: "strikethrough" } as const;

/** Does what the tool says, to what is selected; what is on is taken off. Links need an address and have a field of their own. */
export function applyTool(editor: LexicalEditor, tool: Exclude<ToolName, "link">, acts: ToolActs): void {
  switch (tool) {
    case "bold":
    case "italic":
    case "underline":
    case "strike":
      return void editor.dispatchCommand(FORMAT_TEXT_COMMAND, FORMATS[tool]);
    case "heading":
      return editor.update(() => {
        const selection = $getSelection();
        const isHeading = toolsOn().has("heading");
        if (selection) $setBlocksType(selection, () => (isHeading ? $createParagraphNode() : $createHeadingNode("h3")));
      });
    case "bullets":
    case "numbers": {
      const isOn = editor.getEditorState().read(toolsOn).has(tool);
      const make = tool === "bullets" ? INSERT_UNORDERED_LIST_COMMAND : INSERT_ORDERED_LIST_COMMAND;
      return void editor.dispatchCommand(isOn ? REMOVE_LIST_COMMAND : make, undefined);
    }
    case "table":
      return void editor.dispatchCommand(INSERT_TABLE_COMMAND, { rows: "3", columns: "3", includeHeaders: { rows: true, columns: false } });
    case "image":
      return acts.pickImage?.();
    case "comment":
      return acts.comment?.();
    case "undo":
      return void editor.dispatchCommand(UNDO_COMMAND, undefined);
    case "redo":
      return void editor.dispatchCommand(REDO_COMMAND, undefined);
  }
}

/** Which tools are on where the selection is. Read inside the editor's state. */
export function toolsOn(): Set<ToolName> {
  const on = new Set<ToolName>();
  const selection = $getSelection();
  if (!$isRangeSelection(selection)) return on;
  for (const tool of ["bold", "italic", "underline", "strike"] as const) if (selection.hasFormat(FORMATS[tool])) on.add(tool);
  const node = selection.anchor.getNode();
  const list = $findMatchingParent(node, $isListNode);
  if (list) on.add(list.getListType() === "number" ? "numbers" : "bullets");
  if ($findMatchingParent(node, $isHeadingNode)) on.add("heading");
  if ($findMatchingParent(node, $isLinkNode)) on.add("link");
  return on;
}

/** The address of the link in which the selection begins. */
export function addressHere(): string {
  const selection = $getSelection();
  const link = $isRangeSelection(selection) ? $findMatchingParent(selection.anchor.getNode(), $isLinkNode) : null;
  return link?.getURL() ?? "";
}

export function setLink(editor: LexicalEditor, address: string | null): void {
  editor.update(() => $toggleLink(address, { rel: "noopener noreferrer nofollow", target: "_blank" }));
}
