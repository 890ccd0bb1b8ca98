import * as docx from "docx";
import type { PlanExport } from "./word-layout.ts";
import { ordered, printable, setContent, typeset } from "./word/typeset.server.ts";

/** Lengths in twips, 1440 to an inch. A4 with 2 cm on each side leaves 17 cm. */
const MARGIN = 1134;
const COLUMNS = [1300, 2160, 1000, 2100, 900, 2178];
const WIDTH = COLUMNS.reduce((sum, column) => sum + column, 0);
const CONTENT_WIDTH = WIDTH - 1300 - 216;
/** Room to write on paper in a section that is to be written after the lesson. */
const ROOM_TO_WRITE = 2600;
const SONG = { ascii: "Times New Roman", hAnsi: "Times New Roman", eastAsia: "宋体", cs: "Times New Roman" };
/** Half points: 小四, 12 pt. */
const SIZE = 24;

/**
 * The plan in the layout in which plans are inspected: one bordered table with its head, then a row for each section, its name on
 * the left. `importWord` reads the same sections back.
 *
 * @returns the bytes of a .docx file; a picture whose bytes cannot be had is named in its place
 */
export async function exportPlan(plan: PlanExport): Promise<Buffer> {
  const setting = await typeset(plan);
  const rows = [...headRows(plan), ...plan.sections.map((section) => sectionRow(section.label, setContent(section.nodes, setting, CONTENT_WIDTH), isToBeWritten(section)))];
  const { attribution = [] } = plan;
  if (attribution.length > 0) rows.push(sectionRow("署名与许可", attribution.map((line) => new docx.Paragraph({ children: [new docx.TextRun({ text: printable(line), size: 18 })] })), false));
  const document = new docx.Document({
    title: printable(plan.title),
    creator: printable(plan.header.teacher ?? ""),
    styles: {
      default: {
        document: { run: { font: SONG, size: SIZE }, paragraph: { spacing: { line: 320 } } },
        title: { run: { font: SONG, size: 36, bold: true, color: "000000" }, paragraph: { alignment: docx.AlignmentType.CENTER, spacing: { after: 200 } } },
        heading3: { run: { font: SONG, size: SIZE, bold: true, color: "000000" }, paragraph: { spacing: { before: 80, after: 40 } } },
        hyperlink: { run: { color: "1F3A5F", underline: { type: docx.UnderlineType.SINGLE } } },
      },
    },
    numbering: { config: ordered(setting) },
    sections: [
      {
        properties: { page: { size: { width: 11906, height: 16838 }, margin: { top: MARGIN, bottom: MARGIN, left: MARGIN, right: MARGIN } } },
        footers: { default: new docx.Footer({ children: [pageNumber()] }) },
        children: [
          new docx.Paragraph({ heading: docx.HeadingLevel.TITLE, children: [new docx.TextRun(`《${printable(plan.title)}》教学设计`)] }),
          new docx.Table({ width: { size: WIDTH, type: docx.WidthType.DXA }, columnWidths: COLUMNS, layout: docx.TableLayoutType.FIXED, rows }),
        ],
      },
    ],
  });
  return docx.Packer.toBuffer(document);
}

function headRows({ title, header, edition }: PlanExport): docx.TableRow[] {
  return [
    new docx.TableRow({ children: [nameCell("课题"), valueCell(title, 5, true)] }),
    pairs(["授课教师", header.teacher], ["班级", header.className], ["课时", header.periods]),
    pairs(["授课时间", header.taughtOn], ["课型", header.lessonType], ["教材", edition]),
  ];
}

function pairs(...named: [string, string | undefined][]): docx.TableRow {
  return new docx.TableRow({ children: named.flatMap(([name, value = ""]) => [nameCell(name), valueCell(value, 1)]) });
}

function sectionRow(label: string, content: docx.FileChild[], toBeWritten: boolean): docx.TableRow {
  return new docx.TableRow({
    ...(toBeWritten ? { height: { value: ROOM_TO_WRITE, rule: docx.HeightRule.ATLEAST } } : {}),
    children: [
      nameCell(label, content.length > 6 || content.some((child) => child instanceof docx.Table) ? "top" : "center"),
      // The library's type leaves out nested tables, which it writes well.
      new docx.TableCell({ columnSpan: 5, margins: EDGE, children: (content.length > 0 ? content : [new docx.Paragraph("")]) as docx.Paragraph[] }),
    ],
  });
}

const EDGE = { top: 60, bottom: 60, left: 108, right: 108 };

/** A period goes on a line of its own: 教学过程 / 第二课时. Beside pages of text the name stands at their beginning. */
function nameCell(name: string, verticalAlign: "top" | "center" = "center"): docx.TableCell {
  const lines = printable(name).split(" · ").map((line) => new docx.Paragraph({ alignment: docx.AlignmentType.CENTER, children: [new docx.TextRun({ text: line, bold: true })] }));
  return new docx.TableCell({ margins: EDGE, verticalAlign, children: lines });
}

function valueCell(value: string, columnSpan: number, bold = false): docx.TableCell {
  return new docx.TableCell({ margins: EDGE, columnSpan, verticalAlign: docx.VerticalAlignTable.CENTER, children: [new docx.Paragraph({ children: [new docx.TextRun({ text: printable(value), bold })] })] });
}

function pageNumber(): docx.Paragraph {
  return new docx.Paragraph({ alignment: docx.AlignmentType.CENTER, children: [new docx.TextRun({ size: 18, children: ["第 ", docx.PageNumber.CURRENT, " 页　共 ", docx.PageNumber.TOTAL_PAGES, " 页"] })] });
}

function isToBeWritten({ key, nodes }: PlanExport["sections"][number]): boolean {
  return key === "reflection" && JSON.stringify(nodes).search(/"text":"[^"]*\S/) === -1;
}
