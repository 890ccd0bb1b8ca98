import { $getAnchorAndFocusForUserState, type UserState } from "@lexical/yjs";
import { createDOMRange } from "@lexical/selection";
import { $createRangeSelectionFromDom, $getNodeByKey, type LexicalEditor } from "lexical";
import * as Y from "yjs";
import { $blockAndOffset, $characterAt, isAlive } from "./anchor.ts";
import type { SectionBinding } from "./held-binding.ts";
import { $blockOf, $elementByKey, $leafBlocks, $offsetIn, $placeIn, $sizeOf, type LeafBlock } from "./section-text.ts";

/** A stretch of a section, fixed to its first and last character and not to places: both ends are Yjs relative positions as JSON. */
export interface CommentAnchor {
  sectionKey: string;
  start: unknown;
  end: unknown;
  /** The words as they were. */
  quote: string;
}

const LONGEST_QUOTE = 300;

/** What is selected in this editor, or null. Works for people who may not write, too: it reads the page's selection. */
export function anchorFromSelection(editor: LexicalEditor, { binding }: SectionBinding, sectionKey: string): CommentAnchor | null {
  return editor.getEditorState().read(() => {
    const selection = $createRangeSelectionFromDom(window.getSelection(), editor);
    if (!selection || selection.isCollapsed()) return null;
    const blocks = $leafBlocks();
    const ends = selection.getStartEndPoints();
    if (!ends) return null;
    const [first, last] = (selection.isBackward() ? [ends[1], ends[0]] : ends).map((point) => {
      const block = $blockOf(point.getNode(), blocks);
      return block && { block, offset: $offsetIn(block, point.getNode(), point.offset) };
    });
    if (!first || !last) return null;
    const end = last.offset === 0 ? endBefore(last.block.getKey(), blocks) : last;
    const from = $characterAt(binding, first.block, first.offset, 0);
    const to = end && $characterAt(binding, end.block, end.offset - 1, -1);
    if (!from || !to) return null;
    const quote = selection.getTextContent().trim().slice(0, LONGEST_QUOTE);
    return { sectionKey, start: Y.relativePositionToJSON(from), end: Y.relativePositionToJSON(to), quote };
  }, { editor });
}

/** Where the stretch is now; null when its text is gone. */
export function rangeOf(editor: LexicalEditor, { binding }: SectionBinding, { start, end, quote }: Omit<CommentAnchor, "sectionKey">): Range | null {
  const [from, to] = [positionFrom(start), positionFrom(end)];
  if (!from || !to) return null;
  return editor.getEditorState().read(() => {
    // A split or a format by others replaces characters by copies: then the words themselves are looked for.
    const found = isAlive(binding.doc, from) && isAlive(binding.doc, to) ? null : $quoteNear(quote, $blockAndOffset(binding, from, $leafBlocks()));
    if (found) return domRange(editor, found.from, found.to);
    const ends = $getAnchorAndFocusForUserState(binding, { anchorPos: from, focusPos: to } as UserState); // it reads these two alone
    if (ends.anchorKey === null || ends.focusKey === null) return null;
    const range = domRange(editor, { key: ends.anchorKey, offset: ends.anchorOffset }, { key: ends.focusKey, offset: ends.focusOffset });
    return range && !range.collapsed ? range : null;
  }, { editor });
}

interface End {
  key: string;
  offset: number;
}

function domRange(editor: LexicalEditor, from: End, to: End): Range | null {
  const [first, last] = [$getNodeByKey(from.key), $getNodeByKey(to.key)];
  return first && last ? createDOMRange(editor, first, from.offset, last, to.offset) : null;
}

/** The words where they stand nearest to a place. */
function $quoteNear(quote: string, near: { block: { getKey(): string }; offset: number } | null): { from: End; to: End } | null {
  if (quote === "") return null;
  const blocks = $leafBlocks();
  const blockNear = near ? blocks.findIndex(({ key }) => key === near.block.getKey()) : 0;
  let best: { block: LeafBlock; at: number; distance: number } | null = null;
  for (const [i, block] of blocks.entries()) {
    for (let at = block.text.indexOf(quote); at >= 0; at = block.text.indexOf(quote, at + 1)) {
      const distance = Math.abs(i - blockNear) * 10_000 + Math.abs(at - (near?.offset ?? 0));
      if (!best || distance < best.distance) best = { block, at, distance };
    }
  }
  const element = best && $elementByKey(best.block.key);
  return best && element && { from: $placeIn(element, best.at), to: $placeIn(element, best.at + quote.length) };
}

function endBefore(key: string, blocks: readonly LeafBlock[]): { block: NonNullable<ReturnType<typeof $elementByKey>>; offset: number } | null {
  const before = $elementByKey(blocks[blocks.findIndex((block) => block.key === key) - 1]?.key);
  return before && { block: before, offset: $sizeOf([before]) };
}

function positionFrom(json: unknown): Y.RelativePosition | null {
  try {
    return Y.createRelativePositionFromJSON(json);
  } catch {
    return null; // a row from elsewhere: the thread stays, with its quote
  }
}
