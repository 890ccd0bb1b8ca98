import type { Archive } from "#app/files/archive.ts";
import type { SectionContent } from "#db/schema/documents.ts";
import type { Block, ParagraphBlock } from "./word/blocks.ts";
import { isEmpty, wordsOf } from "./word/blocks.ts";
import { heading, paragraph, text } from "./word/nodes.ts";
import type { BlockNode } from "./word/nodes.ts";
import type { WordPackage } from "./word/package.ts";
import { openWord } from "./word/package.ts";
import type { Reading } from "./word/read.ts";
import { readBlocks } from "./word/read.ts";
import { sortIntoSections } from "./word/sections.ts";
import { build } from "./word/build.ts";
import { child, elementsOf } from "./word/xml.ts";
import type { WordImport } from "./word.ts";

/**
 * Reads a Word plan: headings, numbered or bold lines, rows of the big table and names at the beginning of lines are recognised
 * as sections. Everything else that a person could read in the file is kept in the section `other`; only what was deleted
 * with changes tracked, and page numbers, are not.
 *
 * CPU-heavy and synchronous for most of its time: `server/word.ts` runs it beside the server, with a limit of memory and a deadline.
 *
 * @throws WordRefused, or what the archive throws when an entry is not what its directory said
 */
export async function importWord(archive: Archive): Promise<WordImport> {
  const word = await openWord(archive);
  const body = child(word.main.xml, "w:body");
  const reading: Reading = { notes: new Set(), images: [], paths: new Map() };
  const sorted = sortIntoSections(body ? readBlocks(word, word.main, body, reading) : []);
  const notes = new Set<WordImport["notes"][number]>([...sorted.notes, ...reading.notes]);
  const more: BlockNode[] = [];
  const edges = edgeBlocks(word, reading);
  if (edges.length > 0) {
    more.push(heading([text("页眉和页脚")]), ...build(edges, { nestedTables: false }));
    notes.add("headers_footers");
  }
  const comments = commentLines(word, reading);
  if (comments.length > 0) {
    more.push(heading([text("批注")]), ...comments);
    notes.add("comments");
  }
  return {
    ...(sorted.title === undefined ? {} : { title: sorted.title }),
    header: sorted.header,
    sections: withOther(sorted.sections, more),
    images: reading.images,
    labels: sorted.labels,
    notes: [...notes],
  };
}

function withOther(sections: SectionContent[], more: BlockNode[]): SectionContent[] {
  if (more.length === 0) return sections;
  const other = sections.find((section) => section.key === "other");
  if (!other) return [...sections, { key: "other", title: "其他内容", nodes: more }];
  return sections.map((section) => (section === other ? { ...other, nodes: [...other.nodes, ...more] } : section));
}

/** Headers and footers, once each, without those that only count pages. */
function edgeBlocks(word: WordPackage, reading: Reading): Block[] {
  const seen = new Set<string>();
  return word.headersAndFooters.flatMap((part) => {
    const blocks = readBlocks(word, part, part.xml, reading).filter((block) => !isEmpty([block]) && !countsPages(block));
    const words = wordsOf(blocks);
    if (seen.has(words)) return [];
    seen.add(words);
    return blocks;
  });
}

function countsPages(block: Block): boolean {
  return block.type === "paragraph" && block.words.length < 40 && /^[\s\d　]*$/.test(block.words.replace(/Page|of|[第页共/／\-—－·.,，]/gi, ""));
}

function commentLines(word: WordPackage, reading: Reading): BlockNode[] {
  const { comments } = word;
  if (!comments) return [];
  return elementsOf(comments.xml).filter((comment) => comment.name === "w:comment").flatMap((comment) => {
    const blocks = readBlocks(word, comments, comment, reading);
    if (isEmpty(blocks)) return [];
    const by = comment.attributes["w:author"];
    const inlines = blocks.filter((block): block is ParagraphBlock => block.type === "paragraph").map((block) => block.inlines);
    return inlines.map((line, at) => paragraph(at === 0 && by ? [text(`${by}：`), ...line] : line));
  });
}
