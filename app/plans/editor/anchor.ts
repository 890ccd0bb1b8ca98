import { $getAnchorAndFocusForUserState, type Binding } from "@lexical/yjs";
import { $getNodeByKey, $isTextNode, type ElementNode } from "lexical";
import * as Y from "yjs";
import { $blockOf, $offsetIn, $placeIn, $sizeOf, type LeafBlock } from "./section-text.ts";

/**
 * The Yjs position of one character of a block, before it (`assoc` 0) or behind it (-1); null where the character is no text. It names
 * the character, so it survives everything but its deletion.
 */
export function $characterAt(binding: Binding, block: ElementNode, character: number, assoc: -1 | 0): Y.RelativePosition | null {
  const behind = $placeIn(block, character + 1);
  const collab = binding.collabNodeMap.get(behind.key);
  if (character < 0 || behind.offset === 0 || character >= $sizeOf([block]) || !collab || !("_text" in collab)) return null;
  const inParent = collab.getOffset();
  return inParent < 0 ? null : Y.createRelativePositionFromTypeIndex(collab._parent._xmlText, inParent + 1 + behind.offset + (assoc < 0 ? 0 : -1), assoc);
}

/** Whether the character that the position names is still there. */
export function isAlive(doc: Y.Doc, position: Y.RelativePosition | null): position is Y.RelativePosition {
  if (!position?.item) return false;
  try {
    return !Y.getItem(doc.store, position.item).deleted;
  } catch {
    return false; // an id of which this document has never heard
  }
}

/** Block and offset of a position, or null when it does not lie in text. */
export function $blockAndOffset(binding: Binding, position: Y.RelativePosition, blocks: readonly LeafBlock[]): { block: ElementNode; offset: number } | null {
  // The binding resolves positions as it does those of a caret; it reads nothing else of a caret's state.
  const { anchorKey, anchorOffset } = $getAnchorAndFocusForUserState(binding, { anchorPos: position, focusPos: position } as Parameters<typeof $getAnchorAndFocusForUserState>[1]);
  const node = anchorKey === null ? null : $getNodeByKey(anchorKey);
  if (!$isTextNode(node)) return null;
  const block = $blockOf(node, blocks);
  return block && { block, offset: $offsetIn(block, node, anchorOffset) };
}
