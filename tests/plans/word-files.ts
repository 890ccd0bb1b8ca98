import * as docx from "docx";
import type { Archive } from "#app/files/archive.ts";
import { openArchive } from "#app/files/archive.server.ts";
import { importWord } from "#app/plans/word-import.server.ts";
import type { WordImport } from "#app/plans/word.ts";
import type { BlockNode } from "#app/plans/word/nodes.ts";
import { plainText } from "#app/plans/word/nodes.ts";

/** A Word file of these paragraphs and tables. */
export async function aWordFile(children: docx.FileChild[], options: Partial<docx.IPropertiesOptions> = {}): Promise<Buffer> {
  return docx.Packer.toBuffer(new docx.Document({ ...options, sections: [{ children }] }));
}

export async function imported(bytes: Uint8Array): Promise<WordImport> {
  const archive: Archive & { close(): void } = await openArchive(bytes);
  try {
    return await importWord(archive);
  } finally {
    archive.close();
  }
}

/** The words of each section, by key. */
export function wordsBySection(found: WordImport): Record<string, string> {
  return Object.fromEntries(found.sections.map((section) => [section.key, sectionWords(section.nodes)]));
}

export function sectionWords(nodes: readonly unknown[]): string {
  return plainText(nodes as BlockNode[]).trim(); // sections hold the nodes of `nodes.ts`; the schema leaves them open
}

/** Everything that the result says anywhere. */
export function allWords(found: WordImport): string {
  return [found.title ?? "", ...Object.values(found.header), ...found.labels.map((label) => label.words), ...found.sections.map((section) => sectionWords(section.nodes))].join("\n");
}

export const line = (words: string, options: docx.IRunOptions = {}) => new docx.Paragraph({ children: [new docx.TextRun({ text: words, ...options })] });
export const headingLine = (words: string, level: (typeof docx.HeadingLevel)[keyof typeof docx.HeadingLevel] = docx.HeadingLevel.HEADING_1) => new docx.Paragraph({ text: words, heading: level });
export const cell = (content: string | docx.FileChild[], options: Partial<docx.ITableCellOptions> = {}) =>
  new docx.TableCell({ ...options, children: (typeof content === "string" ? content.split("\n").map((words) => line(words)) : content) as docx.Paragraph[] }); // the library's own type leaves out nested tables
export const row = (...cells: (string | docx.TableCell)[]) => new docx.TableRow({ children: cells.map((one) => (typeof one === "string" ? cell(one) : one)) });
export const wordTable = (...rows: docx.TableRow[]) => new docx.Table({ rows });
