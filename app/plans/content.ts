import type { Block } from "./blocks.ts";
import type { SectionContent } from "./documents.ts";

/** A node in Lexical's serialised form, as far as this file looks into it. */
export interface SerializedNode {
  type: string;
  version: number;
  text?: string;
  alt?: string;
  children?: SerializedNode[];
  [property: string]: unknown;
}

const BOLD = 1;
/** Lexical's mark of a cell in a header row. */
const HEADER_ROW = 1;

/** The plain text of nodes: one line a paragraph, list item or table row, cells parted by tabs. Empty paragraphs leave empty lines; what surrounds it is trimmed. */
export function textOf(nodes: readonly unknown[]): string {
  // Whatever Lexical wrote: what is no node has no type and gives no text.
  return (nodes as readonly SerializedNode[]).map(blockText).join("\n").trim();
}

/** Characters as a teacher counts them: without white space, a Han character is one. The database counts the same way. */
export function charCount(nodes: readonly unknown[]): number {
  return [...textOf(nodes).replace(/\s/gu, "")].length;
}

/** The attachment ids of the pictures in nodes, in reading order. */
export function picturesIn(nodes: readonly unknown[]): string[] {
  return (nodes as readonly SerializedNode[]).flatMap((node) => (node.type === "image" ? [String(node.attachmentId)] : picturesIn(children(node))));
}

/** Neither words nor pictures. */
export function isBlank(nodes: readonly unknown[]): boolean {
  return textOf(nodes) === "" && picturesIn(nodes).length === 0;
}

/** Sections as lists, search and completeness see them: what `insertDoc` takes and the projection writes. */
export function textsOf(sections: readonly SectionContent[]): { key: string; title: string; text: string }[] {
  return sections.map(({ key, title, nodes }) => ({ key, title, text: textOf(nodes) }));
}

/** What an untouched section holds: one empty paragraph, as the editor has it. */
export function emptySection(): SerializedNode[] {
  return [paragraph([])];
}

/** The nodes of plain content, exactly as the editor would serialise them. No blocks give an empty section. */
export function nodesFromBlocks(blocks: readonly Block[]): SerializedNode[] {
  return blocks.length === 0 ? emptySection() : blocks.map(nodeFromBlock);
}

function blockText(node: SerializedNode): string {
  switch (node.type) {
    case "text":
    case "tab":
      return node.text ?? "";
    case "linebreak":
      return "\n";
    case "image":
      return node.alt ?? "";
    case "tablerow":
      return children(node).map((cell) => children(cell).map(blockText).join(" ")).join("\t");
    case "list":
    case "table":
      return children(node).map(blockText).join("\n");
    default:
      return children(node).map(blockText).join("");
  }
}

function children(node: SerializedNode): SerializedNode[] {
  return node.children ?? [];
}

function nodeFromBlock(block: Block): SerializedNode {
  if ("p" in block) return paragraph(inline(block.p));
  if ("h" in block) return element("heading", inline(block.h), { tag: "h3" });
  if ("ul" in block) return list("bullet", "ul", block.ul);
  if ("ol" in block) return list("number", "ol", block.ol);
  return element("table", block.table.map((row, index) => element("tablerow", row.map((cell) => tableCell(cell, index === 0)))));
}

function list(listType: string, tag: string, items: readonly string[]): SerializedNode {
  return element("list", items.map((item, index) => element("listitem", inline(item), { value: index + 1 })), { listType, start: 1, tag });
}

function tableCell(content: string, header: boolean): SerializedNode {
  return element("tablecell", [paragraph(inline(content))], { backgroundColor: null, colSpan: 1, headerState: header ? HEADER_ROW : 0, rowSpan: 1 });
}

function paragraph(content: SerializedNode[]): SerializedNode {
  return element("paragraph", content, { textFormat: 0, textStyle: "" });
}

function element(type: string, content: SerializedNode[], properties: Record<string, unknown> = {}): SerializedNode {
  return { children: content, ...properties, direction: null, format: "", indent: 0, type, version: 1 };
}

/** `**bold**` parts and line breaks; an unpaired pair of asterisks stays as it is. */
function inline(content: string): SerializedNode[] {
  return content.split("\n").flatMap((line, index) => (index === 0 ? marked(line) : [{ type: "linebreak", version: 1 }, ...marked(line)]));
}

function marked(line: string): SerializedNode[] {
  const parts = line.split(/\*\*(.+?)\*\*/);
  return parts.flatMap((part, index) => (part === "" ? [] : [{ detail: 0, format: index % 2 === 1 ? BOLD : 0, mode: "normal", style: "", text: part, type: "text", version: 1 }]));
}
