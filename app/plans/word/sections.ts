import type { SectionContent } from "#db/schema/documents.ts";
import type { Block, Cell, ParagraphBlock, Row, TableBlock } from "./blocks.ts";
import { hasPicture, isEmpty } from "./blocks.ts";
import type { BuildNotes } from "./build.ts";
import { build, buildRows } from "./build.ts";
import { cutParagraph } from "./cut.ts";
import { cellWords, sameCut, withoutEmptyEnd } from "./grid.ts";
import type { HeaderField, Label, Ordinal } from "./labels.ts";
import { isProcessColumn, labelOf, labelsWithin, leadingLabel, ordinalOf, periodMark } from "./labels.ts";
import type { BlockNode } from "./nodes.ts";
import { heading, paragraph, text } from "./nodes.ts";

export type PlanHeader = Partial<Record<HeaderField, string>>;

export interface Sorted {
  title?: string;
  header: PlanHeader;
  sections: SectionContent[];
  /** What was read as a name, as it stood in the document, and what it was taken for. */
  labels: { words: string; key: string }[];
  notes: Set<SortNote>;
}

export type SortNote = "key_difficult_together" | "other" | "nothing_recognised" | "nested_tables";

/** Sorts a document into the sections of a plan. What belongs to none is kept, in its order, in the section `other`. */
export function sortIntoSections(blocks: readonly Block[]): Sorted {
  const sorter = new Sorter();
  sorter.body(blocks);
  return sorter.finish();
}

/** Where content goes just now, and the rank of the heading that opened it: by that one tells its equals from what is below it. */
interface Place {
  key: string;
  level?: number | undefined;
  ordinal?: Ordinal | undefined;
}

const TITLES: Record<string, string> = {
  standard: "课标要求", textbook_analysis: "教材分析", learner_analysis: "学情分析", competencies: "核心素养", objectives: "教学目标", key_points: "教学重点", difficult_points: "教学难点",
  methods: "教学方法", preparation: "教学准备", process: "教学过程", board_plan: "板书设计", homework: "作业设计", assessment: "教学评价", reflection: "教学反思", other: "其他内容",
};
const PER_PERIOD = new Set(["process", "board_plan", "homework"]);
/** The order of a plan; sections of periods repeat in it. */
const ORDER = Object.keys(TITLES);

class Sorter {
  private title: string | undefined;
  private titleLine: ParagraphBlock | undefined;
  private readonly header: PlanHeader = {};
  private readonly labels: { words: string; key: string }[] = [];
  private readonly notes = new Set<SortNote>();
  private readonly buildNotes: BuildNotes = { nestedTables: false };
  private readonly sections = new Map<string, BlockNode[]>();
  /** Blocks for the place of now that were not built yet, so that lists stay whole. */
  private pending: Block[] = [];
  private place: Place | undefined;
  private period = 1;
  /** The number of the last heading counted 一、二、三、. */
  private series: number | undefined;
  /** A section that does not repeat was named again in a later period. */
  private readonly periodOf = new Map<string, number>();

  finish(): Sorted {
    this.flush();
    if (this.titleLine) {
      const named = titleFrom(this.titleLine);
      if (this.title === undefined || named === this.title || named === undefined) {
        this.labels.push({ words: this.titleLine.words.trim(), key: "title" });
        this.title ??= named;
      } else this.keep("other", build([this.titleLine], this.buildNotes), true);
    }
    if (this.sections.size === 0 || [...this.sections.keys()].every((key) => key === "other")) this.notes.add("nothing_recognised");
    else if (this.sections.has("other")) this.notes.add("other");
    if (this.buildNotes.nestedTables) this.notes.add("nested_tables");
    const sections = [...this.sections].map(([key, nodes]) => ({ key, title: titleOf(key), nodes: nodes.length > 0 ? nodes : [paragraph([])] })).sort((a, b) => rank(a.key) - rank(b.key));
    return { ...(this.title === undefined ? {} : { title: this.title }), header: this.header, sections, labels: this.labels, notes: this.notes };
  }

  body(blocks: readonly Block[]): void {
    for (const block of blocks) {
      if (block.type === "table") this.table(block);
      else this.line(block);
    }
  }

  private line(block: ParagraphBlock): void {
    const words = block.words.trim();
    if (words === "") {
      if (hasPicture(block.inlines)) this.pending.push(block);
      return;
    }
    if (hasPicture(block.inlines) || words.length > 2000) return this.content(block);
    const mark = periodMark(words);
    if (mark && this.enterPeriod(mark.period, mark.rest, block)) return;
    const whole = labelOf(words);
    if (whole && (!whole.short || looksLikeName(block))) return this.enter(whole.label, words, { level: block.headingLevel, ordinal: ordinalOf(words) }, whole.period);
    if (this.headLine(block)) return;
    const leading = leadingLabel(block.words);
    if (leading && isPoint(leading.label) && (this.place?.key === BOTH || namesBothPoints(words))) {
      if (this.place?.key !== BOTH) this.open({ key: BOTH });
      return this.content(block);
    }
    if (leading && (!leading.short || ordinalOf(words) || beginsBold(block))) return this.enterWithin(block, leading);
    if (!this.place && !this.titleLine && this.sections.size === 0 && this.looksLikeTitle(block)) {
      this.titleLine = block;
      return;
    }
    if (this.isEqual(block)) {
      this.labels.push({ words, key: "other" });
      this.open({ key: "other", level: block.headingLevel, ordinal: ordinalOf(words) });
      this.pending.push({ ...block, headingLevel: block.headingLevel ?? 3 });
      return;
    }
    this.content(block);
  }

  private content(block: Block): void {
    if (this.place && this.splitPoints(block)) return;
    this.pending.push(block);
  }

  /** 授课教师：张老师　班级：五（1）班: one line of the head, before anything else or at any place if it is nothing but that. */
  private headLine(block: ParagraphBlock): boolean {
    const found = labelsWithin(block.words);
    const [first] = found;
    if (!first || block.words.slice(0, first.from).trim() !== "" || !found.every(({ label }) => label.kind === "header" || label.kind === "title" || label.kind === "meta")) return false;
    if (this.place && found.length < 2) return false;
    for (const [at, { label, from, to }] of found.entries()) {
      this.head(label, block.words.slice(from, to), block.words.slice(to, found[at + 1]?.from).replace(/^[\s　_]+|[\s　_，,；;]+$/g, ""));
    }
    return true;
  }

  private head(label: Label, name: string, value: string): void {
    if (label.kind === "title" && value && this.title === undefined) this.title = value;
    else if (label.kind === "header" && value && this.header[label.field] === undefined) this.header[label.field] = value;
    else if (value) return this.keep("other", build([plain(`${name.replace(/[\s　]/g, "").replace(/[:：]$/, "")}：${value}`)], this.buildNotes));
    this.labels.push({ words: name, key: label.kind === "header" ? `header.${label.field}` : label.kind });
  }

  private enterWithin(block: ParagraphBlock, leading: { label: Label; length: number; period?: number }): void {
    const [name, rest] = cutParagraph(block, leading.length);
    const { label } = leading;
    if (label.kind === "title" || label.kind === "header" || label.kind === "meta") {
      this.head(label, name.words, rest.words.trim());
      return;
    }
    this.enter(label, name.words, { level: block.headingLevel, ordinal: ordinalOf(block.words) }, leading.period);
    delete rest.headingLevel;
    if (rest.words.trim() !== "") this.content(rest);
  }

  /** From here on, content belongs to what this name says. */
  private enter(label: Label, words: string, look: Omit<Place, "key">, period?: number): void {
    switch (label.kind) {
      case "section":
        if (period !== undefined) this.period = period;
        this.labels.push({ words, key: label.key });
        this.open({ key: this.keyed(label.key), ...look });
        this.sayPeriod(label.key);
        return;
      case "both_points":
        this.labels.push({ words, key: "key_points" });
        this.open({ key: BOTH, ...look });
        return;
      default:
        // 课题 on a line of its own: the next line is its value, which only a table says for sure.
        this.pending.push(plain(words));
    }
  }

  private keyed(key: string): string {
    return PER_PERIOD.has(key) ? `${key}.p${this.period}` : key;
  }

  /** Objectives that are written for each period stay in one section, with the period as a small heading. */
  private sayPeriod(key: string): void {
    if (PER_PERIOD.has(key) || key === "other" || (this.periodOf.get(key) ?? this.period) === this.period) {
      this.periodOf.set(key, this.period);
      return;
    }
    this.periodOf.set(key, this.period);
    this.keep(key, [heading([text(`第${this.period}课时`)])]);
  }

  private enterPeriod(period: number, rest: string, block: ParagraphBlock): boolean {
    const named = rest === "" ? undefined : labelOf(rest);
    if (rest !== "" && !named && !looksLikeName(block) && !/^[\s　]*[（(【\[]?第.{1,5}课时[）)】\]]?[\s　:：]/.test(block.words)) return false;
    this.period = period;
    if (named) this.enter(named.label, block.words.trim(), { level: block.headingLevel, ordinal: undefined });
    else {
      this.labels.push({ words: block.words.trim(), key: `process.p${period}` });
      // Its level must not close the sections that follow below it.
      this.open({ key: `process.p${period}`, level: undefined, ordinal: undefined });
      if (rest !== "") this.keep(`process.p${period}`, [heading([text(rest)])]);
    }
    return true;
  }

  /** A heading that we do not know, of the rank of those that we do: the section before it has ended. */
  private isEqual(block: ParagraphBlock): boolean {
    if (!this.place) return false;
    const { level } = this.place;
    if (block.headingLevel !== undefined && level !== undefined) return block.headingLevel > 0 && block.headingLevel <= level;
    const words = block.words.trim();
    const own = ordinalOf(words);
    if (own?.form !== "han") return false;
    // 一、 again inside a section: its own steps are counted now, until the next name that we know.
    if (own.value === 1) this.series = undefined;
    return own.value - 1 === this.series && words.length <= 20 && !/[。；]/.test(words);
  }

  private looksLikeTitle(block: ParagraphBlock): boolean {
    if (block.words.trim().length > 40 || block.list) return false;
    return block.headingLevel === 0 || ((block.align === "center" || block.bold || block.headingLevel === 1) && !/[。；]/.test(block.words) && isEmpty(this.pending));
  }

  // Tables

  private table(block: TableBlock): void {
    const [head] = block.rows;
    const processAlone = head !== undefined && !this.place?.key.startsWith("process.") && isProcessHead(head);
    if (!processAlone && !isLayout(block)) return this.content(withProcessHead(block));
    this.layout(block);
    // What stands below the big table is not in its last row.
    if (!processAlone) this.leave();
  }

  /** The big table of which a plan is made: names on the left, or in a row of their own. */
  private layout(block: TableBlock): void {
    const opened: Layout = { by: "none", header: undefined, rows: [] };
    for (const row of block.rows) this.row(row, opened);
    this.endRows(opened);
  }

  private row(row: Row, opened: Layout): void {
    const cells = row.cells;
    if (cells.length === 0) return;
    if (opened.header && sameCut(row, opened.header)) {
      opened.rows.push(row);
      return;
    }
    if (this.processHead(row, opened)) return;
    const [first] = cells;
    if (first && cells.length === 1) {
      // A row of one cell beside a name that reaches down is content like any other.
      this.endRows(opened);
      if (first.column === 0 || opened.by === "none") opened.by = "row";
      this.value(first.blocks);
      return;
    }
    this.pairs(row, opened);
  }

  /** 教师活动 | 学生活动 | 设计意图, with or without 教学过程 beside it. */
  private processHead(row: Row, opened: Layout): boolean {
    const columns = row.cells.filter((cell) => isProcessColumn(cellWords(cell)));
    if (columns.length < 2 || columns.length < row.cells.length - 1) return false;
    const [first] = row.cells;
    const named = first && labelOf(cellWords(first));
    const beside = first !== undefined && named?.label.kind === "section" && named.label.key === "process" && (first.rowSpan > 1 || !isProcessColumn(cellWords(first)));
    if (first === undefined || (!beside && columns.length < row.cells.length)) return false;
    this.endRows(opened);
    if (beside && named) this.enter(named.label, cellWords(first), {}, named.period);
    else if (!this.place?.key.startsWith("process.")) this.open({ key: this.keyed("process") });
    const header: Row = { header: true, cells: beside ? row.cells.slice(1) : row.cells };
    opened.header = header;
    opened.rows.push(header);
    opened.by = "columns";
    return true;
  }

  private pairs(row: Row, opened: Layout): void {
    let values: Cell[] = [];
    let pending: { label: Label; cell: Cell; period?: number } | undefined;
    const settle = () => {
      if (pending) this.named(pending.label, pending.cell, values, opened, pending.period);
      else if (values.length > 0) this.unnamed(row, values, opened);
      values = [];
    };
    for (const cell of row.cells) {
      const found = labelOf(cellWords(cell));
      if (found && !hasPictures(cell)) {
        settle();
        pending = { label: found.label, cell, ...(found.period === undefined ? {} : { period: found.period }) };
      } else values.push(cell);
    }
    settle();
  }

  private named(label: Label, name: Cell, values: Cell[], opened: Layout, period?: number): void {
    this.endRows(opened);
    const kept = withoutEmptyEnd(values);
    if (label.kind === "section" || label.kind === "both_points") {
      opened.by = "cell";
      this.enter(label, cellWords(name), {}, period);
      this.values(kept, opened);
      return;
    }
    const words = kept.map(cellWords).join(" ");
    if (kept.some(hasPictures) || words.length > 200) {
      this.labels.push({ words: cellWords(name), key: "other" });
      this.keep("other", build([{ ...plain(cellWords(name)), headingLevel: 3 }, ...kept.flatMap((cell) => cell.blocks)], this.buildNotes));
    } else this.head(label, cellWords(name), words);
  }

  /** Cells without a name: content of what was named before, or of a name that we do not know. */
  private unnamed(row: Row, cells: Cell[], opened: Layout): void {
    const [first, ...rest] = cells;
    const words = first ? cellWords(first) : "";
    if (first && first.column === 0 && opened.by !== "row" && opened.by !== "columns" && words !== "" && words.length <= 16 && !hasPictures(first) && !isEmpty(rest.flatMap((cell) => cell.blocks))) {
      this.endRows(opened);
      opened.by = "cell";
      this.labels.push({ words, key: "other" });
      this.open({ key: "other" });
      this.pending.push({ ...plain(words), headingLevel: 3 });
      this.values(withoutEmptyEnd(rest), opened);
      return;
    }
    if (!this.place) this.open({ key: "other" });
    this.values(withoutEmptyEnd(row.cells.length === cells.length ? cells : cells), opened);
  }

  private values(cells: Cell[], opened: Layout): void {
    const [only, ...more] = cells;
    if (!only) return;
    if (more.length > 0) opened.rows.push({ header: false, cells });
    else {
      this.endRows(opened);
      this.value(only.blocks);
    }
  }

  /** What stands in a cell may itself be lines with names, and the process a table inside it. */
  private value(blocks: readonly Block[]): void {
    for (const block of blocks) {
      if (block.type === "paragraph") this.line(block);
      else this.content(withProcessHead(block));
    }
  }

  private endRows(opened: Layout): void {
    if (opened.rows.length > 0) {
      this.flush();
      const [only] = opened.rows;
      if (!opened.rows.every((row) => isEmpty(row.cells.flatMap((cell) => cell.blocks))) && only) this.keep(this.place ? this.builtKey() : "other", [buildRows(opened.rows, this.buildNotes)]);
    }
    opened.rows = [];
    opened.header = undefined;
  }

  // Key and difficult points under one name

  private points: "key_points" | "difficult_points" | undefined;

  /** 重点：… 难点：… inside 教学重难点, on lines of their own or in one. */
  private splitPoints(block: Block): boolean {
    if (this.place?.key !== BOTH || block.type === "table") return false;
    const found = /(教学|学习)?(重|难)[\s　]*点[\s　]*[:：是为]/g;
    const marks = [...block.words.matchAll(found)].filter((mark) => mark[0].endsWith("：") || mark[0].endsWith(":") || mark.index === 0);
    const [first] = marks;
    if (!first) {
      if (this.points) this.keep(this.points, build([block], this.buildNotes));
      else this.pending.push(block);
      return true;
    }
    let rest = block;
    let gone = 0;
    for (const mark of marks) {
      const lead = ordinalOf(rest.words.slice(0, mark.index - gone))?.length;
      const [before, behind] = cutParagraph(rest, mark.index - gone);
      if (before.words.trim() !== "" && lead !== before.words.trimEnd().length) this.point(before);
      this.points = mark[2] === "重" ? "key_points" : "difficult_points";
      const [name, content] = cutParagraph(behind, mark[0].length);
      this.labels.push({ words: (lead === undefined ? "" : before.words) + name.words, key: this.points });
      rest = content;
      gone = mark.index + mark[0].length;
    }
    if (rest.words.trim() !== "") this.point(trimmedStart(rest));
    return true;
  }

  private point(block: ParagraphBlock): void {
    if (this.points) this.keep(this.points, build([block], this.buildNotes));
    else this.pending.push(block);
  }

  // Keeping

  private open(place: Place): void {
    this.flush();
    this.place = place;
    this.points = undefined;
    if (place.ordinal?.form === "han") this.series = place.ordinal.value;
    if (place.key !== BOTH && !this.sections.has(place.key)) this.sections.set(place.key, []);
  }

  private leave(): void {
    this.flush();
    this.place = undefined;
  }

  private flush(): void {
    const blocks = this.pending;
    this.pending = [];
    if (isEmpty(blocks)) return;
    if (this.place?.key === BOTH) this.notes.add("key_difficult_together");
    this.keep(this.place ? this.builtKey() : "other", build(blocks, this.buildNotes));
  }

  private builtKey(): string {
    return this.place?.key === BOTH ? "key_points" : (this.place?.key ?? "other");
  }

  private keep(key: string, nodes: readonly BlockNode[], first = false): void {
    if (!first && this.pending.length > 0 && this.builtKey() === key) this.flush();
    const there = this.sections.get(key) ?? [];
    this.sections.set(key, first ? [...nodes, ...there] : there);
    if (!first) there.push(...nodes);
  }
}

/** 《分数的意义》教学设计 is called 分数的意义; a line that only says 教案 names nothing. */
function titleFrom(block: ParagraphBlock): string | undefined {
  const words = block.words.trim();
  const bare = /^《(.+)》/.exec(words)?.[1] ?? words.replace(/[\s　]*[-—－]*[\s　]*(集体备课|课时)?(教学设计|教案|备课|导学案)(表|稿)?[\s　]*$/, "");
  return bare === "" ? undefined : bare;
}

/** Stands for key and difficult points together until the text says which is which. */
const BOTH = "both_points";

interface Layout {
  /** What opened the section of now: a cell on the left, a row of its own, or the head of a process table. */
  by: "none" | "cell" | "row" | "columns";
  /** The head of the process table that is going on. */
  header: Row | undefined;
  rows: Row[];
}

function isLayout(block: TableBlock): boolean {
  const names = block.rows.flatMap((row) => row.cells.filter((cell) => namesSomething(cell, row)));
  if (names.length >= 2) return true;
  return names.length === 1 && block.rows.some((row) => row.cells[0] === names[0]) && !block.rows[0]?.cells.every((cell) => isProcessColumn(cellWords(cell)));
}

function namesSomething(cell: Cell, row: Row): boolean {
  const words = cellWords(cell);
  if (row.cells.length > 1 && row.cells.filter((one) => isProcessColumn(cellWords(one))).length >= 2 && isProcessColumn(words)) return false;
  const found = labelOf(words);
  if (found && found.label.kind !== "meta") return true;
  // A cell over the whole width with names at the beginning of its lines.
  return row.cells.length === 1 && cell.blocks.some((inner) => inner.type === "paragraph" && (labelOf(inner.words)?.short === false || leadingLabel(inner.words)?.short === false));
}

function isProcessHead(row: Row): boolean {
  return row.cells.length >= 2 && row.cells.every((cell) => isProcessColumn(cellWords(cell)));
}

function withProcessHead(block: TableBlock): TableBlock {
  const [first, ...rest] = block.rows;
  return first && isProcessHead(first) ? { ...block, rows: [{ ...first, header: true }, ...rest] } : block;
}

function looksLikeName(block: ParagraphBlock): boolean {
  return block.bold || block.headingLevel !== undefined || block.list !== undefined || ordinalOf(block.words) !== undefined || /[:：】\]〕]\s*$/.test(block.words) || block.align === "center";
}

function isPoint(label: Label): boolean {
  return label.kind === "section" && (label.key === "key_points" || label.key === "difficult_points");
}

function namesBothPoints(words: string): boolean {
  return /重[\s　]*点[\s　]*[:：]/.test(words) && /难[\s　]*点[\s　]*[:：]/.test(words);
}

function beginsBold(block: ParagraphBlock): boolean {
  const [first] = block.inlines;
  return first?.type === "text" && (first.format & 1) === 1;
}

function hasPictures(cell: Cell): boolean {
  return cell.blocks.some((block) => block.type === "paragraph" && hasPicture(block.inlines));
}

function trimmedStart(block: ParagraphBlock): ParagraphBlock {
  const space = /^[\s　]*/.exec(block.words)?.[0].length ?? 0;
  return space === 0 ? block : cutParagraph(block, space)[1];
}

function plain(words: string): ParagraphBlock {
  return { type: "paragraph", inlines: [text(words)], words, bold: false, align: "" };
}

function titleOf(key: string): string {
  const [name = "", period] = key.split(".p");
  const title = TITLES[name] ?? name;
  return period === undefined ? title : `${title}（第${period}课时）`;
}

function rank(key: string): number {
  const [name = "", period = "0"] = key.split(".p");
  const place = ORDER.indexOf(name);
  // Process, board plan and homework of one period stand together.
  return PER_PERIOD.has(name) ? ORDER.indexOf("process") * 100 + Number(period) * 3 + (place - ORDER.indexOf("process")) : place * 100 + (place > ORDER.indexOf("homework") ? 100 : 0);
}

