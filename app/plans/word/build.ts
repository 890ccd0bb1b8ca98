import type { Block, Cell, ParagraphBlock, Row, TableBlock } from "./blocks.ts";
import { hasPicture, isEmpty, wordsOf } from "./blocks.ts";
import { tableOf } from "./grid.ts";
import type { BlockNode, InlineNode, ListItemNode, ListNode } from "./nodes.ts";
import { heading, list, listItem, paragraph, plainText, tab, table, tableCell, tableRow, text } from "./nodes.ts";

/** Tables inside the cells of tables are not for our editor: inside a cell they become lines. */
export interface BuildNotes {
  nestedTables: boolean;
}

/** The nodes of a section from what was read for it. Empty paragraphs say nothing and are left out. */
export function build(blocks: readonly Block[], notes: BuildNotes): BlockNode[] {
  return assemble(blocks, (inner) => [wholeTable(inner, notes)]);
}

/** Some rows of a table as a table. */
export function buildRows(rows: readonly Row[], notes: BuildNotes): BlockNode {
  return tableOf(rows, (cell) => cellBlocks(cell, notes));
}

function wholeTable(block: TableBlock, notes: BuildNotes): BlockNode {
  const rows = block.rows.filter((row) => row.cells.length > 0);
  return rows.length > 0 ? tableOf(rows, (cell) => cellBlocks(cell, notes)) : table([tableRow([tableCell([paragraph([])])])]);
}

function cellBlocks(cell: Cell, notes: BuildNotes): BlockNode[] {
  return assemble(cell.blocks, (inner) => {
    notes.nestedTables = true;
    return build(flattened(inner), notes);
  });
}

/** One paragraph for each row, its cells apart by tabs where each is a line, one after the other where they are longer. */
function flattened(block: TableBlock): ParagraphBlock[] {
  return block.rows.flatMap((row) => {
    const cells = row.cells.map((cell) => cell.blocks.flatMap((inner): ParagraphBlock[] => (inner.type === "table" ? flattened(inner) : [inner])).filter((inner) => !isEmpty([inner])));
    if (cells.some((paragraphs) => paragraphs.length > 1)) return cells.flat();
    const inlines = cells.flatMap((paragraphs, at): InlineNode[] => [...(at > 0 ? [tab()] : []), ...(paragraphs[0]?.inlines ?? [])]);
    return [{ type: "paragraph", inlines, words: wordsOf(cells.flat()), bold: false, align: "" }];
  });
}

function assemble(blocks: readonly Block[], tables: (block: TableBlock) => BlockNode[]): BlockNode[] {
  const nodes: BlockNode[] = [];
  let run: ParagraphBlock[] = [];
  const endList = () => {
    if (run.length > 0) nodes.push(...listsOf(run));
    run = [];
  };
  for (const block of blocks) {
    if (block.type === "table") {
      endList();
      if (!isEmpty([block])) nodes.push(...tables(block));
    } else if (block.words.trim() === "" && !hasPicture(block.inlines)) {
      continue;
    } else if (block.list && !hasPicture(block.inlines)) {
      run.push(block);
    } else if (block.list) {
      // A list item cannot hold a picture: its words stay in the list, the picture follows.
      const pictures = betweenPictures(block.inlines, (words) => paragraph(words)).filter((node) => node.type === "image");
      const words = block.inlines.flatMap((one) => (one.type === "link" ? one.children : [one])).filter((one) => one.type !== "image");
      run.push({ ...block, inlines: words });
      endList();
      nodes.push(...pictures);
    } else {
      endList();
      nodes.push(...betweenPictures(block.inlines, (words) => (block.headingLevel === undefined ? paragraph(words, block.align) : heading(plainHeading(words)))));
    }
  }
  endList();
  return nodes;
}

/** In Word a picture stands in a line, in our plan between lines: the line is cut there. */
function betweenPictures(inlines: readonly InlineNode[], lineOf: (words: InlineNode[]) => BlockNode): BlockNode[] {
  const nodes: BlockNode[] = [];
  let line: InlineNode[] = [];
  const endLine = () => {
    if (plainText(line).trim() !== "") nodes.push(lineOf(line));
    line = [];
  };
  for (const inline of inlines.flatMap((one) => (one.type === "link" && hasPicture([one]) ? one.children : [one]))) {
    if (inline.type === "image") {
      endLine();
      nodes.push(inline);
    } else line.push(inline);
  }
  endLine();
  return nodes;
}

/** A heading is strong by itself. */
function plainHeading(inlines: readonly InlineNode[]): InlineNode[] {
  return inlines.map((inline) => (inline.type === "text" ? text(inline.text, inline.format & ~1) : inline));
}

/** Paragraphs of lists as nested lists; a list that begins anew at the same level, or is of the other kind, is another list. */
function listsOf(items: readonly ParagraphBlock[]): ListNode[] {
  const lists: ListNode[] = [];
  const base = Math.min(...items.map((item) => item.list?.level ?? 0));
  let stack: ListNode[] = [];
  for (const item of items) {
    const mark = item.list;
    if (!mark) continue;
    const depth = Math.min(mark.level - base, stack.length);
    stack = stack.slice(0, depth + 1);
    const here = stack[depth];
    const goesOn = here?.listType === mark.kind && (mark.kind === "bullet" || mark.value === nextValue(here));
    if (!here || !goesOn) {
      const begun = list(mark.kind, mark.kind === "number" ? mark.value : 1, []);
      stack = [...stack.slice(0, depth), begun];
      const outer = stack[depth - 1];
      if (outer) outer.children.push(listItem([begun], nextValue(outer), depth - 1));
      else lists.push(begun);
    }
    const target = stack[depth];
    target?.children.push(listItem(item.inlines, nextValue(target), depth));
  }
  return lists;
}

function nextValue(of: ListNode): number {
  return of.start + of.children.filter((item) => !holdsList(item)).length;
}

function holdsList(item: ListItemNode): boolean {
  return item.children.some((inner) => inner.type === "list");
}
