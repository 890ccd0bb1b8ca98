import { $createParagraphNode, $createTextNode, $getNodeByKey, $getRoot, $isTextNode, type ElementNode, type TextNode } from "lexical";
import { $elementByKey, $leafBlocks, $placeIn } from "#app/plans/editor/section-text.ts";

/** An edit as another person makes it meanwhile. Block and offset are taken modulo what there is. */
export interface Edit {
  kind: "insert" | "delete" | "remove block" | "split" | "join" | "new block" | "bold";
  block: number;
  offset: number;
  text: string;
}

export function $edit({ kind, block, offset, text }: Edit): void {
  const blocks = $leafBlocks();
  const one = $elementByKey(blocks[block % blocks.length]?.key);
  if (!one) return;
  const at = offset % (one.getTextContentSize() + 1);
  const found = $textAt(one, at);
  switch (kind) {
    case "insert":
      if (found) found.node.spliceText(found.offset, 0, text);
      else one.append($createTextNode(text));
      return;
    case "delete":
      found?.node.spliceText(found.offset, Math.min(1 + (offset % 4), found.node.getTextContentSize() - found.offset), "");
      return;
    case "remove block":
      if (blocks.length > 1 && one.getParent()?.is($getRoot())) one.remove();
      return;
    case "split":
      (found ? found.node.select(found.offset, found.offset) : one.select()).insertParagraph();
      return;
    case "join": {
      const next = one.getNextSibling();
      if (next && $isBlock(next)) {
        one.append(...next.getChildren());
        next.remove();
      }
      return;
    }
    case "new block":
      if (one.getParent()?.is($getRoot())) one.insertBefore($createParagraphNode().append($createTextNode(text)));
      return;
    case "bold":
      found?.node.select(found.offset, Math.min(found.offset + 3, found.node.getTextContentSize())).formatText("bold");
      return;
  }
}

function $textAt(block: ElementNode, offset: number): { node: TextNode; offset: number } | null {
  const place = $placeIn(block, offset);
  const node = $getNodeByKey(place.key);
  return $isTextNode(node) ? { node, offset: place.offset } : null;
}

function $isBlock(node: unknown): node is ElementNode {
  return $leafBlocks().some(({ key }) => $getNodeByKey(key) === node);
}
