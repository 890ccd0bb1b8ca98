/** The serialised form of the nodes that a plan is made of, as Lexical 0.52 writes it, and small makers of them. */

export interface TextNode {
  type: "text";
  version: 1;
  text: string;
  /** Bits: bold 1, italic 2, strikethrough 4, underline 8, subscript 32, superscript 64, highlight 128. */
  format: number;
  mode: "normal";
  style: "";
  detail: 0;
}
export interface TabNode {
  type: "tab";
  version: 1;
  text: "\t";
  format: number;
  mode: "normal";
  style: "";
  detail: 2;
}
export interface LinebreakNode {
  type: "linebreak";
  version: 1;
}
export interface ImageNode {
  type: "image";
  version: 1;
  attachmentId: string;
  alt: string;
  /** Pixels as laid out on the page, or null for as wide as it is. */
  width: number | null;
}
export interface LinkNode extends Element {
  type: "link";
  url: string;
  rel: string | null;
  target: string | null;
  title: string | null;
  children: InlineNode[];
}
export type InlineNode = TextNode | TabNode | LinebreakNode | ImageNode | LinkNode;

interface Element {
  version: 1;
  direction: null;
  format: "" | "left" | "center" | "right" | "justify";
  indent: number;
}
export interface ParagraphNode extends Element {
  type: "paragraph";
  children: InlineNode[];
  textFormat: 0;
  textStyle: "";
}
export interface HeadingNode extends Element {
  type: "heading";
  tag: "h3";
  children: InlineNode[];
}
export interface ListItemNode extends Element {
  type: "listitem";
  value: number;
  children: (InlineNode | ListNode)[];
}
export interface ListNode extends Element {
  type: "list";
  listType: "bullet" | "number";
  tag: "ul" | "ol";
  start: number;
  children: ListItemNode[];
}
export interface TableCellNode extends Element {
  type: "tablecell";
  /** 0 an ordinary cell, 1 of the header row. */
  headerState: 0 | 1;
  colSpan: number;
  rowSpan: number;
  backgroundColor: null;
  children: BlockNode[];
}
export interface TableRowNode extends Element {
  type: "tablerow";
  children: TableCellNode[];
}
export interface TableNode extends Element {
  type: "table";
  children: TableRowNode[];
}
/** A picture stands between paragraphs, never inside one. */
export type BlockNode = ParagraphNode | HeadingNode | ListNode | TableNode | ImageNode;

const ELEMENT = { version: 1, direction: null, format: "", indent: 0 } as const;

export const text = (value: string, format = 0): TextNode => ({ type: "text", version: 1, text: value, format, mode: "normal", style: "", detail: 0 });
export const tab = (): TabNode => ({ type: "tab", version: 1, text: "\t", format: 0, mode: "normal", style: "", detail: 2 });
export const linebreak = (): LinebreakNode => ({ type: "linebreak", version: 1 });
export const image = (attachmentId: string, alt: string, width: number | null): ImageNode => ({ type: "image", version: 1, attachmentId, alt, width });
export const link = (url: string, children: InlineNode[]): LinkNode => ({ ...ELEMENT, type: "link", url, rel: "noreferrer", target: null, title: null, children });
export const paragraph = (children: InlineNode[], format: Element["format"] = ""): ParagraphNode => ({ ...ELEMENT, type: "paragraph", children, format, textFormat: 0, textStyle: "" });
export const heading = (children: InlineNode[]): HeadingNode => ({ ...ELEMENT, type: "heading", tag: "h3", children });
export const listItem = (children: (InlineNode | ListNode)[], value: number, indent: number): ListItemNode => ({ ...ELEMENT, type: "listitem", value, indent, children });
export const list = (listType: ListNode["listType"], start: number, children: ListItemNode[]): ListNode => ({ ...ELEMENT, type: "list", listType, tag: listType === "bullet" ? "ul" : "ol", start, children });
export const table = (children: TableRowNode[]): TableNode => ({ ...ELEMENT, type: "table", children });
export const tableRow = (children: TableCellNode[]): TableRowNode => ({ ...ELEMENT, type: "tablerow", children });
export const tableCell = (children: BlockNode[], options: { header?: boolean; colSpan?: number; rowSpan?: number } = {}): TableCellNode => ({
  ...ELEMENT, type: "tablecell", headerState: options.header ? 1 : 0, colSpan: options.colSpan ?? 1, rowSpan: options.rowSpan ?? 1, backgroundColor: null, children,
});

/** The words of some nodes, in reading order; pictures have none. */
export function plainText(nodes: readonly (InlineNode | BlockNode | ListItemNode | TableRowNode | TableCellNode)[]): string {
  let words = "";
  for (const node of nodes) {
    if (node.type === "text" || node.type === "tab") words += node.text;
    else if (node.type === "linebreak") words += "\n";
    else if (node.type !== "image") words += plainText(node.children) + (node.type === "link" ? "" : "\n");
  }
  return words;
}
