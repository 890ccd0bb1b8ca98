import {
  $createRangeSelection, $getNodeByKey, $getRoot, $getSelection, $isElementNode, $isLineBreakNode, $isRangeSelection, $isTextNode, $setSelection,
  type ElementNode, type LexicalNode, type NodeKey, type PointType, type RangeSelection,
} from "lexical";

/**
 * A section seen as text: its leaf blocks (paragraphs, headings, list items, paragraphs in cells) in their order. A character of the
 * text is one offset; so is a line break ("\n") and anything that is no text, such as a picture.
 */
export interface LeafBlock {
  key: NodeKey;
  text: string;
}

/** Stands between two blocks where a section is compared as one string. */
export const BLOCK_END = "\u0001";
const NO_TEXT = "\uFFFC";

export function $leafBlocks(within: ElementNode = $getRoot()): LeafBlock[] {
  return within.getChildren().flatMap((child) => {
    if (!$isElementNode(child)) return [];
    const first = child.getFirstChild();
    return $isElementNode(first) && !first.isInline() ? $leafBlocks(child) : [{ key: child.getKey(), text: $textOf(child) }];
  });
}

/** The block among these that holds the node, or null. */
export function $blockOf(node: LexicalNode, blocks: readonly LeafBlock[]): ElementNode | null {
  for (let at: LexicalNode | null = node; at; at = at.getParent()) {
    const key = at.getKey();
    if ($isElementNode(at) && blocks.some((block) => block.key === key)) return at;
  }
  return null;
}

/** How many characters of the block lie before the point. */
export function $offsetIn(block: ElementNode, node: LexicalNode, pointOffset: number): number {
  let offset = $isElementNode(node) ? $sizeOf(node.getChildren().slice(0, pointOffset)) : pointOffset;
  for (let at: LexicalNode | null = node; at && !at.is(block); at = at.getParent()) offset += $sizeOf(at.getPreviousSiblings());
  return offset;
}

export interface Place {
  key: NodeKey;
  offset: number;
  type: "text" | "element";
}

/** The point at that offset of the block: in text where there is text to its left or right, else between nodes. */
export function $placeIn(block: ElementNode, offset: number): Place {
  let rest = offset;
  let last: Place = { key: block.getKey(), offset: 0, type: "element" };
  for (const piece of $pieces(block)) {
    const size = $sizeOf([piece]);
    const parent = piece.getParentOrThrow();
    if ($isTextNode(piece)) {
      last = { key: piece.getKey(), offset: Math.min(rest, size), type: "text" };
      if (rest <= size) return last;
    } else {
      if (rest === 0) return last.type === "text" && last.offset > 0 ? last : { key: parent.getKey(), offset: piece.getIndexWithinParent(), type: "element" };
      last = { key: parent.getKey(), offset: piece.getIndexWithinParent() + 1, type: "element" };
    }
    rest -= size;
  }
  return last;
}

/** Selects from one offset of the block to another, by program. */
export function $select(block: ElementNode, from: number, to = from): RangeSelection {
  const selection = $createRangeSelection();
  const start = $placeIn(block, from);
  const end = to === from ? start : $placeIn(block, to);
  selection.anchor.set(start.key, start.offset, start.type);
  selection.focus.set(end.key, end.offset, end.type);
  $setSelection(selection);
  return selection;
}

/** Where the selection lies: block and offsets, start before end; null unless it is within one block. */
export interface Where {
  block: number;
  key: NodeKey;
  start: number;
  end: number;
  blocks: LeafBlock[];
}

export function $where(): Where | null {
  const selection = $getSelection();
  if (!$isRangeSelection(selection)) return null;
  const blocks = $leafBlocks();
  const [first, second] = selection.isBackward() ? [selection.focus, selection.anchor] : [selection.anchor, selection.focus];
  const start = $offsetOfPoint(first, blocks);
  const end = $offsetOfPoint(second, blocks);
  if (!start || !end || !start.block.is(end.block)) return null;
  const key = start.block.getKey();
  return { block: blocks.findIndex((block) => block.key === key), key, start: start.offset, end: end.offset, blocks };
}

function $offsetOfPoint(point: PointType, blocks: readonly LeafBlock[]): { block: ElementNode; offset: number } | null {
  const node = point.getNode();
  const block = $blockOf(node, blocks);
  return block && { block, offset: $offsetIn(block, node, point.offset) };
}

/** All blocks as one string, and the way back from an offset of it to block and offset. */
export function joined(blocks: readonly LeafBlock[]): string {
  return blocks.map((block) => block.text).join(BLOCK_END);
}

export function offsetInJoined(blocks: readonly LeafBlock[], block: number, offset: number): number {
  return blocks.slice(0, block).reduce((sum, before) => sum + before.text.length + 1, 0) + offset;
}

/** `block` is one past the last when the offset lies behind all of them. */
export function placeInJoined(blocks: readonly LeafBlock[], offset: number): { block: number; offset: number } {
  let rest = offset;
  let block = 0;
  for (const { text } of blocks) {
    if (rest <= text.length) break;
    rest -= text.length + 1;
    block++;
  }
  return { block, offset: rest };
}

export function $elementByKey(key: NodeKey | undefined): ElementNode | null {
  const node = key === undefined ? null : $getNodeByKey(key);
  return $isElementNode(node) && node.isAttached() ? node : null;
}

function $pieces(node: ElementNode): LexicalNode[] {
  return node.getChildren().flatMap((child) => ($isElementNode(child) ? $pieces(child) : [child]));
}

/** What one node and all in it read as, in characters of the section's text. */
export function $textOf(node: LexicalNode): string {
  if ($isTextNode(node)) return node.getTextContent();
  if ($isElementNode(node)) return node.getChildren().map($textOf).join("");
  return $isLineBreakNode(node) ? "\n" : NO_TEXT;
}

export function $sizeOf(nodes: readonly LexicalNode[]): number {
  return nodes.reduce((sum, node) => sum + $textOf(node).length, 0);
}
