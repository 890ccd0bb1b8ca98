import * as docx from "docx";
import sharp from "sharp";
import type { PlanExport } from "../word-layout.ts";

/** A node of a section as far as paper is concerned; what the editor of tomorrow adds still gives its words. */
interface Node {
  type?: unknown;
  text?: unknown;
  format?: unknown;
  url?: unknown;
  attachmentId?: unknown;
  alt?: unknown;
  width?: unknown;
  listType?: unknown;
  start?: unknown;
  headerState?: unknown;
  colSpan?: unknown;
  rowSpan?: unknown;
  children?: unknown;
}

interface Picture {
  bytes: Buffer;
  type: "png" | "jpg" | "gif";
  width: number;
  height: number;
}

/** What has to be known of a whole plan before it can be set: its pictures, and its lists, each of which counts for itself. */
export interface Setting {
  pictures: Map<string, Picture>;
  lists: { reference: string; depth: number; start: number }[];
}

export async function typeset(plan: PlanExport): Promise<Setting> {
  const pictures = new Map<string, Picture>();
  for (const attachmentId of new Set(plan.sections.flatMap((section) => section.nodes.flatMap(picturesIn)))) {
    const bytes = await plan.imageBytes(attachmentId);
    const picture = bytes && (await pictureOf(bytes));
    if (picture) pictures.set(attachmentId, picture);
  }
  return { pictures, lists: [] };
}

/** The definitions of the lists that were set: call it after `setContent`. */
export function ordered(setting: Setting): { reference: string; levels: docx.ILevelsOptions[] }[] {
  const level = (at: number, format: (typeof docx.LevelFormat)[keyof typeof docx.LevelFormat], text: string, start = 1): docx.ILevelsOptions => ({
    level: at, format, text, start, alignment: docx.AlignmentType.LEFT, style: { paragraph: { indent: { left: 420 * (at + 1), hanging: 420 } } },
  });
  return [
    { reference: BULLETS, levels: LEVELS.map((at) => level(at, docx.LevelFormat.BULLET, ["•", "◦", "▪"][at % 3] ?? "•")) },
    ...setting.lists.map(({ reference, depth, start }) => ({ reference, levels: LEVELS.map((at) => level(at, docx.LevelFormat.DECIMAL, `%${at + 1}.`, at === depth ? start : 1)) })),
  ];
}

/** The nodes of one section as paragraphs and tables of a cell of that width (twips). */
export function setContent(nodes: readonly unknown[], setting: Setting, width: number): docx.FileChild[] {
  return nodes.flatMap((node) => setBlock(asNode(node), setting, width));
}

const BULLETS = "bullets";
const LEVELS = [0, 1, 2, 3, 4, 5, 6, 7, 8];
const TWIPS_PER_PIXEL = 15;

function setBlock(node: Node, setting: Setting, width: number): docx.FileChild[] {
  switch (node.type) {
    case "heading":
      return [new docx.Paragraph({ heading: docx.HeadingLevel.HEADING_3, children: setInlines(node, setting) })];
    case "list":
      return setList(node, setting, width, 0);
    case "table":
      return [setTable(node, setting, width)];
    case "image":
      return [new docx.Paragraph({ alignment: docx.AlignmentType.CENTER, children: [setPicture(node, setting, width)] })];
    case "quote":
      return [new docx.Paragraph({ indent: { left: 420 }, children: setInlines(node, setting) })];
    default:
      return [new docx.Paragraph({ ...alignment(node), children: node.type === "paragraph" || hasChildren(node) ? setInlines(node, setting) : setInline(node, setting) })];
  }
}

function setList(list: Node, setting: Setting, width: number, depth: number): docx.FileChild[] {
  const at = Math.min(depth, 8);
  const number = list.listType === "number";
  const reference = number ? `list-${setting.lists.length + 1}` : BULLETS;
  if (number) setting.lists.push({ reference, depth: at, start: typeof list.start === "number" && list.start >= 0 ? list.start : 1 });
  return childrenOf(list).flatMap((item) => {
    const inner = childrenOf(item);
    const own = inner.filter((child) => child.type !== "list");
    const set: docx.FileChild[] = own.length > 0 ? [new docx.Paragraph({ numbering: { reference, level: at }, children: own.flatMap((child) => setInline(child, setting)) })] : [];
    return [...set, ...inner.filter((child) => child.type === "list").flatMap((child) => setList(child, setting, width, depth + 1))];
  });
}

function setTable(table: Node, setting: Setting, width: number): docx.Table {
  const rows = childrenOf(table);
  const columns = columnWidths(rows, width);
  return new docx.Table({
    width: { size: width, type: docx.WidthType.DXA },
    columnWidths: columns,
    layout: docx.TableLayoutType.FIXED,
    rows: rows.map((row) => new docx.TableRow({
      tableHeader: childrenOf(row).length > 0 && childrenOf(row).every((cell) => cell.headerState === 1 || cell.headerState === 3),
      children: childrenOf(row).map((cell) => {
        const header = typeof cell.headerState === "number" && cell.headerState > 0;
        const content = setContent(childrenOf(cell), setting, Math.max(600, Math.floor(width / Math.max(1, columns.length)) - 160));
        return new docx.TableCell({
          columnSpan: span(cell.colSpan),
          rowSpan: span(cell.rowSpan),
          margins: { top: 40, bottom: 40, left: 80, right: 80 },
          ...(header ? { shading: { type: docx.ShadingType.CLEAR, fill: "F2F2F2", color: "auto" } } : {}),
          children: (content.length > 0 ? content : [new docx.Paragraph("")]) as docx.Paragraph[], // the library's type leaves out nested tables, which it writes well
        });
      }),
    })),
  });
}

/** Wider where there is more to read: a column of 导入 beside one of three paragraphs does not need its half. */
function columnWidths(rows: readonly Node[], width: number): number[] {
  const count = Math.max(1, ...rows.map((row) => childrenOf(row).reduce((sum, cell) => sum + span(cell.colSpan), 0)));
  const weights = Array.from({ length: count }, () => 2);
  for (const row of rows) {
    const cells = childrenOf(row);
    if (cells.length !== count) continue;
    for (const [at, cell] of cells.entries()) weights[at] = Math.max(weights[at] ?? 2, Math.min(9, Math.sqrt(wordsIn(cell).length)));
  }
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.map((weight) => Math.floor((width * weight) / total));
}

function setInlines(node: Node, setting: Setting): docx.ParagraphChild[] {
  return childrenOf(node).flatMap((child) => setInline(child, setting));
}

function setInline(node: Node, setting: Setting): docx.ParagraphChild[] {
  switch (node.type) {
    case "text":
      return [new docx.TextRun({ text: printable(String(node.text ?? "")), ...style(node) })];
    case "tab":
      return [new docx.TextRun({ children: [new docx.Tab()] })];
    case "linebreak":
      return [new docx.TextRun({ break: 1 })];
    case "image":
      return [setPicture(node, setting, 9000)];
    case "link":
    case "autolink": {
      const url = printable(String(node.url ?? ""));
      const children = setInlines(node, setting);
      return /^(https?:\/\/|mailto:)/i.test(url) && URL.canParse(url) ? [new docx.ExternalHyperlink({ link: url, children })] : children;
    }
    default:
      return hasChildren(node) ? setInlines(node, setting) : typeof node.text === "string" ? [new docx.TextRun(printable(node.text))] : [];
  }
}

/** Lexical's bits of one text. */
function style(node: Node): docx.IRunOptions {
  const format = typeof node.format === "number" ? node.format : 0;
  return {
    ...(format & 1 ? { bold: true } : {}),
    ...(format & 2 ? { italics: true } : {}),
    ...(format & 4 ? { strike: true } : {}),
    ...(format & 8 ? { underline: { type: docx.UnderlineType.SINGLE } } : {}),
    ...(format & 32 ? { subScript: true } : {}),
    ...(format & 64 ? { superScript: true } : {}),
    ...(format & 128 ? { highlight: "yellow" } : {}),
  };
}

function setPicture(node: Node, setting: Setting, width: number): docx.ParagraphChild {
  const picture = setting.pictures.get(String(node.attachmentId ?? ""));
  const alt = printable(typeof node.alt === "string" ? node.alt : "");
  if (!picture) return new docx.TextRun(`〔图片${alt && `：${alt}`}〕`);
  const wanted = typeof node.width === "number" && node.width > 0 ? node.width : picture.width;
  const shown = Math.max(1, Math.min(wanted, Math.floor(width / TWIPS_PER_PIXEL)));
  return new docx.ImageRun({ type: picture.type, data: picture.bytes, transformation: { width: shown, height: Math.max(1, Math.round((shown * picture.height) / picture.width)) }, altText: { name: alt || "图片", title: alt, description: alt } });
}

async function pictureOf(bytes: Uint8Array): Promise<Picture | undefined> {
  const { format, width, height, pageHeight } = await sharp(bytes).metadata().catch(() => ({ format: undefined, width: 0, height: 0, pageHeight: undefined })); // no picture after all: named instead of shown
  if (!width || !height) return undefined;
  const size = { width, height: pageHeight ?? height };
  if (format === "jpeg") return { bytes: Buffer.from(bytes), type: "jpg", ...size };
  if (format === "png" || format === "gif") return { bytes: Buffer.from(bytes), type: format, ...size };
  return { bytes: await sharp(bytes).png().toBuffer(), type: "png", ...size };
}

function picturesIn(node: unknown): string[] {
  const seen = asNode(node);
  return [...(seen.type === "image" && typeof seen.attachmentId === "string" ? [seen.attachmentId] : []), ...childrenOf(seen).flatMap(picturesIn)];
}

function alignment(node: Node): { alignment?: (typeof docx.AlignmentType)[keyof typeof docx.AlignmentType] } {
  return node.format === "center" ? { alignment: docx.AlignmentType.CENTER } : node.format === "right" || node.format === "end" ? { alignment: docx.AlignmentType.RIGHT } : {};
}

function wordsIn(node: Node): string {
  return typeof node.text === "string" ? node.text : childrenOf(node).map(wordsIn).join("");
}

function span(value: unknown): number {
  return typeof value === "number" && value >= 1 ? Math.min(200, Math.floor(value)) : 1;
}

function hasChildren(node: Node): boolean {
  return Array.isArray(node.children);
}

function childrenOf(node: Node): Node[] {
  return Array.isArray(node.children) ? node.children.map(asNode) : [];
}

function asNode(value: unknown): Node {
  return typeof value === "object" && value !== null ? value : {};
}

/** XML has no place for most control characters, nor for half a character. */
export function printable(words: string): string {
  return words.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, "").replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, "");
}
