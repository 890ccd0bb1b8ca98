import type { LexicalEditor } from "lexical";
import { followPlace } from "./follow-place.ts";
import { $elementByKey, $leafBlocks, $select, $where, type LeafBlock, type Where } from "./section-text.ts";

/**
 * The binding writes a split or a format as a deletion and the insertion of a copy; the caret, which hangs on the characters, falls
 * off, and what one types next lands elsewhere. This puts it back between the characters where it was.
 */
export function keepCaret(editor: LexicalEditor, was: Where): void {
  const now = editor.getEditorState().read(() => $where());
  if (now && stillThere(was, now)) return;
  const blocks = editor.getEditorState().read(() => $leafBlocks());
  const place = followPlace(was.blocks, { block: was.block, offset: was.start }, blocks);
  if (!place.besideNeighbour) return;
  editor.update(
    () => {
      const block = $elementByKey(blocks[place.block]?.key);
      if (block) $select(block, place.offset);
    },
    { discrete: true },
  );
}

function stillThere(was: Where, now: Where): boolean {
  const [left, right] = neighbours(was.blocks, was);
  const [leftNow, rightNow] = neighbours(now.blocks, now);
  return (left !== undefined && left === leftNow) || (right !== undefined && right === rightNow) || (left === undefined && right === undefined);
}

function neighbours(blocks: readonly LeafBlock[], { block, start }: Where): [string | undefined, string | undefined] {
  const text = blocks[block]?.text ?? "";
  return [text[start - 1], text[start]];
}
