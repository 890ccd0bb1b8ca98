import type { Binding } from "@lexical/yjs";
import { $createListItemNode, $isListItemNode } from "@lexical/list";
import { $createParagraphNode, $getRoot, type ElementNode } from "lexical";
import type * as Y from "yjs";
import { $blockAndOffset, isAlive } from "./anchor.ts";
import { followPlace, type PlaceInBlocks } from "./follow-place.ts";
import type { LocalChange } from "./local-change.ts";
import { $elementByKey, $leafBlocks, $select, $sizeOf, $textOf } from "./section-text.ts";

/** The characters beside which a composition began, as far as they are known to the document. */
export interface Neighbours {
  left: Y.RelativePosition | null;
  right: Y.RelativePosition | null;
}

/**
 * Makes the person's change on top of what others wrote meanwhile. The selected words that it replaces are taken out only where they
 * still stand in one piece: nothing is deleted that somebody else has cut in two.
 */
export function $settle(binding: Binding, change: LocalChange, neighbours: Neighbours): void {
  const replaced = change.blocks[change.block]?.text.slice(change.start, change.end) ?? "";
  const found = $findByNeighbour(binding, neighbours, replaced === "") ?? $findByText(change);
  if (!found) {
    $getRoot().selectEnd();
    return;
  }
  const { block, offset } = found;
  const stands = replaced !== "" && $textOf(block).slice(offset, offset + replaced.length) === replaced;
  const selection = $select(block, offset, stands ? offset + replaced.length : offset);
  selection.setFormat(change.format);
  selection.setStyle(change.style);
  if (change.text !== "") selection.insertText(change.text);
  else if (stands) selection.removeText();
}

interface Found {
  block: ElementNode;
  offset: number;
}

function $findByNeighbour(binding: Binding, { left, right }: Neighbours, mayUseRight: boolean): Found | null {
  for (const position of mayUseRight ? [left, right] : [left]) {
    const found = isAlive(binding.doc, position) && $blockAndOffset(binding, position, $leafBlocks());
    if (found) return found;
  }
  return null;
}

/** A split, a join or a format replaces the characters by copies, and their ids die: then the texts are compared. */
function $findByText(change: LocalChange): Found | null {
  const blocks = $leafBlocks();
  const start = followPlace(change.blocks, { block: change.block, offset: change.start }, blocks);
  const place = start.besideNeighbour || change.start === change.end ? start : followPlace(change.blocks, { block: change.block, offset: change.end }, blocks, "right");
  const there = $elementByKey(blocks[Math.min(place.block, blocks.length - 1)]?.key);
  if (place.besideNeighbour && there) return { block: there, offset: place.offset };
  const same = $elementByKey(change.key);
  if (same) {
    const inSame = blocks[place.block]?.key === change.key;
    return { block: same, offset: inSame ? place.offset : Math.min(change.start, $sizeOf([same])) };
  }
  return change.text === "" ? null : { block: $newParagraph(there, place), offset: 0 };
}

/** Where the deleted block was: before what followed it, else behind what is there. */
function $newParagraph(there: ElementNode | null, place: PlaceInBlocks): ElementNode {
  const paragraph = $isListItemNode(there) ? $createListItemNode() : $createParagraphNode();
  if (!there) $getRoot().append(paragraph);
  else if (place.offset === 0) there.insertBefore(paragraph);
  else there.insertAfter(paragraph);
  return paragraph;
}
