import type { InlineNode } from "./nodes.ts";

/** A Word document between XML and plan: its paragraphs and tables, with what helps to see which of them are headings. */
export type Block = ParagraphBlock | TableBlock;

export interface ParagraphBlock {
  type: "paragraph";
  inlines: InlineNode[];
  /** The words alone, an automatic number included where it is written out. */
  words: string;
  /** 0 the title of the document, 1 to 9 headings. */
  headingLevel?: number;
  /** Every word is bold. */
  bold: boolean;
  align: "" | "center" | "right";
  list?: { kind: "bullet" | "number"; level: number; value: number };
}

export interface TableBlock {
  type: "table";
  rows: Row[];
}

export interface Row {
  header: boolean;
  /** The cells that begin in this row, from left to right. */
  cells: Cell[];
}

export interface Cell {
  /** Position in the table's own grid. */
  column: number;
  colSpan: number;
  rowSpan: number;
  blocks: Block[];
}

/** The words of blocks, tables included. */
export function wordsOf(blocks: readonly Block[]): string {
  return blocks.map((block) => (block.type === "paragraph" ? block.words : block.rows.map((row) => row.cells.map((cell) => wordsOf(cell.blocks)).join("\t")).join("\n"))).join("\n");
}

/** Nothing to read and nothing to see. */
export function isEmpty(blocks: readonly Block[]): boolean {
  return blocks.every((block) =>
    block.type === "paragraph" ? block.words.trim() === "" && !hasPicture(block.inlines) : block.rows.every((row) => row.cells.every((cell) => isEmpty(cell.blocks))),
  );
}

export function hasPicture(inlines: readonly InlineNode[]): boolean {
  return inlines.some((inline) => inline.type === "image" || (inline.type === "link" && hasPicture(inline.children)));
}
