import type { Block, Cell, ParagraphBlock, Row, TableBlock } from "./blocks.ts";
import { isEmpty } from "./blocks.ts";
import { linear, linearField } from "./equation.ts";
import type { InlineNode } from "./nodes.ts";
import { image, linebreak, link, plainText, tab, text } from "./nodes.ts";
import type { Part, WordPackage } from "./package.ts";
import { flagIn, numberingIn } from "./styles.ts";
import type { Xml } from "./xml.ts";
import { child, descendants, elementsOf, textOf, value } from "./xml.ts";

export type ReadNote = "equations" | "equation_pictures" | "tracked_changes" | "footnotes" | "text_boxes" | "diagrams";

export interface WordImage {
  /** What the image node says in place of an attachment id, until the picture has one. */
  placeholderId: string;
  bytes: Uint8Array;
  mime: "image/png" | "image/jpeg" | "image/gif" | "image/webp";
  /** Made by us, with the ending of what its bytes are. */
  name: string;
}

export interface Reading {
  notes: Set<ReadNote>;
  images: WordImage[];
  /** Placeholders of pictures that were met already, by where they lie in the file. */
  paths: Map<string, string>;
}

/** Reads one part of the document (its body, a header, a note) into blocks. Nothing that a person could read is left out. */
export function readBlocks(word: WordPackage, part: Part, container: Xml, reading: Reading): Block[] {
  return new Reader(word, part, reading).blocks(container);
}

interface Field {
  instruction: string;
  showing: boolean;
}

class Reader {
  private readonly word: WordPackage;
  private readonly part: Part;
  private readonly reading: Reading;
  private readonly fields: Field[] = [];
  /** Text boxes and notes met inside the paragraph being read; they follow it. */
  private after: Block[] = [];

  constructor(word: WordPackage, part: Part, reading: Reading) {
    this.word = word;
    this.part = part;
    this.reading = reading;
  }

  blocks(container: Xml): Block[] {
    const blocks: Block[] = [];
    for (const element of elementsOf(container)) {
      switch (element.name) {
        case "w:p":
          blocks.push(this.paragraph(element), ...this.takeAfter());
          break;
        case "w:tbl":
          blocks.push(this.table(element), ...this.takeAfter());
          break;
        case "w:tcPr":
        case "w:sectPr":
        case "w:sdtPr":
        case "w:del":
        case "w:moveFrom":
          this.noteChange(element);
          break;
        case "m:oMathPara":
        case "m:oMath":
          blocks.push(this.paragraphOf(this.inline(element)));
          break;
        default:
          // Content controls, insertions, custom XML and whatever a later Word may wrap around paragraphs.
          this.noteChange(element);
          blocks.push(...this.blocks(element.name === "mc:AlternateContent" ? this.alternative(element) : element));
      }
    }
    return blocks;
  }

  private takeAfter(): Block[] {
    const taken = this.after;
    this.after = [];
    return taken;
  }

  private paragraph(element: Xml): ParagraphBlock {
    const properties = child(element, "w:pPr");
    const style = this.word.styles.paragraph(value(properties, "w:pStyle"));
    const inlines = joined(this.inlines(element));
    const block = this.paragraphOf(inlines);
    const outline = value(properties, "w:outlineLvl");
    const level = style.headingLevel ?? (outline !== undefined && Number(outline) < 9 ? Number(outline) + 1 : undefined);
    if (level !== undefined) block.headingLevel = level;
    const runs = inlines.flatMap((inline) => (inline.type === "link" ? inline.children : [inline])).filter((inline) => inline.type === "text" && inline.text.trim() !== "");
    block.bold = runs.length > 0 && ((style.bold ?? false) || runs.every((run) => run.type === "text" && (run.format & BOLD) !== 0));
    const alignment = value(properties, "w:jc");
    block.align = alignment === "center" || (alignment === undefined && style.centred) ? "center" : alignment === "right" || alignment === "end" ? "right" : "";
    this.number(block, numberingIn(properties) ?? style.numbering);
    return block;
  }

  private paragraphOf(inlines: InlineNode[]): ParagraphBlock {
    return { type: "paragraph", inlines, words: plainText(inlines), bold: false, align: "" };
  }

  private number(block: ParagraphBlock, at: { id: string; level: number } | undefined): void {
    if (!at || (block.words.trim() === "" && block.inlines.length === 0)) return;
    const mark = this.word.numbering.next(at.id, at.level);
    if (!mark) return;
    if (mark.kind === "bullet") block.list = { kind: "bullet", level: at.level, value: 1 };
    else if (mark.kind === "number") block.list = { kind: "number", level: at.level, value: mark.value };
    else if (mark.words) {
      const space = /[、）)．.。①-⑳]$/.test(mark.words) ? "" : " ";
      block.inlines.unshift(text(mark.words + space, block.bold && block.inlines[0]?.type === "text" ? block.inlines[0].format : 0));
      block.inlines = joined(block.inlines);
      block.words = mark.words + space + block.words;
    }
  }

  private inlines(container: Xml): InlineNode[] {
    return elementsOf(container).flatMap((element) => this.inline(element));
  }

  private inline(element: Xml): InlineNode[] {
    switch (element.name) {
      case "w:r":
        return this.run(element);
      case "w:pPr":
      case "w:rPr":
      case "w:sdtPr":
      case "w:proofErr":
        return [];
      case "w:del":
      case "w:moveFrom":
        this.noteChange(element);
        return [];
      case "w:hyperlink":
        return this.hyperlink(element);
      case "w:fldSimple":
        return this.simpleField(element);
      case "m:oMath":
      case "m:oMathPara": {
        const words = linear(element);
        if (words) this.reading.notes.add("equations");
        return words ? [text(words)] : [];
      }
      case "mc:AlternateContent":
        return this.inlines(this.alternative(element));
      default:
        this.noteChange(element);
        return this.inlines(element);
    }
  }

  private noteChange(element: Xml): void {
    if (/^w:(ins|del|moveFrom|moveTo)$/.test(element.name)) this.reading.notes.add("tracked_changes");
  }

  /** The modern drawing where it carries something that we read, else what older Words were given. */
  private alternative(element: Xml): Xml {
    const choices = elementsOf(element);
    const readable = (choice: Xml) => descendants(choice, "w:t").length + descendants(choice, "a:t").length + descendants(choice, "a:blip").length + descendants(choice, "v:imagedata").length + descendants(choice, "m:t").length > 0;
    return choices.find(readable) ?? choices[0] ?? { name: "", attributes: {}, children: [] };
  }

  private hyperlink(element: Xml): InlineNode[] {
    const inside = joined(this.inlines(element));
    const target = this.part.relations.get(element.attributes["r:id"] ?? "");
    return target?.external && /^(https?:\/\/|mailto:)/i.test(target.target) && inside.length > 0 ? [link(target.target, inside)] : inside;
  }

  private simpleField(element: Xml): InlineNode[] {
    const instruction = element.attributes["w:instr"] ?? "";
    const shown = this.inlines(element);
    return isEquation(instruction) ? [...this.equationField(instruction), ...shown] : shown;
  }

  private run(run: Xml): InlineNode[] {
    const properties = child(run, "w:rPr");
    const format = formatOf(properties);
    return elementsOf(run).flatMap((element) => this.inRun(element, format));
  }

  private inRun(element: Xml, format: number): InlineNode[] {
    switch (element.name) {
      case "w:t":
        return [text(textOf(element), format)];
      case "w:tab":
      case "w:ptab":
        return [tab()];
      case "w:br":
      case "w:cr":
        return element.attributes["w:type"] === "page" || element.attributes["w:type"] === "column" ? [] : [linebreak()];
      case "w:noBreakHyphen":
        return [text("-", format)];
      case "w:sym":
        return [text(symbol(element.attributes["w:char"] ?? "", element.attributes["w:font"] ?? ""), format)];
      case "w:fldChar":
        return this.fieldMark(element.attributes["w:fldCharType"] ?? "");
      case "w:instrText": {
        const field = this.fields.at(-1);
        if (field && !field.showing) field.instruction += textOf(element);
        return [];
      }
      case "w:ruby":
        return this.ruby(element, format);
      case "w:footnoteReference":
        return this.note(this.word.footnotes, "w:footnote", element, format);
      case "w:endnoteReference":
        return this.note(this.word.endnotes, "w:endnote", element, format);
      case "w:drawing":
      case "w:pict":
      case "w:object":
        return this.drawing(element);
      case "mc:AlternateContent":
        return elementsOf(this.alternative(element)).flatMap((inner) => this.inRun(inner, format));
      case "w:rPr":
      case "w:delText":
      case "w:delInstrText":
      case "w:commentReference":
      case "w:softHyphen":
        return [];
      default:
        return elementsOf(element).flatMap((inner) => this.inRun(inner, format));
    }
  }

  private fieldMark(kind: string): InlineNode[] {
    if (kind === "begin") this.fields.push({ instruction: "", showing: false });
    const field = this.fields.at(-1);
    if (kind === "end") this.fields.pop();
    if (!field || field.showing || kind === "begin") return [];
    field.showing = true;
    return isEquation(field.instruction) ? this.equationField(field.instruction) : [];
  }

  private equationField(instruction: string): InlineNode[] {
    this.reading.notes.add("equations");
    return [text(linearField(instruction))];
  }

  /** Pinyin over a character: 汉(hàn). */
  private ruby(element: Xml, format: number): InlineNode[] {
    const above = child(element, "w:rt");
    const base = child(element, "w:rubyBase");
    const reading = above ? plainText(this.inlines(above)) : "";
    return [...(base ? this.inlines(base) : []), ...(reading ? [text(`(${reading})`, format)] : [])];
  }

  private note(notes: Part | undefined, name: string, reference: Xml, format: number): InlineNode[] {
    const id = reference.attributes["w:id"];
    const body = notes && elementsOf(notes.xml).find((note) => note.name === name && note.attributes["w:id"] === id);
    if (!notes || !body) return [];
    this.reading.notes.add("footnotes");
    const mark = `[${name === "w:endnote" ? "尾注" : "注"}${id}]`;
    const blocks = readBlocks(this.word, notes, body, this.reading);
    const [first] = blocks;
    if (first?.type === "paragraph") {
      first.inlines.unshift(text(`${mark} `));
      first.words = `${mark} ${first.words}`;
    }
    this.after.push(...blocks);
    return [text(mark, format | SUPERSCRIPT)];
  }

  /** Pictures stay where they are; the words of boxes, shapes and diagrams follow the paragraph. */
  private drawing(element: Xml): InlineNode[] {
    const shown: InlineNode[] = [];
    const look = (inside: Xml) => {
      for (const inner of elementsOf(inside)) {
        if (inner.name === "w:txbxContent") this.box(inner);
        else if (inner.name === "mc:AlternateContent") look(this.alternative(inner));
        else if (inner.name === "a:blip" || inner.name === "v:imagedata") shown.push(...this.picture(inner, element));
        else if (inner.name === "a:p") this.words(textOf({ ...inner, children: descendants(inner, "a:t") }));
        else if (inner.name === "v:textpath") this.words(inner.attributes.string ?? "");
        else if (inner.name === "dgm:relIds") this.diagram(inner.attributes["r:dm"]);
        else if (inner.name === "c:chart") this.diagram(inner.attributes["r:id"]);
        else look(inner);
      }
    };
    look(element);
    return shown;
  }

  private box(content: Xml): void {
    // What follows paragraphs inside the box follows them there, not the paragraph outside.
    const outside = this.takeAfter();
    const blocks = this.blocks(content);
    this.after = [...outside, ...blocks];
    if (!isEmpty(blocks)) this.reading.notes.add("text_boxes");
  }

  private words(words: string): void {
    if (words.trim() === "") return;
    this.reading.notes.add("text_boxes");
    this.after.push(this.paragraphOf([text(words)]));
  }

  private diagram(relationId: string | undefined): void {
    const data = this.part.drawings.get(this.part.relations.get(relationId ?? "")?.target ?? "");
    if (!data) return;
    this.reading.notes.add("diagrams");
    const lines = [...descendants(data, "a:p").map((inner) => descendants(inner, "a:t").map(textOf).join("")), ...descendants(data, "c:v").map(textOf)].filter((line) => line.trim() !== "");
    this.after.push(this.paragraphOf(lines.flatMap((line, at) => (at === 0 ? [text(line)] : [linebreak(), text(line)]))));
  }

  private picture(source: Xml, drawing: Xml): InlineNode[] {
    const relation = this.part.relations.get(source.attributes["r:embed"] ?? source.attributes["r:id"] ?? source.attributes["r:link"] ?? "");
    if (!relation) return [];
    const alt = descendants(drawing, "wp:docPr")[0]?.attributes.descr ?? "";
    const width = Math.round(Number(descendants(drawing, "wp:extent")[0]?.attributes.cx ?? 0) / EMU_PER_PIXEL);
    const bytes = relation.external ? undefined : this.part.pictures.get(relation.target);
    const mime = bytes && mimeOf(bytes);
    if (!bytes || !mime) {
      this.reading.notes.add("equation_pictures");
      return [text(`〔图片：${alt || relation.target.split("/").at(-1)}〕`)];
    }
    return [image(this.keep(relation.target, bytes, mime), alt, width > 0 ? Math.min(width, WIDEST) : null)];
  }

  /** One picture, however often it is shown: two parts of the document that name the same file share its bytes. */
  private keep(path: string, bytes: Uint8Array, mime: WordImage["mime"]): string {
    const known = this.reading.paths.get(path);
    if (known !== undefined) return known;
    const placeholderId = `import:${this.reading.images.length + 1}`;
    this.reading.paths.set(path, placeholderId);
    this.reading.images.push({ placeholderId, bytes, mime, name: `image${this.reading.images.length + 1}.${mime.slice("image/".length)}` });
    return placeholderId;
  }

  private table(element: Xml): TableBlock {
    const rows: Row[] = [];
    /** The cell above that reaches down, by its first column. */
    const reaching = new Map<number, Cell>();
    for (const row of this.unwrapped(element, "w:tr")) {
      const properties = child(row, "w:trPr");
      let column = Number(value(properties, "w:gridBefore") ?? 0);
      const cells: Cell[] = [];
      for (const inner of this.unwrapped(row, "w:tc")) {
        const cellProperties = child(inner, "w:tcPr");
        const colSpan = Math.max(1, Math.min(200, Number(value(cellProperties, "w:gridSpan") ?? 1) || 1));
        const merge = child(cellProperties, "w:vMerge");
        const blocks = this.blocks(inner);
        const above = reaching.get(column);
        if (merge && merge.attributes["w:val"] !== "restart" && above) {
          above.rowSpan += 1;
          if (!isEmpty(blocks)) above.blocks.push(...blocks);
        } else {
          const cell: Cell = { column, colSpan, rowSpan: 1, blocks };
          cells.push(cell);
          if (merge) reaching.set(column, cell);
          else reaching.delete(column);
        }
        column += colSpan;
      }
      rows.push({ header: flagIn(properties, "w:tblHeader") ?? false, cells });
    }
    return { type: "table", rows };
  }

  private unwrapped(container: Xml, name: string): Xml[] {
    return elementsOf(container).flatMap((element) => {
      if (element.name === name) {
        // A row that was deleted with changes tracked says so in its properties.
        if (child(child(element, "w:trPr"), "w:del")) {
          this.reading.notes.add("tracked_changes");
          return [];
        }
        return [element];
      }
      return /^w:(sdt|sdtContent|ins|customXml|smartTag|moveTo)$/.test(element.name) ? this.unwrapped(element, name) : [];
    });
  }
}

const EMU_PER_PIXEL = 9525;
/** Pixels: wider than any page of ours. */
const WIDEST = 720;
const BOLD = 1;
const SUPERSCRIPT = 64;

function isEquation(instruction: string): boolean {
  return /^\s*EQ\b/i.test(instruction);
}

function formatOf(properties: Xml | undefined): number {
  if (!properties) return 0;
  const position = value(properties, "w:vertAlign");
  const underline = value(properties, "w:u");
  const highlight = value(properties, "w:highlight");
  return (
    (flagIn(properties, "w:b") ? BOLD : 0) |
    (flagIn(properties, "w:i") ? 2 : 0) |
    (flagIn(properties, "w:strike") || flagIn(properties, "w:dstrike") ? 4 : 0) |
    (underline !== undefined && underline !== "none" ? 8 : 0) |
    (position === "subscript" ? 32 : 0) |
    (position === "superscript" ? SUPERSCRIPT : 0) |
    (highlight !== undefined && highlight !== "none" ? 128 : 0)
  );
}

/** Runs of one format are one text: Word cuts a sentence into many for reasons of its own. */
function joined(inlines: InlineNode[]): InlineNode[] {
  const out: InlineNode[] = [];
  for (const inline of inlines) {
    const last = out.at(-1);
    if (inline.type === "text" && inline.text === "") continue;
    if (last?.type === "text" && inline.type === "text" && last.format === inline.format) last.text += inline.text;
    else out.push(inline);
  }
  return out;
}

/** Marks of the picture fonts that teachers use; any other letter of a private area is shown as a box by name. */
const SYMBOLS: Record<string, string> = { F0FC: "✓", F0FE: "☑", F0A8: "☐", F06F: "□", F0D8: "➢", F076: "❖", F06C: "●", F06E: "■", F0B7: "•", F0B4: "×", F0B8: "÷", F0B1: "±", F0B3: "≥", F0A3: "≤", F0B9: "≠", F0D0: "∠", F044: "Δ", F070: "π", F0AE: "→", F0E0: "→", F0E8: "➔" };

function symbol(code: string, font: string): string {
  const known = SYMBOLS[code.toUpperCase()];
  if (known) return known;
  const point = Number.parseInt(code, 16);
  if (!Number.isFinite(point) || point < 32 || point > 0x10ffff || (point >= 0xd800 && point <= 0xdfff)) return "";
  if (point >= 0xf000 && point <= 0xf0ff && /symbol|wingdings|webdings/i.test(font)) return "□";
  return String.fromCodePoint(point >= 0xf020 && point <= 0xf0ff ? point - 0xf000 : point);
}

function mimeOf(bytes: Uint8Array): WordImage["mime"] | undefined {
  const head = Buffer.from(bytes.subarray(0, 12)).toString("latin1");
  if (head.startsWith("\x89PNG")) return "image/png";
  if (head.startsWith("\xff\xd8\xff")) return "image/jpeg";
  if (head.startsWith("GIF8")) return "image/gif";
  return head.startsWith("RIFF") && head.endsWith("WEBP") ? "image/webp" : undefined;
}
