import { $getSelection, $isRangeSelection, $isTextNode, $getNodeByKey, type EditorState, type NodeKey } from "lexical";
import { $elementByKey, $leafBlocks, $placeIn, $where, type LeafBlock } from "./section-text.ts";

/** One replacement in one block: what a person did while a composition was open. */
export interface LocalChange {
  /** Which block, and all blocks as they were. */
  block: number;
  key: NodeKey;
  blocks: LeafBlock[];
  start: number;
  end: number;
  text: string;
  format: number;
  style: string;
}

/** What was done between two states: nothing, one replacement in one block, or something larger. */
export function localChange(before: EditorState, now: EditorState): LocalChange | "nothing" | "larger" {
  const old = before.read(() => $leafBlocks());
  const current = now.read(() => $leafBlocks());
  if (old.length !== current.length || old.some((block, i) => block.key !== current[i]?.key)) return "larger";
  const changed = old.flatMap((block, i) => (block.text === current[i]?.text ? [] : [i]));
  const [block] = changed;
  if (block === undefined) return "nothing";
  const was = old[block];
  const is = current[block];
  if (changed.length > 1 || !was || !is) return "larger";
  const { head, tail } = replaced(was.text, is.text, now.read(() => $caretIn(is.key)) ?? is.text.length);
  const text = is.text.slice(head, is.text.length - tail);
  const look = now.read(() => $lookAt(is.key, Math.max(head, is.text.length - tail)));
  return { block, key: was.key, blocks: old, start: head, end: was.text.length - tail, text, ...look };
}

/** How much of both is common. Right of the caret nothing changed, which tells apart what a diff of repeated characters cannot. */
function replaced(was: string, is: string, caret: number): { head: number; tail: number } {
  const behindCaret = is.length - Math.min(caret, is.length);
  let tail = 0;
  while (tail < was.length && tail < behindCaret && was[was.length - 1 - tail] === is[is.length - 1 - tail]) tail++;
  let head = 0;
  while (head < was.length - tail && head < is.length - tail && was[head] === is[head]) head++;
  return { head, tail };
}

function $caretIn(key: NodeKey): number | undefined {
  const selection = $getSelection();
  if (!$isRangeSelection(selection) || !selection.isCollapsed()) return undefined;
  const here = $where();
  return here?.key === key ? here.start : undefined;
}

function $lookAt(key: NodeKey, offset: number): { format: number; style: string } {
  const block = $elementByKey(key);
  const node = block && $getNodeByKey($placeIn(block, offset).key);
  return $isTextNode(node) ? { format: node.getFormat(), style: node.getStyle() } : { format: 0, style: "" };
}
