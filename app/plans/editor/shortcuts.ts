import { $createListItemNode, $createListNode } from "@lexical/list";
import { $createHeadingNode } from "@lexical/rich-text";
import { $getSelection, $isParagraphNode, $isRangeSelection, $isTextNode, COMMAND_PRIORITY_LOW, KEY_SPACE_COMMAND, type ElementNode, type LexicalEditor } from "lexical";
import { useEffect } from "react";

/** The few signs at the start of a paragraph that teachers type anyway; a space after them makes the block. */
const SIGNS: [RegExp, (sign: RegExpExecArray) => { block: ElementNode; inner: ElementNode }][] = [
  [/^[-*·]$/, () => $list("bullet", 1)],
  [/^(\d{1,2})[.、]$/, (sign) => $list("number", Number(sign[1]))],
  [/^#{1,3}$/, () => $alone($createHeadingNode("h3"))],
];

export function useShortcuts(editor: LexicalEditor): void {
  useEffect(
    () =>
      editor.registerCommand(
        KEY_SPACE_COMMAND,
        (event) => {
          if (editor.isComposing() || !$makeBlock()) return false;
          event.preventDefault();
          return true;
        },
        COMMAND_PRIORITY_LOW,
      ),
    [editor],
  );
}

function $makeBlock(): boolean {
  const selection = $getSelection();
  if (!$isRangeSelection(selection) || !selection.isCollapsed()) return false;
  const node = selection.anchor.getNode();
  const paragraph = node.getParent();
  if (!$isTextNode(node) || !$isParagraphNode(paragraph) || node.getPreviousSibling()) return false;
  const typed = node.getTextContent().slice(0, selection.anchor.offset);
  for (const [pattern, make] of SIGNS) {
    const sign = pattern.exec(typed);
    if (!sign) continue;
    const { block, inner } = make(sign);
    node.spliceText(0, typed.length, "");
    inner.append(...paragraph.getChildren());
    paragraph.replace(block);
    inner.selectStart();
    return true;
  }
  return false;
}

function $list(type: "bullet" | "number", start: number) {
  const inner = $createListItemNode();
  return { block: $createListNode(type, start).append(inner), inner };
}

function $alone(block: ElementNode) {
  return { block, inner: block };
}
