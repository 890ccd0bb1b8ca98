import type { ParagraphBlock } from "./blocks.ts";
import type { InlineNode } from "./nodes.ts";
import { plainText } from "./nodes.ts";

/** A paragraph in two, after so many characters; formats stay with their words. */
export function cutParagraph(block: ParagraphBlock, after: number): [ParagraphBlock, ParagraphBlock] {
  const [before, behind] = cutInlines(block.inlines, after);
  const { list, ...rest } = block;
  return [
    { ...rest, inlines: before, words: plainText(before), ...(list ? { list } : {}) },
    { ...rest, inlines: behind, words: plainText(behind) },
  ];
}

function cutInlines(inlines: readonly InlineNode[], after: number): [InlineNode[], InlineNode[]] {
  const before: InlineNode[] = [];
  const behind: InlineNode[] = [];
  let left = after;
  for (const inline of inlines) {
    const length = plainText([inline]).length;
    if (left <= 0) behind.push(inline);
    else if (length <= left) before.push(inline);
    else if (inline.type === "text") {
      before.push({ ...inline, text: inline.text.slice(0, left) });
      behind.push({ ...inline, text: inline.text.slice(left) });
    } else if (inline.type === "link") {
      const [first, second] = cutInlines(inline.children, left);
      before.push({ ...inline, children: first });
      behind.push({ ...inline, children: second });
    } else behind.push(inline);
    left -= length;
  }
  return [before, behind];
}
